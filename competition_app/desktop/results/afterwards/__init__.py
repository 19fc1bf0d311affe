"""What may be looked at once a result is locked: suppositions, judges, the spread of scores."""
