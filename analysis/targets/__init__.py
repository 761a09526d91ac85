"""Decided targets, and how the figures stand to them."""
