"""Charts drawn with QPainter from plain values, in the colours of the theme; saved as SVG and PNG."""
