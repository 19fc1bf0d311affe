"""What a person can do or ask: one function each."""
