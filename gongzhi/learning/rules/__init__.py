"""Decisions of learning. Plain values in, plain values out; the same data give the same answers."""
