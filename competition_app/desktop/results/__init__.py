"""The page of results in the window."""
