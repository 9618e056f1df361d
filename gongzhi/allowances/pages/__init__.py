"""Pages about money for mediation: the desk, one's own, bought services, the publicity."""
