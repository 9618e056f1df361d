"""What a level's duty desk shows: what it owes, what stands between towns and units, what is late below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.clocks import queries as clocks
from gongzhi.files import queries as files
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.models import Objection, SentTransfer, Transfer
from gongzhi.incidents.queries.commanding import places_of_transfer
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.matters.queries import Box, Filter
from gongzhi.places import queries as places

CENTRES = ("city_centre", "town_centre", "village_station")  # by level
LOWEST = 2
NEWEST = ("-id",)
OPEN_FIRST = 20


@dataclass(frozen=True)
class Tile:
    """A number of the desk and the list behind it."""

    label: str
    count: int
    url: str
    tone: str  # late, warn or none


@dataclass(frozen=True)
class Desk:
    level: int
    centre: str
    owed: list[Tile]
    below: list[Tile]
    incoming: list["TransferRow"]
    outgoing: list["TransferRow"]
    objections: list["ObjectionRow"]


@dataclass(frozen=True)
class TransferRow:
    transfer: Transfer
    number: str
    title: str
    is_urgent: bool
    sender: str
    receiver: str
    face: Any


@dataclass(frozen=True)
class ObjectionRow:
    objection: Objection
    number: str
    title: str
    unit: str
    dispatcher: str
    settler: str
    face: Any


def desk_of(actor: Actor, *, at: datetime) -> Desk:
    """Return the desk of the highest centre the actor works in."""
    level, centre = _own_centre(actor)
    return Desk(
        level, centre, _owed(actor, level, at), _below(actor, level, at),
        _transfer_rows(_incoming(actor).filter(state="asked").order_by("due_at")[:OPEN_FIRST], at),
        _transfer_rows(_outgoing(actor).filter(state="asked").order_by("due_at")[:OPEN_FIRST], at),
        _objection_rows(_objections(actor).filter(state="made").order_by("id")[:OPEN_FIRST], at),
    )  # fmt: skip


def _own_centre(actor: Actor) -> tuple[int, str]:
    homes = {grant.home for grant in actor.grants_for(Matters.VIEW) if grant.home}
    found = [
        (CENTRES.index(unit.kind), unit.name)
        for unit in (accounts.unit(home) for home in homes)
        if unit.kind in CENTRES
    ]
    return min(found, default=(LOWEST, ""))


def _owed(actor: Actor, level: int, at: datetime) -> list[Tile]:
    """Count what the desk's own level has to do."""
    asked: list[tuple[str, str, Filter, str]] = [
        (_("To register"), f"state=to_register&level={level}", Filter(state="to_register", level=level), ""),
        (_("To dispatch"), f"state=to_dispatch&level={level}", Filter(state="to_dispatch", level=level), ""),
        (_("Returned by units"), f"state=returned&level={level}", Filter(state="returned", level=level), "warn"),
        (_("Waiting for another town"), f"state=in_transfer&level={level}", Filter(state="in_transfer", level=level), ""),
        (_("To close"), f"state=to_close&level={level}", Filter(state="to_close", level=level), ""),
        (_("Overdue at our level"), f"clock=late&level={level}", Filter(clock="late", level=level), "late"),
    ]  # fmt: skip
    return _tiles(actor, asked, at)


def _below(actor: Actor, level: int, at: datetime) -> list[Tile]:
    """Count what waits with the levels below: what could be taken over, what is to be settled."""
    if level == LOWEST:
        return []
    low = level + 1
    asked = [
        (_("Objections to settle"), f"state=objected&level={low}", Filter(state="objected", level=low), "warn"),
        (_("Not dispatched below"), f"state=to_dispatch&level={low}", Filter(state="to_dispatch", level=low), ""),
        (_("Not dispatched below, overdue"), f"state=to_dispatch&clock=late&level={low}", Filter(state="to_dispatch", clock="late", level=low), "late"),
        (_("Overdue below"), f"clock=late&level={low}", Filter(clock="late", level=low), "late"),
    ]  # fmt: skip
    return _tiles(actor, asked, at)


def _tiles(actor: Actor, asked: Sequence[tuple[str, str, Filter, str]], at: datetime) -> list[Tile]:
    counts = matters.counts_of(Box.DOING, actor, [by for _l, _u, by, _t in asked], at=at)
    return [
        Tile(label, count, f"/desk/doing?{query}", tone if count else "")
        for (label, query, _by, tone), count in zip(asked, counts, strict=True)
    ]


def _incoming(actor: Actor) -> QuerySet[Transfer]:
    return Transfer.objects.within_reach_of(actor, Can.ANSWER_TRANSFER)


def _outgoing(actor: Actor) -> QuerySet[SentTransfer]:
    return SentTransfer.objects.within_reach_of(actor, Can.DISPATCH)


def _objections(actor: Actor) -> QuerySet[Objection]:
    return Objection.objects.within_reach_of(actor, Matters.VIEW)


