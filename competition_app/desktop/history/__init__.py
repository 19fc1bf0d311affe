"""The page of history in the window."""
