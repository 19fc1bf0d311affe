"""Competitions, events, plans and panels."""
