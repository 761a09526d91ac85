"""The page Mål, and the goals that stand beside other pages' figures."""
