"""What an officer carries along: the open matters of some grids, briefly and in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from gongzhi.base.actor import Actor
from gongzhi.files import queries as files
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import kind_of
from gongzhi.matters.models import Attachment, Matter
from gongzhi.matters.queries.turns import has_turn

COLUMNS = (
    "id", "number", "kind", "version", "state", "is_open", "title", "text", "item_id", "address",
    "area_path", "premises_code", "lon", "lat", "reported_at", "changed_at", "due_at", "is_urgent",
    "owing_role", "owing_unit_id",
)  # fmt: skip


@dataclass(frozen=True)
class CarriedPhoto:
    url: str
    thumb_url: str
    stage: str


@dataclass(frozen=True)
class Carried:
    """A matter as it goes on a handset."""

    id: int
    number: str
    version: int
    state: str
    state_label: str
    is_open: bool
    title: str
    text: str
    item_id: int | None
    address: str
    area_path: str
    premises_code: str
    lon: float | None
    lat: float | None
    reported_at: datetime
    changed_at: datetime
    due_at: datetime | None
    is_urgent: bool
    moves: tuple[str, ...] = ()  # open to the officer by state, area and turn
    photos: tuple[CarriedPhoto, ...] = ()


def carried(number: str) -> Carried:
    """Return an incident by its number, whoever asks; Matter.DoesNotExist when there is none."""
    return _carried(Matter.objects.only(*COLUMNS).get(number=number))


def moves_open(matter: Carried, actor: Actor) -> tuple[str, ...]:
    """Return the moves the actor could make of it now."""
    return _moves(Matter.objects.only(*COLUMNS).get(pk=matter.id), actor)


def carried_matters(ids: Sequence[int], actor: Actor) -> dict[int, Carried]:
    """Return matters by id with their photos and the moves open to the actor; three statements."""
    if not ids:
        return {}
    reach = Matter.objects.within_reach_of(actor, Can.VIEW).filter(pk__in=list(ids))
    rows = list(reach.only(*COLUMNS))
    photos = _photos([row.id for row in rows])
    return {row.id: _carried(row, _moves(row, actor), photos.get(row.id, ())) for row in rows}


def open_in(area_paths: Sequence[str], *, most: int) -> list[Carried]:
    """Return the newest open matters of some areas that have a point, in one statement."""
    where = Q(pk__in=[])
    for path in area_paths:
        where |= Q(area_path__startswith=path)
    rows = Matter.objects.filter(where, is_open=True, lon__isnull=False)
    return [_carried(row) for row in rows.order_by("-id").only(*COLUMNS)[:most]]


def _photos(ids: Sequence[int]) -> dict[int, tuple[CarriedPhoto, ...]]:
    attached = list(
        Attachment.objects.filter(matter_id__in=ids).order_by("id").values_list("matter_id", "file_id", "stage")
    )  # fmt: skip
    links = {link.id: link for link in files.file_links([file_id for _m, file_id, _s in attached])}
    found: dict[int, tuple[CarriedPhoto, ...]] = {}
    for matter_id, file_id, stage in attached:
        if (link := links.get(file_id)) and link.thumb_url:
            photo = CarriedPhoto(link.url, link.thumb_url, stage)
            found[matter_id] = (*found.get(matter_id, ()), photo)
    return found


def _moves(row: Matter, actor: Actor) -> tuple[str, ...]:
    kind = kind_of(row.kind)
    return tuple(
        move.name
        for move in kind.lifecycle.moves_from(row.state)
        if any(row.area_path.startswith(grant.area) and grant.unit is None for grant in actor.grants_for(move.capability))
        and has_turn(row, kind, move, actor)
    )  # fmt: skip


def _carried(
    row: Matter, moves: tuple[str, ...] = (), photos: tuple[CarriedPhoto, ...] = ()
) -> Carried:
    values: dict[str, Any] = {
        name: getattr(row, name) for name in Carried.__dataclass_fields__ if hasattr(row, name)
    }
    return Carried(
        **values, state_label=kind_of(row.kind).label(row.state), moves=moves, photos=photos
    )
