"""Where matters gather more than around, or more than before."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import h3
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.insight.queries.lake import ask
from gongzhi.insight.queries.showing.parts import (
    Cell,
    Column,
    Shown,
    Stat,
    count,
    matters_url,
    number,
    text,
)
from gongzhi.insight.rules.cells import BLOCK, text_of
from gongzhi.insight.rules.significance import Spot, gathered, risen
from gongzhi.insight.rules.slices import Slice
from gongzhi.places import queries as places

METHODS: Final = ("gathered", "risen")
TOLD: Final = 100  # rows of the table; the map shows every significant cell
DRAWN: Final = 4000  # cells on the map


def hotspots(actor: Actor, by: Slice, options: Mapping[str, str]) -> Shown:
    """Count by H3 cell of about 0.7 km², and tell which counts are more than chance."""
    before = Slice(by.since - timedelta(days=365), by.since - timedelta(days=1), by.area, by.where)
    told = ask(
        {"ask": "heat", "by": by.plain(), "before": before.plain(), "resolution": BLOCK}, actor
    )
    now = {row["block"]: row["now"] for row in told.rows}
    was = {row["block"]: row["before"] for row in told.rows}
    method = options["method"]
    spots = gathered(now) if method == "gathered" else risen(now, was)
    hot = [spot for spot in spots if spot.is_significant]
    score = _("Deviations") if method == "gathered" else _("Times expected")
    columns = (
        Column(_("Place")), Column(_("Reported"), "count"), Column(_("Expected"), "number"), Column(score, "number"),
        Column(_("Chance"), "number", _("how likely so many are by chance alone")),
    )  # fmt: skip
    rows = [_row(spot, by) for spot in hot[:TOLD]]
    total = sum(now.values())
    stats = [
        Stat(_("Hot spots"), f"{len(hot):,}", _("of {n} cells").format(n=f"{len(now):,}")),
        Stat(
            _("Matters in them"), f"{sum(spot.count for spot in hot):,}",
            _("{share} of all reported").format(share=f"{sum(s.count for s in hot) / total:.0%}") if total else "",
        ),
    ]  # fmt: skip
    return Shown(
        told.as_of, columns, rows, (), stats, _notes(len(now)), len(hot) > TOLD, _geojson(spots, by)
    )


def _notes(cells: int) -> list[str]:
    if cells < 30:
        return [_("There are too few cells here to tell chance from more: choose a larger area.")]
    return []


def _row(spot: Spot, by: Slice) -> Sequence[Cell]:
    cell = text_of(spot.cell)
    return (
        text(cell_name(cell, on=by.until)), count(spot.count, matters_url(by.but("block", cell))), number(spot.expected),
        number(spot.score, digits=2), Cell(spot.p, "< 0.001" if spot.p < 0.001 else f"{spot.p:.3f}"),
    )  # fmt: skip


def cell_name(cell: str, *, on: date) -> str:
    """Return the grid that the middle of a cell lies in, or is nearest to."""
    lat, lon = h3.cell_to_latlng(cell)
    return places.full_name(places.place(lon=lon, lat=lat, on=on).path)


def _geojson(spots: Sequence[Spot], by: Slice) -> dict[str, Any]:
    shown = [spot for spot in spots if spot.count][:DRAWN]
    most = max((spot.count for spot in shown), default=1)
    return {"type": "FeatureCollection", "features": [_feature(spot, by, most) for spot in shown]}


def _feature(spot: Spot, by: Slice, most: int) -> dict[str, Any]:
    cell = text_of(spot.cell)
    ring = [[round(lon, 6), round(lat, 6)] for lat, lon in h3.cell_to_boundary(cell)]
    return {
        "type": "Feature", "id": cell, "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "properties": {
            "n": spot.count, "share": round(spot.count / most, 4), "hot": spot.is_significant,
            "url": matters_url(by.but("block", cell)),
        },
    }  # fmt: skip


def plain_cells(counts: Mapping[str, float], hrefs: Mapping[str, str]) -> dict[str, Any]:
    """Return cells with a value each, for the map of a pivot."""
    most = max(counts.values(), default=1) or 1
    return {"type": "FeatureCollection", "features": [
        {
            "type": "Feature", "id": cell,
            "geometry": {"type": "Polygon", "coordinates": [[
                [round(lon, 6), round(lat, 6)] for lat, lon in (*h3.cell_to_boundary(cell), h3.cell_to_boundary(cell)[0])
            ]]},
            "properties": {"n": value, "share": round(value / most, 4), "hot": False, "url": hrefs.get(cell, "")},
        }
        for cell, value in sorted(counts.items(), key=lambda pair: -pair[1])[:DRAWN]
    ]}  # fmt: skip
