"""The page of organisations in the window."""
