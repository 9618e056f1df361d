"""Pages for residents: no account, no tracking, complete without scripts."""
