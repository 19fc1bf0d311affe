"""The competition package."""
