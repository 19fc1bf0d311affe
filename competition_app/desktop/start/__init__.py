"""The start page, new competitions and opening."""
