"""Pages about rewards: the office's desk, and those for residents."""
