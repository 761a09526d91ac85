"""The page Ändringslogg: what each publication, withdrawal and correction changed."""
