"""Finding an item by typing, or from the words of a report."""

from datetime import date

from gongzhi.catalogue.queries.items import items_in_force
from gongzhi.catalogue.queries.rows import ItemRow, Suggestion
from gongzhi.catalogue.queries.snapshot import snapshot, words_of
from gongzhi.catalogue.rules.finding import Match, best, search_score, suggestion

LONGEST_TEXT = 2_000  # characters of a report that are read; the rest adds nothing


def search(text: str, *, on: date, limit: int = 20) -> list[ItemRow]:
    """Return items by name, synonym, code or pinyin initials, the best first; all words must match."""
    parts = text.split()[:6]
    if not parts:
        return []
    held = snapshot()
    scored = []
    for row in items_in_force(on):
        entry = held.entries[row.id]
        scores = [
            200.0 if part.upper() == row.code else search_score(entry, part) for part in parts
        ]
        if min(scores) > 0:
            scored.append((-sum(scores), entry.rank, row.code, row))
    return [row for *_order, row in sorted(scored, key=lambda found: found[:3])[:limit]]


def suggest(text: str, *, on: date, limit: int = 5) -> list[Suggestion]:
    """Return the items a free report may be about, with the words that speak for each."""
    held = snapshot()
    text = text[:LONGEST_TEXT]
    words = words_of(text)
    matches: list[Match | None] = [
        suggestion(held.entries[row.id], text=text, words=words, rarity=held.rarity)
        for row in items_in_force(on)
    ]
    ranks = {pk: entry.rank for pk, entry in held.entries.items()}
    return [
        Suggestion(held.items[match.id], match.score, match.because)
        for match in best(matches, ranks=ranks, limit=limit)
    ]
