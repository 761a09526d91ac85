"""The page Telefon: calls to 1177, and when in the week they come."""
