"""The page of settings in the window."""
