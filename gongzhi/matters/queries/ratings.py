"""Why reporters were content or not: the reasons to choose from, and how often each unit heard them."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.matters.capabilities import Can
from gongzhi.matters.models import Matter, Reporter

CONTENT = Path(__file__).parents[1] / "content" / "rating_reasons.csv"
SPANS = (30, 90, 365)  # days


@dataclass(frozen=True)
class Reason:
    code: str
    words: str
    ratings: tuple[int, ...]  # for which of 3 solved, 2 half, 1 not it can be chosen


@dataclass
class UnitRatings:
    """What reporters said of the matters a unit led."""

    unit_id: int
    unit: str
    solved: int = 0
    half: int = 0
    not_solved: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.solved + self.half + self.not_solved

    @property
    def said(self) -> list[tuple[str, int]]:
        """Return the reasons in words, the most frequent first."""
        words = reason_words()
        return [(words.get(code, code), count) for code, count in self.reasons.most_common()]


def rating_reasons(*, on: date) -> list[Reason]:
    """Return the reasons in force on a day, in the reader's language."""
    end = _language()
    return [
        Reason(row["code"], row[end], tuple(int(one) for one in row["ratings"].split()))
        for row in _shipped()
        if row["valid_from"] <= on.isoformat() < (row["valid_to"] or "9999")
    ]


def reason_words() -> dict[str, str]:
    """Return the words of every reason there ever was."""
    return {row["code"]: row[_language()] for row in _shipped()}


def _language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


@lru_cache
def _shipped() -> list[dict[str, str]]:
    with CONTENT.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def unit_ratings(actor: Actor, *, days: int, at: datetime) -> list[UnitRatings]:
    """Count ratings and reasons of the last days by the unit that led the matter; one statement."""
    visible = Matter.objects.within_reach_of(actor, Can.VIEW).order_by().values("pk")
    rated = Reporter.objects.filter(
        rated_at__gt=at - timedelta(days=days), rating__isnull=False, matter__in=visible
    ).exclude(matter__lead_unit=None)
    found: dict[int, UnitRatings] = {}
    columns = ("matter__lead_unit_id", "rating", "rating_reasons")
    for unit_id, rating, reasons in rated.values_list(*columns).iterator(chunk_size=5000):
        row = found.get(unit_id)
        if row is None:
            row = found[unit_id] = UnitRatings(unit_id, accounts.unit(unit_id).name)
        row.solved += rating == 3
        row.half += rating == 2
        row.not_solved += rating == 1
        row.reasons.update(reasons)
    return sorted(found.values(), key=lambda row: (-row.not_solved, -row.half, row.unit))
