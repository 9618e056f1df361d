"""Decisions of patrols; plain values in and out."""
