"""What every printed page stands on."""
