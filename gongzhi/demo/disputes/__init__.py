"""A year of disputes: bodies and mediators, courses of all kinds, and five stories made through the register itself."""

from gongzhi.demo.disputes.loading import load

__all__ = ["load"]
