"""Decisions over plain values: limits in words, the matrix, finding an item by what people say."""
