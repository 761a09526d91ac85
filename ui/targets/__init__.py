"""The page Mål, and the targets that stand beside other pages' figures."""
