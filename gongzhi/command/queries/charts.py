"""Charts of an area: plain numbers for the picture, and the same numbers as a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.command.queries.shipped import ChartRow, chart_rows, said
from gongzhi.figures import queries as figures
from gongzhi.places.queries import AreaRow

DAYS = 30
FEWEST = 5  # of which a share is told
MOST_BARS = 12  # of a ranking in the picture; the table has them all
LEVELS = ("city", "town", "village")


@dataclass(frozen=True)
class Chart:
    code: str
    kind: str
    title: str
    unit: str
    meaning: str
    source: str
    data: dict[str, Any]
    headings: list[str]
    rows: list[list[Any]]
    as_of: datetime | None = None
    hrefs: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[list[Any], str]]:
        """Return the table's rows, each with the address of its matters."""
        hrefs = self.hrefs or [""] * len(self.rows)
        return list(zip(self.rows, hrefs, strict=True))

    @property
    def is_empty(self) -> bool:
        return not any(
            isinstance(cell, int | float) and cell for row in self.rows for cell in row[1:]
        )


@dataclass(frozen=True)
class _Scene:
    actor: Actor
    area: AreaRow
    on: date
    tiles: Mapping[str, Any]

    @property
    def since(self) -> date:
        return self.on - timedelta(days=DAYS - 1)


def charts(actor: Actor, area: AreaRow, *, at: datetime) -> list[Chart]:
    """Return the charts of a city, town or village."""
    scene = _scene(actor, area, at)
    made = (_made(row, scene) for row in chart_rows())
    return [chart for chart in made if chart is not None]


def chart(actor: Actor, area: AreaRow, code: str, *, at: datetime) -> Chart | None:
    scene = _scene(actor, area, at)
    row = next((one for one in chart_rows() if one.code == code), None)
    return _made(row, scene) if row else None


def _scene(actor: Actor, area: AreaRow, at: datetime) -> _Scene:
    tiles = {tile.code: tile for tile in figures.tiles(actor, area.path)}
    return _Scene(actor, area, timezone.localtime(at).date(), tiles)


def _made(row: ChartRow, scene: _Scene) -> Chart | None:
    drawn = _KINDS[row.code](row, scene)
    if drawn is None:
        return None
    data, headings, rows, hrefs = drawn
    return Chart(
        row.code, row.kind, said(row.titles), row.unit, said(row.meanings), row.source,
        {"unit": row.unit, **data}, headings, rows, figures.mark().as_of, hrefs,
    )  # fmt: skip


Drawn = tuple[dict[str, Any], list[str], list[list[Any]], list[str]]


def _by_day(scene: _Scene) -> dict[date, Any]:
    rows = figures.daily(
        LEVELS[scene.area.level],
        since=scene.since,
        until=scene.on,
        measures=("valid", "handled", "handled_in_time"),
        keys=[scene.area.path if scene.area.level else ""],
    )
    sums = {row["day"]: row for row in rows}
    days = [scene.since + timedelta(days=n) for n in range(DAYS)]
    return {day: sums.get(day, {}) for day in days}


def _days(_row: ChartRow, scene: _Scene) -> Drawn | None:
    sums = _by_day(scene)
    names = [pgettext("chart", "Reported"), _("Handled in time")]
    columns = [[one.get(name, 0) for one in sums.values()] for name in ("valid", "handled_in_time")]
    rows = [[day.isoformat(), *values] for day, *values in zip(sums, *columns, strict=True)]
    hrefs = [_reported_href(scene, day) for day in sums]
    data = {
        "x": [_short(day) for day in sums],
        "series": [
            {"name": names[0], "values": columns[0], "tone": "civic", "area": True},
            {"name": names[1], "values": columns[1], "tone": "ok"},
        ],
    }
    return data, [_("Day of the report"), *names], rows, hrefs


def _reported_href(scene: _Scene, day: date) -> str:
    return f"/desk/all?area={scene.area.path}&since={day}&until={day}"


