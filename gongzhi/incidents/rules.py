"""Decisions about grid matters. Plain values in, plain values out."""

import re
import unicodedata

LONGEST_TEXT = 2000
LONGEST_TITLE = 60
VERIFIED_SOURCES = frozenset({"patrol", "inspection"})  # an officer saw it: nothing to verify
IDENTITY_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")
SENTENCE_END = re.compile(r"[。！？!?\n；;]")


def clean(text: str) -> str:
    """Return the text without control characters and trailing blanks; line breaks stay."""
    kept = (
        c
        for c in text.replace("\r\n", "\n")
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}
    )
    return "".join(kept).strip()


def title_of(text: str, item_name: str) -> str:
    """Return the report's first sentence, shortened; the item's name when there is no text."""
    first = SENTENCE_END.split(text.strip(), maxsplit=1)[0].strip() or item_name
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"


def names_a_person(text: str) -> bool:
    """Tell whether the text carries an identity number: the sure sign that it is about a person."""
    return IDENTITY_NUMBER.search(text) is not None
