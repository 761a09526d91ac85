"""How each sample file is made: reference data → the publisher's own layout."""
