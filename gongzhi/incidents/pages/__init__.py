"""Doors of the grid matter: filing at the desk, the duty desk of a level, hand-overs, dispatch policies."""
