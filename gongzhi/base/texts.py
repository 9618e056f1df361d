"""Text as people send it: without what no keyboard writes, and never cut without a word."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms


def plain(text: str) -> str:
    """Return the text without control characters, lone surrogates and unassigned ones; line breaks stay."""
    kept = (
        c
        for c in text.replace("\r\n", "\n")
        if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}
    )
    return "".join(kept)


def as_number(text: str, *, digits: int = 15) -> int | None:
    """Return the whole number that was sent, if it is one of so few digits; anything else is None."""
    is_one = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_one else None


def as_numbers(texts: Iterable[str]) -> list[int]:
    """Return the numbers among what was sent: the rows somebody ticked."""
    return [number for text in texts if (number := as_number(text)) is not None]


class PlainText(forms.CharField):
    """A text field that drops control characters instead of turning the whole form away."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(plain(str(value)) if value else value) or "")
