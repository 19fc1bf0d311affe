"""Places, ties, prizes and why."""
