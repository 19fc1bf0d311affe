"""The plan, the facts and the ladder from marks to totals."""
