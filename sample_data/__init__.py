"""Sample data: one valid file per layout with real published figures, and synthetic ones that say so.

`rebuild.py` makes every file from the reference folder; the results are committed, so nothing here needs that folder.
"""
