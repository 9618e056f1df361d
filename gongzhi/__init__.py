"""Gongzhi 共治: one number, one clock, one file for everything a city owes an answer to."""

__version__ = "0.4.0"
