"""
Measures the numbers the product promises, on a durable database of its own.

A benchmark is a function without arguments that yields results; bench/__main__.py lists them.
"""
