"""Lists for those who answer for officers: handsets, records to be decided, quick mediations."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.field.capabilities import Can
from gongzhi.field.models import Handset, MediationPhoto, Operation, QuickMediation
from gongzhi.files import queries as files
from gongzhi.places import queries as places

UNDECIDED = ("conflict", "refused", "dropped")
HANDSET_STATES = Handset.State.choices
RECORD_STATES = [choice for choice in Operation.State.choices if choice[0] in UNDECIDED]
RECORD_KINDS = Operation.Kind.choices


def handsets(actor: Actor, *, text: str = "", state: str = "") -> "QuerySet[Handset]":
    """Return the handsets within reach, with their officers."""
    rows = Handset.objects.within_reach_of(actor, Can.REVOKE).select_related("user")
    return rows.filter(_narrowed(text, state, HANDSET_STATES))


def own_handsets(actor: Actor) -> list[Handset]:
    return list(Handset.objects.filter(user_id=actor.id).order_by("-seen_at"))


def handsets_page(actor: Actor, *, text: str, state: str, after: str, before: str) -> Page[Handset]:
    rows = handsets(actor, text=text, state=state)
    return page_of(rows, "-seen_at", "-id", after=after, before=before)


def handset_rows(rows: Iterable[Handset]) -> Iterator[list[Any]]:
    """Yield what an export of the list says."""
    for row in rows:
        yield [
            row.user.name, places_name(row.area_path), row.name, row.platform, row.app_version,
            row.seen_at, row.registered_at, row.skew_s, row.unsent, row.get_state_display(),
        ]  # fmt: skip


def records(
    actor: Actor, *, text: str = "", state: str = "", kind: str = ""
) -> "QuerySet[Operation]":
    """Return what was refused, waits for a decision or was set aside, in the actor's area, and their own."""
    reach = Operation.objects.within_reach_of(actor, Can.RECORDS)
    rows = reach.filter(state__in=UNDECIDED).defer("content").select_related("user", "handset")
    rows = rows.filter(_narrowed(text, state, RECORD_STATES))
    return rows.filter(kind=kind) if kind in dict(RECORD_KINDS) else rows


def records_page(
    actor: Actor, *, text: str, state: str, kind: str, after: str, before: str
) -> Page[Operation]:
    rows = records(actor, text=text, state=state, kind=kind)
    return page_of(rows, "-received_at", "-id", after=after, before=before)


def record_rows(rows: Iterable[Operation]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.received_at, row.at, row.made_at, row.user.name, places_name(row.area_path),
            row.get_kind_display(), row.get_state_display(), _why(row), str(row.id),
        ]  # fmt: skip


def _why(row: Operation) -> str:
    """Return why it did not go through; of one that was set aside, why it had to be decided at all."""
    facts = row.answer.get("facts") or {}
    return str(facts.get("because") or row.answer.get("words", ""))


@dataclass(frozen=True)
class Record:
    """A record somebody still has to decide on, with all that was sent."""

    row: Operation
    place: str
    said: list[tuple[str, str]]
    sides: list[tuple[str, str | None, str | None]]  # label, what was sent, what was there
    photos: list[Any]


def record(actor: Actor, operation_id: UUID) -> Record:
    """Return one record within reach; Operation.DoesNotExist otherwise. Parties of a mediation stay closed."""
    reach = Operation.objects.within_reach_of(actor, Can.RECORDS)
    row = reach.filter(state__in=UNDECIDED).select_related("user", "handset").get(pk=operation_id)
    content = json.loads(row.content) if row.content else {}
    sides = row.answer.get("conflict") or {}
    return Record(
        row, places_name(row.area_path), _said(content.get("body", {})),
        [tuple(one) for one in sides.get("rows", [])],
        files.links_of(row.tokens),
    )  # fmt: skip


def _said(body: dict[str, Any]) -> list[tuple[str, str]]:
    names = {
        "text": _("In words"), "address": _("Address"), "number": _("Number"), "note": _("Note"),
        "reason": _("Reason"), "about": _("About"), "agreement": _("Agreement"), "move": _("What"),
        "premises": _("Premises"), "code": _("Premises"),
    }  # fmt: skip
    said = [(label, str(body[name])) for name, label in names.items() if body.get(name)]
    values = body.get("values")
    if isinstance(values, dict):
        said += [
            (str(names.get(name, name)), str(value)) for name, value in values.items() if value
        ]
    return said


def mediations(actor: Actor, *, text: str = "") -> "QuerySet[QuickMediation]":
    """Return quick mediations in the actor's area and those they wrote themselves."""
    reach = QuickMediation.objects.within_reach_of(actor, Can.MEDIATIONS).values("pk")
    rows = QuickMediation.objects.filter(Q(pk__in=reach) | Q(officer_id=actor.id))
    rows = rows.select_related("officer").defer("parties")
    text = text.strip().replace("\0", "")[:60]
    if not text:
        return rows
    serial = text.rpartition("-")[2]
    numbered = (
        Q(pk=int(serial)) if serial.isascii() and serial.isdigit() and len(serial) < 12 else Q()
    )
    named = Q(address__contains=text) | Q(premises_code=text) | Q(officer__name__contains=text)
    return rows.filter(named | numbered if numbered else named)


def mediations_page(actor: Actor, *, text: str, after: str, before: str) -> Page[QuickMediation]:
    return page_of(mediations(actor, text=text), "-made_at", "-id", after=after, before=before)


def mediation_rows(rows: Iterable[QuickMediation]) -> Iterator[list[Any]]:
    """Yield the export: which, when, where, by whom; neither parties nor words."""
    for row in rows:
        yield [
            row.number, row.made_at, places_name(row.area_path), row.address, row.officer.name,
            row.done_by, _("yes") if row.signed else _("no"),
        ]  # fmt: skip


def mediation(actor: Actor, mediation_id: int) -> tuple[QuickMediation, list[Any]]:
    """Return one mediation within reach, without its parties, and its photos."""
    row = mediations(actor).get(pk=mediation_id)
    ids = (
        MediationPhoto.objects.filter(mediation=row)
        .order_by("id")
        .values_list("file_id", flat=True)
    )
    return row, files.file_links(list(ids))


def parties_of(row: QuickMediation) -> list[dict[str, str]]:
    parties: list[dict[str, str]] = json.loads(row.parties)
    return parties


def may_see_file(token: str, actor: Actor, _request: Any) -> bool:
    """Tell whether the actor may see a photo of a record that waits for a decision, or of a mediation."""
    if not actor.id:
        return False
    waiting = Operation.objects.within_reach_of(actor, Can.RECORDS).filter(
        state__in=UNDECIDED, tokens__contains=[token]
    )
    return (actor.can(Can.RECORDS) and waiting.exists()) or MediationPhoto.objects.filter(
        file__token=token, mediation__in=mediations(actor).values("pk")
    ).exists()


def _narrowed(text: str, state: str, known: Iterable[tuple[Any, Any]]) -> Q:
    narrowed = Q(state=state) if state in dict(known) else Q()
    if text := text.strip().replace("\0", "")[:60]:
        named = Q(user__name__contains=text) | Q(user__username=text.lower())
        narrowed &= named
    return narrowed


def places_name(path: str) -> str:
    return (places.full_name(path) if path else "") or _("the whole city")
