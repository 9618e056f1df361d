"""Where and what comes again, how long it takes, where it bounces, and what other limits would mean."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.base.actor import Actor
from gongzhi.insight.queries.lake import ask
from gongzhi.insight.queries.names import Names
from gongzhi.insight.queries.showing.parts import (
    Cell,
    Chart,
    Column,
    Shown,
    Stat,
    below,
    count,
    dim_column,
    hours,
    hours_text,
    matters_url,
    measure_column,
    named,
    share,
    text,
)
from gongzhi.insight.rules.dims import NONE
from gongzhi.insight.rules.limits import curve
from gongzhi.insight.rules.slices import Slice

MOST_PLACES: Final = 300
MOST_BARS: Final = 20
MOST_FLOWS: Final = 24
FEW: Final = 20  # fewer matters say little about how long things take


def repeats(actor: Actor, by: Slice, options: Mapping[str, str]) -> Shown:
    return (_items_again if options["of"] == "items" else _places_again)(
        actor, by, int(options["least"])
    )


def _places_again(actor: Actor, by: Slice, least: int) -> Shown:
    told = ask(
        {"ask": "repeat_places", "by": by.plain(), "least": least, "limit": MOST_PLACES}, actor
    )
    names = Names(on=by.until)
    rows = [
        (
            text(names.of("grid", row["area"])), named(names, "item", row["item"]),
            count(row["n"], matters_url(by.but("place", f"{row['x']}_{row['y']}").but("item", row["item"]).counted("valid"))),
            count(row["months"]), Cell(row["first_on"], row["first_on"]), Cell(row["last_on"], row["last_on"]),
            count(row["again"], tone="late"),
        )
        for row in told.rows
    ]  # fmt: skip
    columns = (
        Column(_("Place")), dim_column("item"), Column(_("Times"), "count"), Column(_("In months"), "count"),
        Column(_("First"), "day"), Column(_("Last"), "day"), Column(_("Reworked"), "count"),
    )  # fmt: skip
    first = told.rows[:MOST_BARS]
    bars = Chart(
        _("The places with most repeats"), "bars",
        {
            "x": [f"{names.of('grid', row['area']).split(' ')[-1]} {names.of('item', row['item'])}" for row in first],
            "unit": _("times"), "series": [{"name": _("Times"), "values": [row["n"] for row in first], "tone": "civic"}],
        },
    )  # fmt: skip
    stats = [
        Stat(_("Repeat places"), f"{len(rows)}{'+' if len(rows) == MOST_PLACES else ''}", _("{n} times or more").format(n=least)),
        Stat(_("Matters at them"), f"{sum(row['n'] for row in told.rows):,}"),
    ]  # fmt: skip
    return Shown(
        told.as_of, columns, rows, [bars] if first else [], stats, is_cut=len(rows) == MOST_PLACES
    )


def _items_again(actor: Actor, by: Slice, least: int) -> Shown:
    told = ask({"ask": "repeat_items", "by": by.plain(), "least": least}, actor)
    names = Names(on=by.until)
    ordered = sorted(told.rows, key=lambda row: (-row["at_repeats"], -row["n"], row["item"]))
    rows = [
        (
            named(names, "item", row["item"]), count(row["n"], below(by, "item", row["item"], "valid")),
            count(row["at_repeats"]), share(row["at_repeats"] / row["n"] if row["n"] else None), count(row["places"]),
            share(row["redone"] / row["closing"] if row["closing"] else None, below(by, "item", row["item"], "reworked")),
            share(row["undone"] / row["closing"] if row["closing"] else None, below(by, "item", row["item"], "reopened")),
        )
        for row in ordered
    ]  # fmt: skip
    columns = (
        dim_column("item"), Column(_("Valid"), "count"), Column(_("At repeat places"), "count"), Column(_("Share"), "share"),
        Column(_("Repeat places"), "count"), measure_column("rework_rate"), Column(pgettext("rate", "Reopened"), "share"),
    )  # fmt: skip
    first = [row for row in ordered if row["at_repeats"]][:MOST_BARS]
    bars = Chart(
        _("Matters at repeat places, by item"), "bars",
        {
            "labels": 12, "x": [names.of("item", row["item"]) for row in first], "unit": _("matters"),
            "series": [{"name": _("At repeat places"), "values": [row["at_repeats"] for row in first], "tone": "civic"}],
            "hrefs": [below(by, "item", row["item"], "valid") for row in first],
        },
    )  # fmt: skip
    return Shown(told.as_of, columns, rows, [bars] if first else [])


def times(actor: Actor, by: Slice, options: Mapping[str, str]) -> Shown:
    """How long handling takes: half of the matters, and nine in ten."""
    dim = options["dim"]
    told = ask({"ask": "percentiles", "by": by.plain(), "dims": [dim]}, actor)
    whole = ask({"ask": "percentiles", "by": by.plain(), "dims": []}, actor)
    names = Names(on=by.until)
    ordered = sorted(told.rows, key=lambda row: (-row["timed"], row["d0"]))
    rows = [
        (
            named(names, dim, row["d0"]), count(row["timed"], below(by, dim, row["d0"], "handled")),
            hours(row["p50_hours"]), hours(row["p90_hours"]),
            Cell(None, _("few matters")) if row["timed"] < FEW else Cell("", ""),
        )
        for row in ordered
    ]  # fmt: skip
    columns = (
        dim_column(dim), measure_column("handled"), measure_column("p50_hours"), measure_column("p90_hours"), Column(""),
    )  # fmt: skip
    first = sorted(
        (row for row in ordered if row["timed"] >= FEW), key=lambda row: -row["p90_hours"]
    )[:MOST_BARS]
    bars = Chart(
        _("Half of the matters, and nine in ten: hours, the slowest first"), "bars",
        {
            "labels": 12, "x": [names.of(dim, row["d0"]) for row in first], "unit": _("h"),
            "series": [
                {"name": _("Half"), "values": [row["p50_hours"] for row in first], "tone": "civic"},
                {"name": _("Nine in ten"), "values": [row["p90_hours"] for row in first], "tone": "warn"},
            ],
            "hrefs": [below(by, dim, row["d0"], "handled") for row in first],
        },
    )  # fmt: skip
    stats = []
    if whole.rows and whole.rows[0]["timed"]:
        row = whole.rows[0]
        stats = [
            Stat(_("Half within"), hours_text(row["p50_hours"])),
            Stat(_("Nine in ten within"), hours_text(row["p90_hours"])),
            Stat(_("Handled"), f"{row['timed']:,}", href=matters_url(by.counted("handled"))),
        ]
    return Shown(told.as_of, columns, rows, [bars] if first else [], stats)


def flow(actor: Actor, by: Slice, _options: Mapping[str, str]) -> Shown:
    """Where matters bounce: who sent them back, who got them next."""
    told = ask({"ask": "flow", "by": by.plain()}, actor)
    items = ask({"ask": "bounces", "by": by.plain()}, actor)
    names = Names(on=by.until)
    ordered = sorted(told.rows, key=lambda row: (-row["n"], row["from_unit"], row["to_unit"]))
    rows = [
        (
            text(_unit(names, row["from_unit"])),
            text(_unit(names, row["to_unit"])),
            count(row["n"]),
            count(row["matters"]),
        )
        for row in ordered
    ]
    columns = (
        Column(_("Sent back by")), Column(_("Dispatched next to")), Column(_("Times"), "count"), Column(pgettext("counted", "Matters"), "count"),
    )  # fmt: skip
    known = sum(row["n"] for row in told.rows)
    times_back = sum(row["times"] for row in items.rows)
    matters = sum(row["n"] for row in items.rows)
    stats = [
        Stat(_("Matters sent back"), f"{matters:,}", href=matters_url(by.counted("returned"))),
        Stat(
            _("Times"),
            f"{times_back:,}",
            _("of {n} the file says who got them next").format(n=f"{known:,}"),
        ),
    ]
    charts = [_flow_chart(names, ordered)] if ordered else []
    if items.rows:
        charts.append(_bounced_items(by, names, items.rows))
    return Shown(told.as_of, columns, rows, charts, stats)


def _unit(names: Names, value: int) -> str:
    return names.of("unit", str(value)) if value else _("not dispatched yet")


def _flow_chart(names: Names, ordered: list[dict[str, Any]]) -> Chart:
    links = [
        {
            "source": _("{unit} sent back").format(unit=_unit(names, row["from_unit"])),
            "target": _("to {unit}").format(unit=_unit(names, row["to_unit"])), "value": row["n"],
        }
        for row in ordered[:MOST_FLOWS]
    ]  # fmt: skip
    nodes = dict.fromkeys(link[end] for end in ("source", "target") for link in links)
    return Chart(
        _("Who sends back, who gets it next"), "flow",
        {"nodes": [{"name": name} for name in nodes], "links": links, "unit": _("times"), "room": 240}, is_wide=True,
    )  # fmt: skip


def _bounced_items(by: Slice, names: Names, rows: list[dict[str, Any]]) -> Chart:
    first = sorted(rows, key=lambda row: (-row["n"], row["item"]))[:MOST_BARS]
    return Chart(
        _("The items sent back most"), "bars",
        {
            "labels": 12, "x": [names.of("item", row["item"] or NONE) for row in first], "unit": _("matters"),
            "series": [{"name": _("Matters sent back"), "values": [row["n"] for row in first], "tone": "warn"}],
            "hrefs": [below(by, "item", row["item"] or NONE, "returned") for row in first],
        },
    )  # fmt: skip


def limits(actor: Actor, by: Slice, _options: Mapping[str, str]) -> Shown:
    """What share would be in time if every limit of these matters were longer or shorter."""
    state = ask({"ask": "tally", "by": by.plain(), "dims": [], "counts": ["reported"]}, actor)
    now = timezone.localtime(state.as_of).replace(tzinfo=None, microsecond=0)
    told = ask({"ask": "ratios", "by": by.plain(), "now": now.isoformat()}, actor)
    total = sum(row["n"] for row in told.rows)
    recorded = sum(row["in_time"] for row in told.rows) / total if total else None
    allowed = sum(row["allowed"] for row in told.rows) / total / 3600 if total else 0.0
    found = curve([(row["ratio"], row["n"]) for row in told.rows if row["ratio"] >= 0], total=total)
    today = next(point for point in found if point.factor == 1)
    rows = [
        (
            text(_factor(point.factor)), hours(allowed * point.factor), count(point.in_time), share(point.share),
            Cell(None, "—") if point is today or point.share is None or today.share is None
            else change_points(point.share, today.share),
        )
        for point in found
    ]  # fmt: skip
    columns = (
        Column(_("Limits")), Column(_("Mean limit"), "hours", _("service time")), Column(_("In time"), "count"),
        Column(_("Share in time"), "share"), Column(_("Percentage points"), "change", _("against the limits in force")),
    )  # fmt: skip
    line = Chart(
        _("Share in time, if all limits were so long"), "line",
        {
            "x": [_factor(point.factor) for point in found], "unit": "%", "min": 0, "max": 100,
            "series": [{
                "name": _("In time"), "tone": "civic", "area": True,
                "values": [None if point.share is None else round(point.share * 100, 1) for point in found],
            }],
            "mark": None if recorded is None else round(recorded * 100, 1), "markName": _("by the clocks today"),
        }, is_wide=True,
    )  # fmt: skip
    return Shown(
        told.as_of,
        columns,
        rows,
        [line] if total else [],
        _limit_stats(by, total, recorded, today.share),
    )


def change_points(now: float, before: float) -> Cell:
    return Cell(round((now - before) * 100, 2), f"{(now - before) * 100:+.1f}")


def _factor(factor: float) -> str:
    return _("as now") if factor == 1 else f"× {factor:g}"


def _limit_stats(
    by: Slice, total: int, recorded: float | None, modelled: float | None
) -> list[Stat]:
    if recorded is None or modelled is None:
        return []
    return [
        Stat(pgettext("counted", "Matters"), f"{total:,}", _("with a limit that is over or kept"), matters_url(by.counted("to_handle"))),
        Stat(_("In time by the clocks"), share(recorded).text),
        Stat(
            _("In time by this estimate"), share(modelled).text,
            _("{points} points off: pauses, extensions and units' own calendars").format(points=f"{(modelled - recorded) * 100:+.1f}"),
        ),
    ]  # fmt: skip
