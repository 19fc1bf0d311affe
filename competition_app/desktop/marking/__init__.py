"""The page of marking in the window."""
