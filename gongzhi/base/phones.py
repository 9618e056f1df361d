"""Telephone numbers as people write them, and the one way they are compared."""

import re

MOBILE = re.compile(r"1[3-9]\d{9}")
_FILLING = re.compile(r"[\s\-–—()（）.]")


def plain_number(text: str) -> str:
    """Return the digits of a number without the country's code, blanks and hyphens."""
    bare = _FILLING.sub("", text)
    return re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)", "", bare)


def is_mobile(text: str) -> bool:
    return MOBILE.fullmatch(plain_number(text)) is not None
