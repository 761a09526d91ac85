"""The page about one figure or record: its file, its cell, what it was before."""
