"""What screens show: the tiles of an area as published, the ticker, and what is open by grid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as Tally
from django.db.models import Q

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.figures.capabilities import Can
from gongzhi.figures.models import Change, Consumer, News, OnShift, OpenMatter, Tile
from gongzhi.figures.queries.board import late
from gongzhi.figures.queries.facts import in_area
from gongzhi.matters.kind import kind_of

MOST_NEWS = 500


@dataclass(frozen=True)
class Published:
    """A tile as every viewer gets it."""

    code: str
    area: str
    version: int
    as_of: datetime
    payload: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code, "area": self.area, "version": self.version,
            "as_of": self.as_of.isoformat(), "payload": self.payload,
        }  # fmt: skip


@dataclass(frozen=True)
class NewsLine:
    """A line of the ticker as every viewer gets it."""

    seq: int
    at: datetime
    number: str
    title: str
    deed: str
    state: str
    tone: str
    town: str
    area_path: str
    is_urgent: bool
    is_late: bool
    move: str

    @property
    def href(self) -> str:
        return f"/desk/matters/{self.number}"

    def as_dict(self) -> dict[str, Any]:
        return {**vars(self), "at": self.at.isoformat(), "href": self.href}


@dataclass(frozen=True)
class Mark:
    """Up to where everything is counted: the last news, the last publication, and when."""

    seq: int
    version: int
    as_of: datetime | None


def covers(actor: Actor, area: str, *, capability: str = Can.VIEW) -> bool:
    """Tell whether the actor may see the figures of this whole area: not those bound to a unit's matters."""
    grants = actor.grants_for(capability)
    return any(grant.unit is None and area.startswith(grant.area) for grant in grants)


def tiles(actor: Actor, area: str) -> list[Published]:
    """Return an area's tiles as last published; OutOfReach where the actor does not reach all of it."""
    if not covers(actor, area):
        raise OutOfReach
    return [_published(row) for row in Tile.objects.filter(area_path=area).order_by("code")]


def tile(actor: Actor, code: str, area: str) -> Published | None:
    """Return one tile; None while it was never published."""
    return next((found for found in tiles(actor, area) if found.code == code), None)


def tiles_since(version: int) -> list[Published]:
    """Return every tile published after a version, whatever the area: for the process that passes them on."""
    rows = Tile.objects.filter(version__gt=version).order_by("version", "area_path", "code")
    return [_published(row) for row in rows.iterator(chunk_size=2000)]


def _published(row: Tile) -> Published:
    return Published(row.code, row.area_path, row.version, row.as_of, row.payload)


def news(
    actor: Actor, *, after_seq: int | None = None, area: str = "", limit: int = 50
) -> list[NewsLine]:
    """
    Return news within reach, in order: those after a number, or without one the newest.

    Between two lines of an actor's news lie the numbers of what they do not reach.
    """
    rows = News.objects.within_reach_of(actor, Can.VIEW).filter(area_path__startswith=area)
    most = min(limit, MOST_NEWS)
    if after_seq is not None:
        return news_lines(rows.filter(seq__gt=after_seq).order_by("seq")[:most])
    return news_lines(reversed(rows.order_by("-seq")[:most]))


def news_since(seq: int, *, limit: int) -> list[NewsLine]:
    """Return what came after a number, of the whole city: for the process that passes it on."""
    return news_lines(News.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def oldest_news() -> int:
    """Return the number of the oldest news that is kept; 0 when there is none."""
    return News.objects.order_by("seq").values_list("seq", flat=True).first() or 0


def news_lines(rows: Iterable[News]) -> list[NewsLine]:
    return [_line(row) for row in rows]


def _line(row: News) -> NewsLine:
    kind = kind_of(row.kind)
    return NewsLine(
        row.seq, row.at, row.number, row.title, kind.deed(row.move), kind.label(row.state), kind.tone(row.state),
        "/".join(row.area_path.split("/")[:2]) + "/", row.area_path, row.is_urgent, row.is_late, row.move,
    )  # fmt: skip


def mark() -> Mark:
    """Return up to where everything is counted and published."""
    state = Consumer.objects.filter(pk=1).first()
    return Mark(state.seq, state.version, state.ran_at) if state else Mark(0, 0, None)


@dataclass(frozen=True)
class GridNow:
    """What stands open in a grid now, and how many officers are on shift there: a number, nobody by name."""

    area_path: str
    open: int = 0
    late: int = 0
    urgent: int = 0
    officers: int = 0
    worked_at: datetime | None = None


def open_by_grid(actor: Actor, area: str, *, at: datetime) -> list[GridNow]:
    """Return the grids of an area that have something open or somebody on shift; two statements."""
    if not covers(actor, area):
        raise OutOfReach
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    sums = {
        "open": Tally("pk"),
        "late": Tally("pk", filter=late(at)),
        "urgent": Tally("pk", filter=Q(is_urgent=True)),
    }
    rows = OpenMatter.objects.filter(in_area(area)).order_by().values("area_path").annotate(**sums)
    for path, *values in rows.values_list("area_path", *sums):
        found[path] |= dict(zip(sums, values, strict=True))
    shifts = OnShift.objects.filter(area_path__startswith=area)
    for path, officers, worked_at in shifts.values_list("area_path", "officers", "worked_at"):
        found[path] |= {"officers": officers, "worked_at": worked_at}
    return [GridNow(path, **values) for path, values in sorted(found.items())]


@dataclass(frozen=True)
class Lag:
    """How far the figures are behind the register."""

    waiting: int  # changes in the queue, counted up to a thousand
    oldest: datetime | None  # since when the first of them waits
    ran_at: datetime | None  # when the consumer last brought everything up


def lag() -> Lag:
    waiting = list(Change.objects.order_by("pk").values_list("at", flat=True)[:1000])
    ran_at = Consumer.objects.filter(pk=1).values_list("ran_at", flat=True).first()
    return Lag(len(waiting), waiting[0] if waiting else None, ran_at)
