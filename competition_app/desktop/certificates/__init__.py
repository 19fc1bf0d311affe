"""The page of certificates in the window."""
