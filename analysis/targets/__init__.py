"""Decided goals, and how the figures stand to them."""
