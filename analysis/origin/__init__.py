"""From a figure or record to its file and cell."""
