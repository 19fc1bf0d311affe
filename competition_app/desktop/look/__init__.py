"""Colours, sizes, style and icons, from the tokens alone."""
