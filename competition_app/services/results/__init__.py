"""The one result and its papers."""
