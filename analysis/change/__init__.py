"""Has a region's figure changed? Each question with its own test (methods §4)."""
