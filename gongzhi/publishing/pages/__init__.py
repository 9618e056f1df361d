"""Doors of this module for people: moderators at the desk, and everybody outside."""