def _rate(row: ChartRow, scene: _Scene) -> Drawn | None:
    sums = _by_day(scene)
    shares = [_share(one.get("handled_in_time", 0), one.get("handled", 0)) for one in sums.values()]
    rows = [
        [day.isoformat(), share, one.get("handled_in_time", 0), one.get("handled", 0)]
        for (day, one), share in zip(sums.items(), shares, strict=True)
    ]
    data = {
        "x": [_short(day) for day in sums], "min": 0, "max": 100,
        "series": [{"name": said(row.titles), "values": shares, "tone": "ok"}],
    }  # fmt: skip
    headings = [
        _("Day of the report"),
        pgettext("chart", "Share"),
        _("Handled in time"),
        _("Handled"),
    ]
    return data, headings, rows, [_reported_href(scene, day) for day in sums]


def _departments(_row: ChartRow, scene: _Scene) -> Drawn | None:
    if scene.area.level:
        return None
    sums = figures.counts(
        "department",
        since=scene.since,
        until=scene.on,
        measures=("handled", "handled_in_time"),
    )
    held = [
        (accounts.unit_name(int(key)), one["handled_in_time"], one["handled"], key)
        for key, one in sums.items()
        if one["handled"] >= FEWEST
    ]
    held.sort(key=lambda one: (-one[1] / one[2], one[0]))
    rows = [[name, _share(kept, of), kept, of] for name, kept, of, _key in held]
    hrefs = [f"/desk/all?unit={key}&since={scene.since}&until={scene.on}" for *_rest, key in held]
    data = {
        "x": [row[0] for row in rows], "max": 100, "hrefs": hrefs,
        "series": [{"name": pgettext("chart", "Share"), "values": [row[1] for row in rows], "tone": "ok"}],
    }  # fmt: skip
    return (
        data,
        [_("Department"), pgettext("chart", "Share"), _("Handled in time"), _("Handled")],
        rows,
        hrefs,
    )


def _hours(_row: ChartRow, scene: _Scene) -> Drawn | None:
    tile = scene.tiles.get("hours")
    if tile is None:
        return None
    held = tile.payload["rows"]
    rows = [[f"{row['key']:02}:00", row["value"], row["was"]] for row in held]
    names = [_("Today"), _("A week ago")]
    data = {
        "x": [row[0][:2] for row in rows],
        "series": [
            {"name": names[0], "values": [row[1] for row in rows], "tone": "civic"},
            {"name": names[1], "values": [row[2] for row in rows], "tone": "calm"},
        ],
    }
    return data, [_("Hour"), *names], rows, []


def _ranked(name: str, tone: str) -> Callable[[ChartRow, _Scene], Drawn | None]:
    def ranked(row: ChartRow, scene: _Scene) -> Drawn | None:
        tile = scene.tiles.get(name)
        if tile is None:
            return None
        held = tile.payload["rows"]
        rows = [[one["label"], one["value"]] for one in held]
        hrefs = [one.get("href", "") for one in held]
        drawn = [row for row in rows if row[1]][:MOST_BARS]
        data = {
            "x": [one[0] for one in drawn], "hrefs": hrefs,
            "series": [{"name": said(row.titles), "values": [one[1] for one in drawn], "tone": tone}],
        }  # fmt: skip
        return data, [_("Name"), said(row.titles)], rows, hrefs

    return ranked


_KINDS: Mapping[str, Callable[[ChartRow, _Scene], Drawn | None]] = {
    "days": _days,
    "rate": _rate,
    "departments": _departments,
    "hours": _hours,
    "areas": _ranked("areas", "late"),
    "states": _ranked("states", "civic"),
    "items": _ranked("items", "civic"),
    "sources": _ranked("sources", "civic"),
}


def _share(part: int, of: int) -> float | None:
    return round(100 * part / of, 1) if of else None


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"
