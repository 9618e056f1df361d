"""The areas one level below: what is open there, how many officers are on shift, when work was last recorded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.command.queries.kept import kept, moment, reach_key
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.patrol import queries as patrol
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.places import queries as places
from gongzhi.places.queries import AreaRow

SHIFT_SECONDS = 30


@dataclass(frozen=True)
class Below:
    """One area below with its figures; officers are None where the actor may not see patrols."""

    path: str
    name: str
    lon: float | None
    lat: float | None
    is_grid: bool
    open: int
    late: int
    soon: int
    urgent: int
    officers: int | None
    on_shift: int | None
    worked_at: datetime | None

    @property
    def tone(self) -> str:
        return "late" if self.late else "warn" if self.soon else "ok" if not self.open else ""


def below(actor: Actor, area: AreaRow, *, at: datetime) -> list[Below]:
    """Return the open areas directly below, those with most overdue matters first."""
    on = timezone.localtime(at).date()
    rows = places.children(area.path, on=on) or [area]
    depth = rows[0].path.count("/")
    open_here = _tallies(actor, depth, at)
    shifts = _shifts(actor, depth, on, at)
    found = [_below(row, open_here, shifts) for row in rows]
    return sorted(found, key=lambda one: (-one.late, -one.open, one.path))


def _below(row: AreaRow, tallies: Mapping[str, Sequence[int]], shifts: Any) -> Below:
    sums = tallies.get(row.path, (0, 0, 0, 0))
    officers, here, worked = (
        (None, None, None) if shifts is None else shifts.get(row.path, (0, 0, None))
    )
    return Below(
        path=row.path,
        name=row.name,
        lon=row.lon,
        lat=row.lat,
        is_grid=not places.children(row.path),
        open=sums[0],
        late=sums[1],
        soon=sums[2],
        urgent=sums[3],
        officers=officers,
        on_shift=here,
        worked_at=worked,
    )


def _tallies(actor: Actor, depth: int, at: datetime) -> Mapping[str, Sequence[int]]:
    key = ("tallies", reach_key(actor, Matters.VIEW), moment(at, settings.COMMAND_SECONDS))
    rows = kept.get(key, lambda: matters.open_tallies(actor, at=at))

    def summed() -> dict[str, list[int]]:
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for row in rows:
            held = sums[_cut(row.area_path, depth)]
            for n, value in enumerate((row.open, row.late, row.soon, row.urgent)):
                held[n] += value
        return dict(sums)

    return kept.get((*key, depth), summed)


def _shifts(actor: Actor, depth: int, on: date, at: datetime) -> dict[str, tuple[Any, ...]] | None:
    """Return officers, officers on shift and the last recorded work by area; None without the right to see patrols."""
    if not actor.can(Patrol.VIEW):
        return None
    key = ("shifts", reach_key(actor, Patrol.VIEW), moment(at, SHIFT_SECONDS))

    def read() -> tuple[Any, Any]:
        return patrol.presence(actor, on=on), patrol.last_work(actor, on=on)

    presence, worked = kept.get(key, read)
    held: dict[str, tuple[int, int, datetime | None]] = {}
    for one in presence:
        path = _cut(one.area_path, depth)
        officers, here, last = held.get(path, (0, 0, None))
        held[path] = (officers + one.officers, here + one.on_shift, last)
    for area_path, moment_of in worked.items():
        path = _cut(area_path, depth)
        officers, here, last = held.get(path, (0, 0, None))
        held[path] = (officers, here, max(last, moment_of) if last else moment_of)
    return held


def _cut(path: str, depth: int) -> str:
    """Return the path's beginning, so many levels deep."""
    return "/".join(path.split("/")[:depth]) + "/"
