"""
Measures the numbers the product promises, on a durable database of its own.

A benchmark is a module with `run(record)`: it measures, and calls record(name=, value=, unit=, target=,
better=, how=) once a number. bench/__main__.py lists them.
"""
