"""The page Utbud av e-tjänster: which care unit offers what, and how many reach the minimum level."""
