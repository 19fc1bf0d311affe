"""The page of overview in the window."""
