"""Trend and season, year on year, on time by department: counts beside each other."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.base.actor import Actor
from gongzhi.insight.queries.lake import ask
from gongzhi.insight.queries.names import Names, month_name
from gongzhi.insight.queries.showing.parts import (
    Chart,
    Column,
    Shown,
    Stat,
    below,
    change,
    count,
    dim_column,
    matters_url,
    measure_column,
    named,
    number,
    of_measure,
    points,
    share,
    text,
)
from gongzhi.insight.rules.measures import counts_behind, value_of
from gongzhi.insight.rules.season import decomposed
from gongzhi.insight.rules.slices import Slice, month_of

ON_TIME = ("to_handle", "handled", "handled_in_time", "to_close", "closed", "closed_in_time")
MOST_BARS = 20
DAYS = 90


def trend(actor: Actor, by: Slice, _options: Mapping[str, str]) -> Shown:
    """Month by month: reported, the trend below it, the season, and how much was closed in time."""
    told = ask(
        {"ask": "tally", "by": by.plain(), "dims": ["month"], "counts": ["reported", *ON_TIME]},
        actor,
    )
    known = {int(row["d0"]): row for row in told.rows}
    last = min(month_of(by.until), month_of(told.as_of.date()))
    months = list(range(max(month_of(by.since), min(known, default=last)), last + 1))
    values = [float(known.get(month, {}).get("reported", 0)) for month in months]
    # The month that is still running is no full month: it would pull the trend down.
    whole = values if by.until < told.as_of.date() else values[:-1]
    season = decomposed(whole, first_month=months[0] % 12 + 1 if months else 1)
    levels = [*season.trend, *([None] * (len(values) - len(whole)))]
    rows = []
    for month, value, level in zip(months, values, levels, strict=True):
        found = known.get(month, {})
        rows.append((
            text(month_name(str(month))), count(value, below(by, "month", str(month))), number(level, digits=0),
            number(season.shares[month % 12], digits=2), share(value_of("handled_in_time_rate", found)),
            share(value_of("closed_in_time_rate", found)),
        ))  # fmt: skip
    columns = (
        dim_column("month"), measure_column("reported"), Column(_("Trend"), "number"), Column(_("Season"), "number"),
        measure_column("handled_in_time_rate"), measure_column("closed_in_time_rate"),
    )  # fmt: skip
    charts = [*_trend_charts(by, months, values, levels), *_daily(actor, by, told.as_of.date())]
    return Shown(told.as_of, columns, rows[::-1], charts, _trend_stats(by, season.shares, values))


def _daily(actor: Actor, by: Slice, today: date) -> list[Chart]:
    """Draw the last ninety days one by one, with the mean of the week around each."""
    until = min(by.until, today)
    recent = replace(by, since=max(by.since, until - timedelta(days=DAYS - 1)), until=until)
    told = ask(
        {"ask": "tally", "by": recent.plain(), "dims": ["day"], "counts": ["reported"]}, actor
    )
    known = {row["d0"]: float(row["reported"]) for row in told.rows}
    days = [recent.since + timedelta(days=step) for step in range((until - recent.since).days + 1)]
    values = [known.get(day.isoformat(), 0.0) for day in days]
    means = [round(fmean(values[max(0, i - 3) : i + 4]), 1) for i in range(len(values))]
    return [Chart(
        _("The last {n} days, with the mean of the week around each").format(n=len(days)), "line",
        {
            "x": [f"{day:%m-%d}" for day in days], "unit": _("matters"),
            "series": [
                {"name": _("Reported"), "values": values, "tone": "civic"},
                {"name": _("Mean"), "values": means, "tone": "calm", "dashed": True},
            ],
            "hrefs": [below(by, "day", day.isoformat()) for day in days],
        },
    )] if days else []  # fmt: skip


def _trend_charts(
    by: Slice, months: list[int], values: list[float], levels: list[float | None]
) -> list[Chart]:
    line = Chart(
        _("Reported by month, with the trend"), "line",
        {
            "x": [month_name(str(month)) for month in months], "unit": _("matters"),
            "series": [
                {"name": _("Reported"), "values": values, "tone": "civic"},
                {"name": _("Trend"), "values": _rounded(levels), "tone": "calm", "dashed": True},
            ],
            "hrefs": [below(by, "month", str(month)) for month in months],
        }, is_wide=True,
    )  # fmt: skip
    years = sorted({month // 12 for month in months})
    held = dict(zip(months, values, strict=True))
    lines = [
        {"name": str(year), "values": [held.get(year * 12 + i) for i in range(12)], "tone": tone, "dashed": tone == "calm"}
        for year, tone in zip(years[-4:], ["calm", "warn", "ok", "civic"][-len(years[-4:]):], strict=True)
    ]  # fmt: skip
    season = Chart(
        _("The same months of the years"), "line",
        {"x": [_("{n}.").format(n=n) for n in range(1, 13)], "unit": _("matters"), "series": lines},
    )  # fmt: skip
    return [line, season] if len(years) > 1 else [line]


def _rounded(values: list[float | None]) -> list[float | None]:
    return [None if value is None else round(value, 1) for value in values]


def _trend_stats(by: Slice, shares: tuple[float | None, ...], values: list[float]) -> list[Stat]:
    stats = [Stat(_("Reported"), f"{sum(values):,.0f}", href=matters_url(by))]
    told = [(value, month) for month, value in enumerate(shares, start=1) if value is not None]
    if told:
        most, least = max(told), min(told)
        stats += [
            Stat(_("Busiest month"), _("Month {n}").format(n=most[1]), _("{n} times an average month").format(n=f"{most[0]:.2f}")),
            Stat(_("Quietest month"), _("Month {n}").format(n=least[1]), _("{n} times an average month").format(n=f"{least[0]:.2f}")),
        ]  # fmt: skip
    return stats


def year(actor: Actor, by: Slice, options: Mapping[str, str]) -> Shown:
    """Compare with the same days of last year, by a dimension."""
    dim, before = options["dim"], by.moved(years=-1)
    told = ask(
        {"ask": "compared", "by": by.plain(), "before": before.plain(), "dims": [dim],
         "counts": ["reported", "to_close", "closed_in_time"]}, actor,
    )  # fmt: skip
    return Shown(told.as_of, *_two_times(told.rows, dim, by, before, Names(on=by.until)))


def _two_times(
    rows: list[dict[str, Any]], dim: str, by: Slice, before: Slice, names: Names
) -> tuple[Any, ...]:
    held = _paired(rows)
    ordered = sorted(held, key=lambda key: (-held[key][0].get("reported", 0), key))
    table = []
    for key in ordered:
        now, then = held[key]
        rates = [value_of("closed_in_time_rate", one) for one in (now, then)]
        table.append((
            named(names, dim, key), count(now.get("reported", 0), below(by, dim, key)),
            count(then.get("reported", 0), below(before, dim, key)), change(now.get("reported", 0), then.get("reported")),
            share(rates[0]), share(rates[1]), points(*rates),
        ))  # fmt: skip
    columns = (
        dim_column(dim), Column(_("This time"), "count"), Column(_("Last year"), "count"), Column(pgettext("analysis", "Change"), "change"),
        measure_column("closed_in_time_rate"), Column(_("Last year"), "share"), Column(_("Percentage points"), "change"),
    )  # fmt: skip
    first = ordered[:MOST_BARS]
    bars = Chart(
        _("Reported, this time and last year"), "bars",
        {
            "labels": 12, "x": [names.of(dim, key) for key in first], "unit": _("matters"),
            "series": [
                {"name": _("Last year"), "values": [held[key][1].get("reported", 0) for key in first], "tone": "calm"},
                {"name": _("This time"), "values": [held[key][0].get("reported", 0) for key in first], "tone": "civic"},
            ],
            "hrefs": [below(by, dim, key) for key in first],
        }, is_wide=True,
    )  # fmt: skip
    sums = [sum(held[key][i].get("reported", 0) for key in held) for i in (0, 1)]
    grown = change(sums[0], sums[1])
    stats = [
        Stat(_("This time"), f"{sums[0]:,}", f"{by.since} – {by.until}", matters_url(by)),
        Stat(
            _("Last year"), f"{sums[1]:,}", f"{before.since} – {before.until}", matters_url(before)
        ),
        Stat(pgettext("analysis", "Change"), grown.text),
    ]
    notes = (
        []
        if sums[1]
        else [
            _(
                "Nothing was reported in the same days of last year, as far as the register goes back."
            )
        ]
    )
    return columns, table, [bars], stats, notes


def _paired(rows: list[dict[str, Any]]) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    held: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for row in rows:
        pair = held.setdefault(row["d0"], ({}, {}))
        pair[0 if row["is_now"] else 1].update(row)
    return held


def ontime(actor: Actor, by: Slice, options: Mapping[str, str]) -> Shown:
    """Who keeps the limits: two rates by department, beside the stretch of time before."""
    dim = options["dim"]
    length = by.until - by.since + timedelta(days=1)
    before = Slice(by.since - length, by.since - timedelta(days=1), by.area, by.where)
    told = ask(
        {
            "ask": "compared",
            "by": by.plain(),
            "before": before.plain(),
            "dims": [dim],
            "counts": list(ON_TIME),
        },
        actor,
    )
    names, held = Names(on=by.until), _paired(told.rows)
    ordered = sorted(held, key=lambda key: (-(held[key][0].get("to_handle") or 0), key))
    measures = (
        "to_handle",
        "handled_in_time",
        "handled_in_time_rate",
        "to_close",
        "closed_in_time_rate",
    )
    rows = []
    for key in ordered:
        now, then = held[key]
        cells = [of_measure(m, value_of(m, now), _behind(by.but(dim, key), m)) for m in measures]
        gained = [
            points(value_of(m, now), value_of(m, then))
            for m in ("handled_in_time_rate", "closed_in_time_rate")
        ]
        late = (now.get("to_handle") or 0) - (now.get("handled_in_time") or 0)
        late_url = matters_url(by.but(dim, key).counted("to_handle", outside=("handled_in_time",)))
        rows.append(
            (
                named(names, dim, key),
                *cells[:3],
                gained[0],
                count(late, late_url, tone="late"),
                *cells[3:],
                gained[1],
            )
        )
    columns = (
        dim_column(dim), *(measure_column(m) for m in measures[:3]), Column(_("Percentage points"), "change", _("against the time before")),
        Column(_("Not in time"), "count"), *(measure_column(m) for m in measures[3:]),
        Column(_("Percentage points"), "change", _("against the time before")),
    )  # fmt: skip
    return Shown(
        told.as_of, columns, rows, [_rates_chart(by, dim, ordered, held, names)], _rate_stats(held)
    )


def _behind(by: Slice, measure: str) -> str:
    return matters_url(by.counted(counts_behind((measure,))[0]))


def _rates_chart(by: Slice, dim: str, ordered: list[str], held: Any, names: Names) -> Chart:
    known = [key for key in ordered if held[key][0].get("to_handle")][:MOST_BARS]
    rates = {key: value_of("handled_in_time_rate", held[key][0]) or 0.0 for key in known}
    first = sorted(known, key=lambda key: rates[key])
    return Chart(
        _("Handled in time, the lowest first"), "bars",
        {
            "labels": 12, "x": [names.of(dim, key) for key in first], "unit": "%", "max": 100,
            "series": [{
                "name": _("Share handled in time"), "values": [round(rates[key] * 100, 1) for key in first],
                "tones": ["late" if rates[key] < 0.8 else "warn" if rates[key] < 0.9 else "ok" for key in first],
            }],
            "hrefs": [below(by, dim, key, "to_handle") for key in first],
        },
    )  # fmt: skip


def _rate_stats(held: Any) -> list[Stat]:
    stats = []
    for measure in ("handled_in_time_rate", "closed_in_time_rate"):
        sums = [
            {
                name: sum(pair[i].get(name) or 0 for pair in held.values())
                for name in counts_behind((measure,))
            }
            for i in (0, 1)
        ]
        now, then = (value_of(measure, one) for one in sums)
        gained = points(now, then)
        label = measure_column(measure)
        said = _("{points} points against the time before").format(points=gained.text)
        stats.append(Stat(label.label, share(now).text, said if gained.value is not None else ""))
    return stats
