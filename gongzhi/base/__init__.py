"""
Ground under every module: actor, scope, lifecycle, bus, errors, copying.

Main words: Actor, Grant, ScopedBy, Lifecycle, Move, Refused.
Never: a word that only this city would use.
"""
