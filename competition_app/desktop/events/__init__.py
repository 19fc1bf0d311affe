"""The page of events in the window."""
