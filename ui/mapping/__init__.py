"""The mapping assistant on the upload desk: how a file of no known layout is read."""
