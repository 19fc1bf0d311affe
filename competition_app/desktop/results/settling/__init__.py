"""Settling a result: open questions, rulings, who goes on, the lock."""
