"""Finding an item by what people type or say: plain, explainable scoring over words."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# The first character of GB 2312's first plane under each pinyin initial: that plane is sorted by sound.
_INITIALS = (
    ("a", 0xB0A1), ("b", 0xB0C5), ("c", 0xB2C1), ("d", 0xB4EE), ("e", 0xB6EA), ("f", 0xB7A2),
    ("g", 0xB8C1), ("h", 0xB9FE), ("j", 0xBBF7), ("k", 0xBFA6), ("l", 0xC0AC), ("m", 0xC2E8),
    ("n", 0xC4C3), ("o", 0xC5B6), ("p", 0xC5BE), ("q", 0xC6DA), ("r", 0xC8BB), ("s", 0xC8F6),
    ("t", 0xCBFA), ("w", 0xCDDA), ("x", 0xCEF4), ("y", 0xD1B9), ("z", 0xD4D1),
)  # fmt: skip
_LAST = 0xD7F9
_SAYS_NOTHING = frozenset("的了有个是在就都也还很好这那把被上里")


@dataclass(frozen=True)
class Entry:
    """What is known of one item for finding it."""

    id: int
    name: str
    synonyms: tuple[str, ...]
    words: frozenset[str]  # words of name, synonyms and standards
    initials: str
    rank: int  # 0 is the most reported


@dataclass(frozen=True)
class Match:
    id: int
    score: float
    because: tuple[str, ...]  # the words that matched


def initials(text: str) -> str:
    """Return the pinyin initials of the text ("井盖" gives "jg"); a rarer character gives nothing."""
    return "".join(_initial(character) for character in text)


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    encoded = character.encode("gb2312", errors="ignore")
    if len(encoded) != 2:
        return ""
    position = int.from_bytes(encoded)
    if not _INITIALS[0][1] <= position <= _LAST:
        return ""
    return next(letter for letter, first in reversed(_INITIALS) if first <= position)


def search_score(entry: Entry, text: str) -> float:
    """Score an item for what somebody types into a search box; 0 is no match."""
    if text == entry.name:
        return 100
    if text in entry.synonyms:
        return 90
    if text in entry.name:
        return 70 + 10 * entry.name.startswith(text)
    if any(text in synonym for synonym in entry.synonyms):
        return 60
    if text.isascii() and text.isalnum() and len(text) > 1 and text.lower() in entry.initials:
        return 50
    return 0


def weights(entries: Sequence[Entry]) -> dict[str, float]:
    """Weigh every word by its rarity among the items: a word that many share says little."""
    seen = Counter(word for entry in entries for word in entry.words)
    return {word: math.log(1 + len(entries) / count) for word, count in seen.items()}


def grams(text: str) -> frozenset[str]:
    """Return all neighbouring pairs of characters: they find what a tokeniser cuts differently."""
    return frozenset(a + b for a, b in pairwise(text) if _tells(a) and _tells(b))


def _tells(character: str) -> bool:
    return character.isalnum() and character not in _SAYS_NOTHING


def suggestion(
    entry: Entry, *, text: str, words: frozenset[str], rarity: Mapping[str, float]
) -> Match | None:
    """
    Score an item for a free report.

    A name or synonym that stands in the text counts most and by its length; then every word the
    text shares with name, synonyms and standards, by rarity.
    """
    said = [phrase for phrase in (entry.name, *entry.synonyms) if phrase in text]
    shared = sorted(entry.words & words, key=lambda word: -rarity.get(word, 0))
    score = max((6.0 * len(phrase) for phrase in said), default=0.0)
    score += sum(rarity.get(word, 0) for word in shared)
    if score <= 0:
        return None
    return Match(entry.id, round(score, 2), (*said, *(w for w in shared if w not in said))[:5])


def best(matches: Iterable[Match | None], *, ranks: Mapping[int, int], limit: int) -> list[Match]:
    found = [match for match in matches if match is not None]
    return sorted(found, key=lambda match: (-match.score, ranks[match.id], match.id))[:limit]
