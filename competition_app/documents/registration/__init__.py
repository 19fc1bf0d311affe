"""Enterprises' registration workbooks."""
