"""Analyses as a page shows them: rows with words and links, charts, notes."""
