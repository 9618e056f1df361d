"""Doors of this module for people."""
