"""What a locked result is looked back on with: suppositions, close calls, severity, comparison."""
