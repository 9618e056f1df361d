"""What learning answers."""
