"""Who patrols in an area on a day, and how many of them are on shift."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.queries.work import officers, on_shift
from gongzhi.places import queries as places

MOST: Final = 400  # a choice of more people is none


@dataclass(frozen=True)
class Officer:
    user_id: int
    name: str
    grids: str

    @property
    def words(self) -> str:
        return f"{self.name} · {self.grids}" if self.grids else self.name


@dataclass(frozen=True)
class Presence:
    """A count, never a list of names: where somebody is on shift is nobody's business."""

    officers: int
    on_shift: int


def officers_near(area_path: str, *, on: date) -> list[Officer]:
    """Return who patrols in an area, to choose from; none where the area is too wide for a choice."""
    grids: dict[int, set[str]] = defaultdict(set)
    for one in officers(on=on, area_path=area_path):
        grids[one.user_id].add(places.area(one.area_path).name if one.area_path else "")
    if len(grids) > MOST:
        return []
    names = accounts.names(list(grids))
    found = [Officer(pk, names[pk], "、".join(sorted(grids[pk]))) for pk in grids if pk in names]
    return sorted(found, key=lambda one: (one.grids, one.name))


def presence(actor: Actor, *, on: date, area_path: str = "") -> Presence:
    """Count the officers in reach and those of them on shift, in two statements."""
    reach = tuple(places.reach_of(actor, Can.VIEW))
    held = {
        one.user_id
        for one in officers(on=on, area_path=area_path)
        if reach and one.area_path.startswith(reach) and one.area_path.startswith(area_path)
    }
    return Presence(len(held), len(on_shift(sorted(held))))
