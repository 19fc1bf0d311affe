"""How strongly the last good example is still seen while the draft has faults."""

FADED = 0.45
"""Opacity, 0 to 1."""
