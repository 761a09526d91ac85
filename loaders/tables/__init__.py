"""What every reader shares: cells and their addresses, and what one text in a table can be."""
