"""The doors of disputes for people."""
