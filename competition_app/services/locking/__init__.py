"""Locking a result, what is in the way, and what keeps it standing."""
