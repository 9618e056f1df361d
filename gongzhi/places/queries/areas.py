"""Questions about the area tree; answered from memory."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.places.models import Area
from gongzhi.places.queries.snapshot import AreaRow, bounds_of, forget, outlines, snapshot
from gongzhi.places.rules.coordinates import Bounds
from gongzhi.places.rules.paths import ancestor_paths

__all__ = [
    "AreaRow",
    "ancestors",
    "area",
    "area_by_code",
    "area_by_id",
    "areas_at_level",
    "areas_below",
    "areas_named",
    "children",
    "city",
    "city_bounds",
    "forget",
    "full_name",
    "level_counts",
    "level_name",
]
MARGIN = 0.02  # degrees, about two kilometres beyond the city's border


def area(path: str) -> AreaRow:
    """Return the area at the path, closed ones included; Area.DoesNotExist when there is none."""
    return _found(snapshot().by_path.get(path), path)


def area_by_code(code: str) -> AreaRow:
    return _found(snapshot().by_code.get(code), code)


def area_by_id(area_id: int) -> AreaRow:
    return _found(snapshot().by_id.get(area_id), str(area_id))


def _found(row: AreaRow | None, name: str) -> AreaRow:
    if row is None:
        raise Area.DoesNotExist(name)
    return row


def city_and_towns_for(actor: Actor, capability: str) -> list[tuple[str, str]]:
    """Return path and name of the city and the towns all of which the actor holds the capability for."""
    reach = tuple(grant.area for grant in actor.grants_for(capability))
    found = [*areas_at_level(0), *areas_at_level(1)]
    return [(row.path, row.name) for row in found if row.path.startswith(reach)]


def children(path: str = "", *, on: date | None = None) -> list[AreaRow]:
    """Return the areas directly below, by path; "" asks for the top. With a day, only those open on it."""
    rows = snapshot().below.get(path, [])
    return list(rows) if on is None else [row for row in rows if row.is_open(on)]


def ancestors(path: str) -> list[AreaRow]:
    """Return the areas from the city down to the area itself."""
    by_path = snapshot().by_path
    return [by_path[above] for above in ancestor_paths(path) if above in by_path]


def areas_at_level(level: int, *, within: str = "", on: date | None = None) -> list[AreaRow]:
    return [
        row
        for row in snapshot().rows
        if row.level == level and row.path.startswith(within) and (on is None or row.is_open(on))
    ]


def areas_named(text: str, *, on: date, most: int = 50) -> list[AreaRow]:
    """Find open areas whose name or code holds the text, coarse ones first."""
    found = [
        row for row in snapshot().rows if (text in row.name or text in row.code) and row.is_open(on)
    ]
    return sorted(found, key=lambda row: (row.level, row.path))[:most]


def level_counts(*, on: date) -> list[tuple[str, int]]:
    """Return each level's name and how many areas of it are open."""
    counts = Counter(row.level for row in snapshot().rows if row.is_open(on))
    return [(level_name(level), counts[level]) for level in sorted(counts)]


def areas_below(path: str) -> list[AreaRow]:
    """Return every area of the branch, itself included, in tree order."""
    return [row for row in snapshot().rows if row.path.startswith(path)]


def full_name(path: str) -> str:
    """Return the name people use, without the city: "南城街道 胜和社区 03网格"."""
    names = [row.name for row in ancestors(path)]
    return " ".join(names[1:] or names)


def level_name(level: int) -> str:
    named = (_("City"), _("Town"), _("Village or community"), _("Grid"))
    return named[level] if level < len(named) else _("Level {number}").format(number=level + 1)


def city() -> AreaRow | None:
    """Return the top area; None while none has been imported."""
    tops = children("")
    return tops[0] if tops else None


def city_bounds() -> Bounds | None:
    """Return the box of the top area's newest shape with a margin; None without a shape."""
    held = snapshot()
    if "bounds" not in held.kept:
        tops = {row.id for row in held.below.get("", [])}
        newest = [span.shape_id for span in held.spans if span.area_id in tops]
        box = bounds_of(list(outlines(newest).values())) if newest else None
        held.kept["bounds"] = box.widened(MARGIN) if box else None
    bounds: Bounds | None = held.kept["bounds"]
    return bounds
