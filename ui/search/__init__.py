"""The page Sök: pages, indicators, regions and care units by their words."""
