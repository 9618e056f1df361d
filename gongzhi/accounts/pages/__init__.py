"""Doors of this module for people."""

from gongzhi.accounts.pages.sign_in import locked_out

__all__ = ["locked_out"]
