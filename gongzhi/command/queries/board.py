"""The live board: figures of an area, what is happening, what is overdue longest, and how it is told to a screen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from gongzhi.base.actor import Actor
from gongzhi.command.capabilities import Can
from gongzhi.command.queries.kept import kept, moment, reach_key
from gongzhi.command.queries.shipped import said, tile_faces
from gongzhi.figures import queries as figures
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Box, Filter
from gongzhi.places.queries import AreaRow, ancestors

LATE_ROWS: Final = 12
NEWS_ROWS: Final = 40
FINEST: Final = 2  # levels that have tiles of their own: city, town, village
BOARD: Final = (
    "reported_today", "closed_today", "open", "overdue", "due_today", "waiting", "on_time_30", "supervised",
)  # fmt: skip
BARS: Final = ("areas", "items", "sources")


def board_area(area: AreaRow) -> str:
    """Return the path whose figures stand beside an area: its own, of a grid those of its village."""
    above = ancestors(area.path)
    return above[min(FINEST, len(above) - 1)].path


def definitions(*, on: date) -> dict[str, dict[str, Any]]:
    """Return what every tile of a screen is called, means and looks like, by code."""
    known = {row.code: row for row in figures.tile_rows(on=on)}
    found: dict[str, dict[str, Any]] = {}
    for code, face in tile_faces().items():
        if face.is_figure and code not in known:
            continue
        row = known.get(code)
        found[code] = {
            "code": code,
            "look": face.look,
            "w": face.w,
            "h": face.h,
            "title": row.title if row else said(face.names),
            "unit": row.unit if row else "",
            "meaning": row.meaning if row else "",
            "source": row.source if row else face.source,
        }
    return found


def late_rows(actor: Actor, area: str, *, at: datetime) -> list[dict[str, Any]]:
    """Return the matters that are overdue longest."""
    key = ("late", reach_key(actor, Can.VIEW), area, moment(at, 5))

    def read() -> list[dict[str, Any]]:
        page = matters.matters_in(
            Box.DOING, actor, by=Filter(area=area, clock="late"), at=at, size=LATE_ROWS, sort="due"
        )
        return [
            {
                "number": row.number,
                "title": row.title,
                "place": row.place,
                "state": row.state_label,
                "party": row.face.party,
                "words": row.face.words,
                "urgent": row.is_urgent,
                "href": f"/desk/matters/{row.number}",
            }
            for row in page.rows
        ]

    return kept.get(key, read)


def ring_rows(rings: Sequence[Any]) -> list[dict[str, Any]]:
    """Return alarms as a screen draws them."""
    return [
        {
            "id": ring.id,
            "number": ring.number,
            "title": ring.title,
            "place": ring.place,
            "state": ring.state,
            "at": ring.raised_at,
            "face": str(ring.face),
            "words": ring.words,
            "needs_answer": ring.needs_answer,
            "can_acknowledge": ring.can_acknowledge,
            "answers": [
                {"desk": one.desk, "by": one.by, "at": one.at} for one in ring.answers
            ],
            "href": ring.url,
        }
        for ring in rings
    ]  # fmt: skip
