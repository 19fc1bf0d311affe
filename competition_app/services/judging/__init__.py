"""Marks, scores and rulings."""
