"""Decisions of the command screens: tiles of the map, when an alarm rings, what a screen may hold."""
