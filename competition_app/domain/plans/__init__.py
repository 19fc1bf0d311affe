"""The plan: its types, checks, warnings and plain words."""
