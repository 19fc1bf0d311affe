"""Who may enter: identity, writing, eligibility."""
