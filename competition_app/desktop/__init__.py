"""The window an organiser works in."""
