"""
What of a report's words is learned from: words and pairs of characters, without anything about a person.

Texts come in with names, numbers and addresses hidden already. What the tokeniser still takes for a
person's name is dropped here too, unless the catalogue of items itself uses the word.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

import rjieba

PAIR = "~"  # marks a pair of characters, so that it is not taken for a word
ITEM = "#"  # marks the item's code among the words a unit is learned from
LONGEST = 1_000  # characters of a report that are read; the rest adds nothing
_PERSON = "nr"  # the tokeniser's tags of personal names begin so
_SAYS_NOTHING = frozenset(
    ["x", "m", "uj", "ul", "uz", "ud", "ug", "uv", "e", "y", "o", "p", "c", "r", "zg"]
)
_NUMBER = re.compile(r"[\d０-９]+")


def plain(text: str) -> str:
    """Return the text in one width and case, without digits."""
    return _NUMBER.sub(" ", unicodedata.normalize("NFKC", text).casefold())[:LONGEST]


def features(text: str, *, known: Container[str]) -> list[str]:
    """
    Return words and pairs of characters of a text whose persons are hidden.

    `known` tells which words the catalogue uses: "井盖" stays though 井 is a surname.
    """
    found: list[str] = []
    runs = [""]
    for word, tag in rjieba.tag(plain(text)):
        is_person = tag.startswith(_PERSON) and word not in known
        if is_person or not _is_written(word):
            runs.append("")
            continue
        runs[-1] += word
        if len(word) > 1 and tag not in _SAYS_NOTHING:
            found.append(word)
    return found + [pair for run in runs for pair in _pairs(run)]


def _pairs(run: str) -> Iterator[str]:
    return (PAIR + a + b for a, b in pairwise(run))


def _is_written(word: str) -> bool:
    return all(c.isalpha() for c in word)


def shown(features: Sequence[str], *, most: int) -> list[str]:
    """Return the features to name as reasons: whole words, pairs of characters only where there is no word."""
    told = [word for word in features if not word.startswith(ITEM)]
    whole = [word for word in told if not word.startswith(PAIR)]
    kept: list[str] = []
    for word in whole or [pair.removeprefix(PAIR) for pair in told]:
        if any(word in other for other in kept):
            continue
        kept = [other for other in kept if other not in word] + [word]
    return kept[:most]
