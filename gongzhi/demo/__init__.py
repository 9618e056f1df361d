"""
Owns the demonstration city: its shape, people, premises, matters and pictures, made from a seed.
Main words: city, spot (a place where things happen), history, load, login.
Never: writes into a register that holds real work, or speaks of a real person.
"""
