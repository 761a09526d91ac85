"""Care units and the e-services they offer. A plan says what a table's columns hold; a layout finds it by the headers'
words, a mapping (loaders.mapping) by a person's; the rows are then judged in one way."""
