"""Deeds on the area tree. Nothing is overwritten: a new outline closes the old version."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.places.capabilities import Can
from gongzhi.places.models import Area, AreaShape, Edition
from gongzhi.places.queries import snapshot
from gongzhi.places.rules import paths

BATCH = 1000


@dataclass(frozen=True)
class AreaInput:
    """One area as a file or a builder states it; `outline` is a WGS-84 (multi)polygon."""

    code: str
    name: str
    parent_code: str = ""
    outline: Any = None
    lon: float | None = None
    lat: float | None = None


@transaction.atomic
def load_areas(
    *, rows: Iterable[AreaInput], valid_from: date, source: str = "", actor: Actor, at: datetime
) -> int:
    """
    Write areas in any order: new codes open, known codes are renamed, other outlines begin a new version.

    The rows must have passed the dry run (queries.check_areas); what the database can hold it checks itself.
    """
    given = list(rows)
    known = {area.code: area for area in Area.objects.select_for_update().all()}
    for level in _levels(given, known):
        _write_level(level, known, valid_from)
    _write_shapes(
        [(known[row.code].pk, row.outline) for row in given if row.outline], valid_from, source
    )
    _finish(actor, "load", "areas", at, {"count": len(given), "valid_from": valid_from.isoformat()})
    return len(given)


@transaction.atomic
def reshape(
    *, path: str, outline: Any, valid_from: date, source: str = "", actor: Actor, at: datetime
) -> None:
    """Give the area a new outline from a day on; earlier days keep the old one."""
    area = _managed(path, actor)
    _write_shapes([(area.pk, outline)], valid_from, source)
    _finish(actor, "reshape", f"area:{area.code}", at, {"valid_from": valid_from.isoformat()})


@transaction.atomic
def rename(*, path: str, name: str, actor: Actor, at: datetime) -> None:
    area = _managed(path, actor)
    if not name.strip():
        raise Invalid({"name": _("The name is missing.")})
    before, area.name = area.name, name.strip()
    area.save(update_fields=["name"])
    _finish(actor, "rename", f"area:{area.code}", at, {"from": before, "to": area.name})


@transaction.atomic
def close(
    *, path: str, on: date, replaced_by: Sequence[str] = (), actor: Actor, at: datetime
) -> None:
    """End the area on a day. Its shapes stay, so what happened before is still placed in it."""
    area = _managed(path, actor)
    if area.closed_on:
        raise Refused(_("{name} is closed already.").format(name=area.name))
    _refuse_unless_closable(area, on, replaced_by)
    area.closed_on, area.replaced_by = on, list(replaced_by)
    area.save(update_fields=["closed_on", "replaced_by"])
    AreaShape.objects.filter(area=area, valid_from__gte=on).delete()
    outlasting = Q(valid_to=None) | Q(valid_to__gt=on)
    AreaShape.objects.filter(outlasting, area=area).update(valid_to=on)
    _finish(
        actor, "close", f"area:{area.code}", at, {"on": on.isoformat(), "by": list(replaced_by)}
    )


def _refuse_unless_closable(area: Area, on: date, replaced_by: Sequence[str]) -> None:
    if on < area.opened_on:
        raise Invalid({"on": _("The area opened later, on {day}.").format(day=area.opened_on)})
    if Area.objects.filter(parent=area, closed_on=None).exists():
        raise Refused(_("Close the areas below {name} first.").format(name=area.name))
    known = set(Area.objects.filter(code__in=replaced_by).values_list("code", flat=True))
    if unknown := [code for code in replaced_by if code not in known]:
        raise Invalid(
            {"replaced_by": _("There is no area with the code {code}.").format(code=unknown[0])}
        )


def _managed(path: str, actor: Actor) -> Area:
    rows = Area.objects.within_reach_of(actor, Can.MANAGE)
    return rows.select_for_update(of=("self",)).get(path=path)


def _levels(rows: list[AreaInput], known: dict[str, Area]) -> Iterable[list[AreaInput]]:
    """Yield rows whose parents are already known, until none is left."""
    left = rows
    while left:
        ready = [row for row in left if not row.parent_code or row.parent_code in known]
        if not ready:
            raise Invalid(
                {
                    "parent_code": _("There is no area with the code {code}.").format(
                        code=left[0].parent_code
                    )
                }
            )
        yield ready
        done = {row.code for row in ready}
        left = [row for row in left if row.code not in done]


def _write_level(rows: list[AreaInput], known: dict[str, Area], valid_from: date) -> None:
    fresh = [_opened(row, known, valid_from) for row in rows if row.code not in known]
    renamed = [_renamed(known[row.code], row.name) for row in rows if row.code in known]
    Area.objects.bulk_create(fresh, batch_size=BATCH)
    Area.objects.bulk_update([a for a in renamed if a], ["name"], batch_size=BATCH)
    known.update({area.code: area for area in fresh})


def _opened(row: AreaInput, known: dict[str, Area], valid_from: date) -> Area:
    parent = known[row.parent_code] if row.parent_code else None
    above = (parent.code, parent.path) if parent else ("", "")
    is_placed = row.lon is not None or row.outline is None
    point = None if is_placed else shapely.point_on_surface(row.outline)
    return Area(
        code=row.code,
        name=row.name,
        level=parent.level + 1 if parent else 0,
        path=paths.path_of(row.code, *above),
        parent=parent,
        opened_on=valid_from,
        lon=row.lon if point is None else point.x,
        lat=row.lat if point is None else point.y,
    )


def _renamed(area: Area, name: str) -> Area | None:
    if area.name == name:
        return None
    area.name = name
    return area


def _write_shapes(outlines: list[tuple[int, Any]], valid_from: date, source: str) -> None:
    """Begin new versions where the outline differs from the one valid now."""
    ids = [area_id for area_id, _outline in outlines]
    newest = {
        shape.area_id: shape
        for shape in AreaShape.objects.filter(area_id__in=ids).order_by("area_id", "version")
    }
    fresh = []
    for area_id, outline in outlines:
        old, wkb = newest.get(area_id), shapely.to_wkb(outline)
        if old is not None and old.valid_to is None and bytes(old.outline) == wkb:
            continue
        fresh.append(_next_version(area_id, wkb, old, valid_from, source))
    ended = [newest[s.area_id] for s in fresh if s.area_id in newest]
    AreaShape.objects.bulk_update(ended, ["valid_to"], batch_size=BATCH)
    AreaShape.objects.bulk_create(fresh, batch_size=BATCH)


def _next_version(
    area_id: int, wkb: bytes, old: AreaShape | None, valid_from: date, source: str
) -> AreaShape:
    if old is not None:
        if old.valid_from >= valid_from:
            raise Refused(
                _(
                    "There is an outline valid from {day} already; a new one must begin later."
                ).format(day=old.valid_from.isoformat())
            )
        old.valid_to = min(old.valid_to or valid_from, valid_from)
    return AreaShape(
        area_id=area_id,
        version=old.version + 1 if old else 1,
        valid_from=valid_from,
        outline=wkb,
        source=source,
    )


def _finish(actor: Actor, verb: str, subject: str, at: datetime, detail: dict[str, Any]) -> None:
    # A random mark, not a count: a rolled-back change must never look like the next one.
    Edition.objects.update_or_create(id=1, defaults={"mark": secrets.randbits(62)})
    snapshot.forget()
    audit.record(actor=actor, verb=f"places.{verb}", subject=subject, at=at, detail=detail)
