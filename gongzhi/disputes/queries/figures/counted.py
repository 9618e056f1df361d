"""What became of the disputes of a period: the ministry's form, rates and times, by kind, place, body and more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DurationField,
    F,
    Func,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.models import Appointment, Dispute
from gongzhi.disputes.queries.figures.defined import ADDS_UP, CONDITIONS, figure_definitions
from gongzhi.disputes.queries.figures.names import DIMENSIONS, key_names, parents_of_kinds
from gongzhi.disputes.queries.figures.shown import TOTAL, AddsUp, masked_table, percent
from gongzhi.places import queries as places

AGREED = CONDITIONS["settled"]
SETTLED_AT = Q(agreed_at__isnull=False)
VILLAGE = 2


@dataclass(frozen=True)
class Asked:
    """Which disputes are told, and by what."""

    since: date
    until: date  # the day after the last
    area: str = ""
    kind: str = ""  # of the first level
    by: str = "area"
    hide_below: int = 0  # as others may see it: counts below this are hidden; 0: none
    is_own: bool = False  # only those the actor mediates or mediated


@dataclass(frozen=True)
class RateCell:
    code: str
    kept: int
    asked: int
    is_hidden: bool = False

    @property
    def value(self) -> Decimal | None:
        return None if self.is_hidden else percent(self.kept, self.asked)


@dataclass(frozen=True)
class FigureRow:
    """One line: counts, rates, people, yuan in dispute of what was settled, and days from entry to agreement."""

    key: str
    name: str
    counts: Mapping[str, int]
    rates: Mapping[str, RateCell]
    people: int
    amount: Decimal
    half_days: Decimal | None  # half of them were settled within so many days
    most_days: Decimal | None  # nine of ten
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FigureTable:
    total: FigureRow
    rows: list[FigureRow] = field(default_factory=list)


class Percentile(Aggregate):
    """The value that a share of the rows does not exceed, between rows where it falls between two."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def asked_disputes(actor: Actor, asked: Asked) -> "QuerySet[Dispute]":
    """Return the disputes the figures are counted from, within reach; those exempt after an appeal are left out."""
    if asked.is_own:
        mine = Appointment.objects.filter(mediator__user_id=actor.id).values("dispute_id")
        rows = Dispute.objects.filter(pk__in=mine)
    else:
        rows = Dispute.objects.within_reach_of(actor, Can.SEE_FIGURES)
    rows = rows.filter(
        opened_at__gte=_midnight(asked.since),
        opened_at__lt=_midnight(asked.until),
        exempt=False,
    )
    if asked.area:
        rows = rows.filter(Dispute.scoped_by.rows_in(asked.area))
    if asked.kind:
        rows = rows.filter(kind_code__in=kinds_below(asked.kind))
    return rows


