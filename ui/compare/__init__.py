"""The page Egen jämförelse: any indicators, any regions, any benchmark, wholly in the address."""
