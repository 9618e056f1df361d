"""Pages of the command centre."""
