"""Score sheets for judges who mark on paper."""
