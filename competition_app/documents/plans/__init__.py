"""A plan outside the program: its criteria as a table, its rules as a paper to be signed."""
