"""The page about one indicator: what is measured, how sure it is, every figure."""
