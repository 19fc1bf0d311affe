"""A form for each part of a plan."""
