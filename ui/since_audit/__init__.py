"""The page Sedan granskningen: what has changed in the audited regions, and the audits' findings today."""