def _transfer_rows(rows: Any, at: datetime) -> list[TransferRow]:
    found = list(rows)
    standing = matters.standing_ids({row.matter_id for row in found})
    return [
        TransferRow(
            row, standing[row.matter_id].number, standing[row.matter_id].title, standing[row.matter_id].is_urgent,
            accounts.unit_name(row.from_unit_id), accounts.unit_name(row.to_unit_id),
            clocks.face(due_at=row.due_at, at=at, started_at=row.asked_at, stopped_at=row.answered_at),
        )
        for row in found
    ]  # fmt: skip


def _objection_rows(rows: Any, at: datetime) -> list[ObjectionRow]:
    found = list(rows)
    standing = matters.standing_ids({row.matter_id for row in found})
    return [_objection_row(row, standing[row.matter_id], at) for row in found]


def _objection_row(row: Objection, matter: Any, at: datetime) -> ObjectionRow:
    due_at = matter.due_at if row.state == "made" else None
    face = clocks.face(due_at=due_at, at=at, started_at=row.made_at) if due_at else None
    return ObjectionRow(
        row, matter.number, matter.title, accounts.unit_name(row.unit_id), accounts.unit_name(row.dispatcher_id),
        accounts.unit_name(row.settler_id), face,
    )  # fmt: skip


def _transfers(actor: Actor, way: str, state: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = _outgoing(actor) if way == "sent" else _incoming(actor)
    return rows.filter(state=state) if state in Transfer.State.values else rows


def transfers_page(
    actor: Actor, *, way: str, state: str, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Any], list[TransferRow]]:
    """Return hand-overs that came to the actor's towns (`received`) or went from them (`sent`), newest first."""
    page = page_of(_transfers(actor, way, state), *NEWEST, after=after, before=before)
    return page, _transfer_rows(page.rows, at)


def transfers_table(actor: Actor, *, way: str, state: str, at: datetime) -> Iterator[list[Any]]:
    rows = _transfers(actor, way, state).order_by(*NEWEST)
    for batch in _batches(rows):
        for row in _transfer_rows(batch, at):
            yield [
                row.number, row.title, row.sender, row.receiver, row.transfer.get_state_display(), row.transfer.reason,
                row.transfer.asked_at, row.transfer.due_at, row.transfer.answered_at, row.transfer.answer,
            ]  # fmt: skip


def objections_page(
    actor: Actor, *, state: str, at: datetime, after: str = "", before: str = ""
) -> tuple[Page[Objection], list[ObjectionRow]]:
    page = page_of(_objections_in(actor, state), *NEWEST, after=after, before=before)
    return page, _objection_rows(page.rows, at)


def objections_table(actor: Actor, *, state: str, at: datetime) -> Iterator[list[Any]]:
    for batch in _batches(_objections_in(actor, state).order_by(*NEWEST)):
        for row in _objection_rows(batch, at):
            yield [
                row.number, row.title, row.unit, row.dispatcher, row.settler, row.objection.get_state_display(),
                row.objection.reason, row.objection.made_at, row.objection.settled_at, row.objection.answer,
            ]  # fmt: skip


def _objections_in(actor: Actor, state: str) -> QuerySet[Objection]:
    rows = _objections(actor)
    return rows.filter(state=state) if state in Objection.State.values else rows


def _batches(rows: QuerySet[Any], size: int = 500) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=size):
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(frozen=True)
class TransferDetail:
    """What the town that was asked sees of a matter that is not yet its own."""

    row: TransferRow
    facts: Any
    place: str
    photos: list[Any]
    choices: list[tuple[str, str]]
    is_receiver: bool


def transfer_detail(actor: Actor, transfer_id: int, *, at: datetime) -> TransferDetail:
    """Return a hand-over with what is needed to answer it; OutOfReach for whoever has no part in it."""
    received = _incoming(actor).filter(pk=transfer_id).first()
    found = received or _outgoing(actor).filter(pk=transfer_id).first()
    if found is None:
        raise OutOfReach
    facts = matters.facts_of(found.matter_id)
    assert facts is not None
    photos = matters.photos_of(found.matter_id) if found.state == "asked" else []
    links = files.file_links([photo.file_id for photo in photos]) if photos else []
    return TransferDetail(
        _transfer_rows([found], at)[0], facts, places.full_name(facts.area_path), list(links),
        places_of_transfer(facts, found, on=timezone.localdate(at)), is_receiver=received is not None,
    )  # fmt: skip


def may_see_file(token: str, actor: Actor) -> bool:
    """Tell whether a file belongs to a matter that another town asks this actor's town to take."""
    if not actor.can(Can.ANSWER_TRANSFER):
        return False
    asked = _incoming(actor).filter(state="asked").values_list("matter_id", flat=True)
    return matters.has_file(token, matter_ids=list(asked[:500]))


def transfer_states() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Transfer.State.choices]


def objection_states() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Objection.State.choices]
