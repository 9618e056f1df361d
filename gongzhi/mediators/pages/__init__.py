"""Pages of the registry: the roster, the bodies, one's own office, the public directory."""
