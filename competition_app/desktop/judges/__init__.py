"""The page of judges in the window."""
