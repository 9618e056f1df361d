"""What insight does."""
