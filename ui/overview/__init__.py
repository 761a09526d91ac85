"""The page Översikt: the chosen regions in the key measures."""
