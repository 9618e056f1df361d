"""How a village stands in 诉源治理: points for the place, from figures, each with its two numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from gongzhi.base.actor import Actor
from gongzhi.docking.capabilities import Can
from gongzhi.docking.queries.content import table
from gongzhi.docking.rules import FEWEST, Mark, Score, scores
from gongzhi.figures import queries as figures
from gongzhi.places import queries as places


def marks(*, on: date) -> list[Mark]:
    return [
        Mark(row["code"], row["name"], row["measure"], float(row["at_least"]), int(row["points"]), row["source"])
        for row in table("standing")
        if row["valid_from"] <= on.isoformat() and (not row["valid_to"] or on.isoformat() < row["valid_to"])
    ]  # fmt: skip


@dataclass(frozen=True)
class Standing:
    path: str
    name: str
    total: int  # disputes; 0 stands for too few to say
    points: int
    most: int
    scores: Sequence[Score]

    @property
    def is_told(self) -> bool:
        return self.total >= FEWEST


def standings(actor: Actor, *, since: date, until: date, area: str, on: date) -> list[Standing]:
    """Return every village with disputes in the days, best first; a place with fewer than five gets no score."""
    by = figures.FactFilter(since=since, until=until, area=area)
    rows = figures.facts(actor, by, capability=Can.VIEW).filter(kind="dispute").exclude(village="")
    counted = rows.order_by().values("village").annotate(
        total=Count("pk"), from_court=Count("pk", filter=Q(source__in=["court", "prosecutor"])),
        closed=Count("pk", filter=Q(closed_at__isnull=False)),
        timed=Count("pk", filter=Q(closed_at__isnull=False, closed_in_time__isnull=False)),
        in_time=Count("pk", filter=Q(closed_at__isnull=False, closed_in_time=True)),
        reopened=Count("pk", filter=Q(closed_at__isnull=False, reopen_count__gt=0)),
    )  # fmt: skip
    known = marks(on=on)
    found = [_standing(row, known) for row in counted]
    return sorted(found, key=lambda one: (not one.is_told, -one.points, one.path))


def _standing(row: Mapping[str, Any], known: Sequence[Mark]) -> Standing:
    total, closed = row["total"], row["closed"]
    parts = {
        "out_of_court": (total - row["from_court"], total), "closed": (closed, total),
        "in_time": (row["in_time"], row["timed"]), "not_reopened": (closed - row["reopened"], closed),
    }  # fmt: skip
    given = scores(known, parts) if total >= FEWEST else []
    return Standing(
        row["village"], places.full_name(row["village"]), total, sum(one.points for one in given),
        sum(one.most for one in given), given,
    )  # fmt: skip
