"""Registrations and organisations."""
