"""The page Regionprofil: one region among all, and over time."""
