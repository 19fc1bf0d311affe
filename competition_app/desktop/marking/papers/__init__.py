"""What goes to paper from the page of marking."""
