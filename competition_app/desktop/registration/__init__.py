"""The page of registration in the window."""
