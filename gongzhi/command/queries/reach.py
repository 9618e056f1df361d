"""Which areas an actor commands, and which of them a page is about."""

from dataclasses import dataclass
from datetime import date

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.command.capabilities import Can
from gongzhi.places import queries as places
from gongzhi.places.queries import AreaRow

MOST_FOUND = 12


@dataclass(frozen=True)
class Place:
    """An area as a link of the drill-down."""

    path: str
    name: str
    full_name: str
    level: int
    level_name: str

    @property
    def url(self) -> str:
        return f"/command/{self.path}"


def reach(actor: Actor) -> list[str]:
    """Return the paths the actor commands, the widest first; "" is everywhere. Grants of one unit's matters reach none."""
    paths = {grant.area for grant in actor.grants_for(Can.VIEW) if grant.unit is None}
    return sorted(paths, key=lambda path: (path.count("/"), path))


def reaches(actor: Actor, path: str) -> bool:
    return any(path.startswith(one) for one in reach(actor))


def home(actor: Actor) -> AreaRow | None:
    """Return the widest area the actor commands; None while the city has no areas."""
    for path in reach(actor):
        row = places.city() if not path else _area(path)
        if row is not None:
            return row
    return None


def area_asked(actor: Actor, path: str) -> AreaRow:
    """Return the area a page asks for, the actor's own without one; OutOfReach when it is not theirs."""
    row = _area(path if path.endswith("/") else f"{path}/") if path else home(actor)
    if row is None or not reaches(actor, row.path):
        raise OutOfReach
    return row


def _area(path: str) -> AreaRow | None:
    found = places.ancestors(path)
    return found[-1] if found and found[-1].path == path else None


def place_of(row: AreaRow) -> Place:
    return Place(
        row.path, row.name, places.full_name(row.path), row.level, places.level_name(row.level)
    )


def crumbs(actor: Actor, row: AreaRow) -> list[Place]:
    """Return the way from the widest area in reach down to this one."""
    return [place_of(above) for above in places.ancestors(row.path) if reaches(actor, above.path)]


def found(actor: Actor, text: str, *, on: date) -> list[Place]:
    """Find areas in reach by name or code, coarse ones first."""
    text = text.strip()[:40]
    if not text:
        return []
    rows = places.areas_named(text, on=on, most=400)
    return [place_of(row) for row in rows if reaches(actor, row.path)][:MOST_FOUND]


def names_below(row: AreaRow) -> list[tuple[str, str]]:
    """Return path and name of the areas directly below, for the words of a ticker."""
    return [(child.path, child.name) for child in places.children(row.path)]
