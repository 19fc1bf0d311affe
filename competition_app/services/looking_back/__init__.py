"""Looking back on a result: suppositions, severity, two entries side by side."""
