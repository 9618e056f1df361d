"""The duty desk, for people."""
