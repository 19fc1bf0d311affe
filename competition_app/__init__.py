"""Runs labour and skill competitions from the enterprises' registration forms to the certificates."""

__version__ = "0.1.0"
