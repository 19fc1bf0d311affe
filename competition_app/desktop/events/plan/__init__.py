"""The plan as it is edited, without a window: the draft, its parts, lines, checks and differences."""
