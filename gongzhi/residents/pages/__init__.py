"""Pages of a resident's own corner."""
