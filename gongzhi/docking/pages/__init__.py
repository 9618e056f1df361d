"""The desk of docking."""
