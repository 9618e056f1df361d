"""Plain decisions of insight: what is asked, how it is cut, what is significant."""
