"""A scheme over time: the score and the place of everybody, publication by publication."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.assessment.lifecycle import PublicationState
from gongzhi.assessment.models import Publication, Result
from gongzhi.assessment.queries.published import visible_publications
from gongzhi.base.actor import Actor

MOST = 12  # periods shown


@dataclass(frozen=True)
class LeagueRow:
    key: str
    name: str
    ranks: Sequence[int | None]  # a place for each period, the oldest first
    scores: Sequence[Decimal | None]

    @property
    def fallen(self) -> int:
        return -(self.change or 0)

    @property
    def change(self) -> int | None:
        """Return places gained since the period before; more than zero is up."""
        told = [rank for rank in self.ranks[-2:] if rank is not None]
        return told[0] - told[1] if len(told) == 2 else None


@dataclass(frozen=True)
class League:
    periods: Sequence[Publication]
    rows: Sequence[LeagueRow]


def league(actor: Actor, *, code: str, area_path: str, span: str) -> League:
    """Return the published results of a scheme, the newest periods last; corrections stand for what they correct."""
    rows = visible_publications(actor).filter(
        scheme__code=code, area_path=area_path, span=span, state=PublicationState.PUBLISHED
    )
    periods = list(reversed(rows.order_by("-since", "-version")[:MOST]))
    found: dict[str, dict[int, Result]] = {}
    names: dict[str, str] = {}
    for result in Result.objects.filter(publication__in=periods).order_by("publication__since"):
        found.setdefault(result.key, {})[result.publication_id] = result
        names[result.key] = result.name
    league_rows = [
        row
        for key, by_period in found.items()
        if any((row := _row(key, names[key], by_period, periods)).ranks)
    ]
    return League(periods, sorted(league_rows, key=_place))


def _row(
    key: str, name: str, by_period: dict[int, Result], periods: Sequence[Publication]
) -> LeagueRow:
    told = [by_period.get(period.pk) for period in periods]
    return LeagueRow(
        key, name, [one.rank if one else None for one in told], [one.points if one else None for one in told]
    )  # fmt: skip


def _place(row: LeagueRow) -> tuple[bool, int, str]:
    last = row.ranks[-1] if row.ranks else None
    return last is None, last or 0, row.key


def series(actor: Actor) -> list[tuple[str, str, str, str]]:
    """Return what a league can be drawn of, the longest first: code and name of the scheme, area, span."""
    rows = visible_publications(actor).filter(state=PublicationState.PUBLISHED)
    found = rows.order_by().values_list("scheme__code", "scheme__name", "area_path", "span")
    told = Counter((code, path, span) for code, _name, path, span in found)
    names = {code: name for code, name, _path, _span in found}
    return [(code, names[code], path, span) for (code, path, span), _n in sorted(told.items(), key=lambda one: (-one[1], one[0]))]  # fmt: skip
