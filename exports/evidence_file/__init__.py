"""Granskningsakt: everything behind a region's report in one zip, and a program that follows each figure through it."""
