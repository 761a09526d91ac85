"""The page Användare: who can sign in, with which roles."""
