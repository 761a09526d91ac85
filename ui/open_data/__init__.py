"""The page Öppna data: what can be taken today, and whose the figures are."""
