"""The page Jämför: any indicators, any regions, any benchmark, wholly in the address."""
