"""What was done: the history."""
