"""The desk of supervision and special work: orders, lists, owners, batches, suggestions, rules."""
