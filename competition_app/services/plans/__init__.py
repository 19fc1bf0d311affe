"""Plans of events: versions, changes, examples, papers, criteria."""
