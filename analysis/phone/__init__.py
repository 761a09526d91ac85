"""Calls to 1177: which indicators belong together, and when in the week people call."""