def kinds_below(code: str) -> list[str]:
    """Return a kind of the first level and those under it, of every version."""
    return [code, *(child for child, parent in parents_of_kinds().items() if parent == code)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def key_of(asked: Asked) -> Any:
    """Return what rows are grouped by, in SQL."""
    if asked.by == "area":
        return VillageOf("area_path") if asked.area.count("/") >= 2 else F("district")
    if asked.by == "kind" and not asked.kind:
        whens = [When(kind_code=child, then=Value(parent)) for child, parent in parents_of_kinds().items() if parent]  # fmt: skip
        return Case(*whens, default=F("kind_code"))
    return F(DIMENSIONS[asked.by].column)


class VillageOf(Func):
    """The first three levels of a path; the path itself where it has fewer."""

    template = "coalesce(substring(%(expressions)s from '^[^/]+/[^/]+/[^/]+/'), %(expressions)s)"
    output_field = CharField()


def figure_table(actor: Actor, asked: Asked) -> FigureTable:
    """Count all figures of a dimension and of all together; two statements, and one for the names of kinds."""
    rows = asked_disputes(actor, asked)
    whole = rows.aggregate(**_measures())
    named = {"name": Max("body__name")} if asked.by == "body" else {}
    grouped = rows.annotate(key=key_of(asked)).order_by().values("key")
    found = list(grouped.annotate(**named, **_measures()))
    names: dict[Any, Any] = {row["key"]: row.get("name") for row in found}
    if not named:
        names = dict(key_names(asked.by, list(names)))
    of_all, hidden = _hidden(whole, found, asked.hide_below)
    total = _row("", "", whole, of_all)
    lines = [
        _row(_text(row["key"]), names.get(row["key"]) or _("Not yet known"), row, hidden.get(_text(row["key"]), frozenset()))
        for row in found
    ]  # fmt: skip
    return FigureTable(total, sorted(lines, key=lambda line: (-line.counts["opened"], line.name)))


def _text(key: Any) -> str:
    return "" if key is None else str(key)


def _measures() -> dict[str, Any]:
    took = F("agreed_at") - F("opened_at")
    counts = {f"n_{code}": Count("pk", filter=condition) for code, condition in _parts().items()}
    return counts | {
        "people": Sum("people_count", filter=AGREED, default=0),
        "money": Sum("amount", filter=AGREED, default=Decimal(0)),
        "half": Percentile(took, share=0.5, filter=AGREED & SETTLED_AT),
        "most": Percentile(took, share=0.9, filter=AGREED & SETTLED_AT),
    }


def _parts() -> dict[str, Q]:
    """Return every count that is told: of a figure itself, and of a rate's numerator and denominator."""
    parts: dict[str, Q] = {}
    for figure in figure_definitions().values():
        parts[figure.code] = figure.condition(part="asked")
        if figure.is_rate:
            parts[f"{figure.code}_kept"] = figure.condition(part="kept")
    return parts


def _hidden(
    whole: Mapping[str, Any], found: Iterable[Mapping[str, Any]], below: int
) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Return which parts of figures must not be told of all together, and by row: they could point at somebody."""
    figures = figure_definitions().values()
    sums = [AddsUp(name, parts) for name, parts in ADDS_UP.items()]
    sums += [AddsUp(one.counts("asked"), (one.counts("kept"), one.counts("missed"))) for one in figures if one.is_rate]  # fmt: skip
    table = {TOTAL: _counted(whole)} | {f"row {_text(row['key'])}": _counted(row) for row in found}
    dearest = {one.asked for one in figures if not one.is_rate}
    masked = masked_table(table, sums, below=below, dearest=dearest)
    codes = {
        key: frozenset(code for code, name in _names().items() if name in names)
        for key, names in masked.items()
    }
    of_all = codes.pop(TOTAL)
    return of_all, {key.removeprefix("row "): found for key, found in codes.items()}


def _names() -> dict[str, str]:
    """Return what each part that is told counts."""
    return {
        f"{one.code}_kept" if part == "kept" else one.code: one.counts(part)
        for one in figure_definitions().values()
        for part in (("asked", "kept") if one.is_rate else ("asked",))
    }


def _counted(row: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts of a row by what they count, with those that stand for the rest of a rate."""
    counts = {name: int(row[f"n_{code}"]) for code, name in _names().items()}
    rests = {
        one.counts("missed"): int(row[f"n_{one.code}"] - row[f"n_{one.code}_kept"])
        for one in figure_definitions().values()
        if one.is_rate
    }
    return counts | rests


def _row(key: str, name: str, found: Mapping[str, Any], hidden: frozenset[str]) -> FigureRow:
    figures = figure_definitions().values()
    rates = {
        one.code: RateCell(
            one.code, found[f"n_{one.code}_kept"], found[f"n_{one.code}"], is_hidden=bool({one.code, f"{one.code}_kept"} & hidden)
        )
        for one in figures
        if one.is_rate
    }  # fmt: skip
    # Who is hidden among the settled is hidden in their people, money and days too.
    is_small = "settled" in hidden
    return FigureRow(
        key, name, {one.code: found[f"n_{one.code}"] for one in figures if not one.is_rate}, rates,
        0 if is_small else found["people"], Decimal(0) if is_small else found["money"],
        None if is_small else _days(found["half"]), None if is_small else _days(found["most"]), hidden,
    )  # fmt: skip


def _days(took: timedelta | None) -> Decimal | None:
    """Return days to one decimal."""
    if took is None:
        return None
    seconds = Decimal(took // timedelta(seconds=1))
    return (seconds / Decimal(86_400)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Coverage:
    """In how many villages of the area something was settled in the period, of how many."""

    covered: int
    villages: int
    missing: list[str]  # names of those where nothing was


def coverage(actor: Actor, asked: Asked) -> Coverage:
    """Tell in which villages of the area disputes were settled; the others may need a look, or be at peace."""
    keys = asked_disputes(actor, asked).filter(AGREED).annotate(village=VillageOf("area_path"))
    covered = set(keys.order_by().values_list("village", flat=True).distinct())
    bases = (
        [asked.area] if asked.area else [grant.area for grant in actor.grants_for(Can.SEE_FIGURES)]
    )
    rows = {
        row.path: row
        for base in bases
        for row in places.areas_at_level(VILLAGE, within=base, on=asked.until - timedelta(days=1))
    }
    missing = [row.name for path, row in sorted(rows.items()) if path not in covered]
    return Coverage(len(rows) - len(missing), len(rows), missing)
