"""Text as people send it: without what no keyboard writes, and never cut without a word."""

import unicodedata
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


class PlainText(forms.CharField):
    """A text field that drops control characters instead of turning the whole form away."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(plain(str(value)) if value else value) or "")
