"""Pages about blocks: the office's, and the one a blocked visitor sees."""
