"""Similar settled matters of the same item, within reach: what was done, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.learning.queries import parameters, stored, texts
from gongzhi.learning.rules import likeness, words
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places


@dataclass(frozen=True)
class Similar:
    """A settled matter that reads alike."""

    number: str
    title: str
    place: str
    unit: str
    how: str  # what the unit said it did
    hours: float
    rework_count: int
    rating: int | None
    shared: tuple[str, ...]  # words both have
    percent: int

    @property
    def days(self) -> float:
        return self.hours / 24


@dataclass(frozen=True)
class Likes:
    """The similar matters, and how long all settled ones of the item that were looked at took."""

    rows: Sequence[Similar]
    looked_at: int
    median_hours: float | None


def similar_matters(matter: Any, actor: Actor, *, on: date) -> Likes:
    """
    Return settled matters of the matter's item that read alike, the most alike first; two statements.

    Words are weighed by their rarity, as the ruling model knows it. Nothing is kept of the comparison.
    """
    if matter.item_id is None:
        return Likes([], 0, None)
    numbers = parameters.parameters(on)
    pool = matters.settled_of_item(
        matter.item_id, actor, most=int(numbers["similar_pool"]), without=matter.id
    )
    held = stored.ruling("item")
    rarity = likeness.rarity(held.model) if held else {}
    asked = texts.features_of(matter.text or matter.title, on=on)
    scored = likeness.most_alike(
        asked, [texts.features_of(row.text or row.title, on=on) for row in pool], rarity=rarity,
        least=numbers["similar_least_percent"] / 100, most=int(numbers["similar_most"]),
    )  # fmt: skip
    chosen = [pool[place] for place, _score, _shared in scored]
    done = matters.how_settled([row.id for row in chosen])
    rows = [
        _similar(row, done.get(row.id, ""), score, shared)
        for row, (_place, score, shared) in zip(chosen, scored, strict=True)
    ]
    return Likes(rows, len(pool), likeness.median([row.hours for row in pool]))


def _similar(row: matters.SettledBefore, how: str, score: float, shared: Sequence[str]) -> Similar:
    return Similar(
        row.number, row.title, places.full_name(row.area_path), accounts.unit_name(row.lead_unit_id), how, row.hours,
        row.rework_count, row.rating, tuple(words.shown(shared, most=4)), round(100 * score),
    )  # fmt: skip
