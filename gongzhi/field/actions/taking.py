"""
Takes what a handset sends: every operation once, its deed and its receipt in one transaction.

The first statement of that transaction enters the operation's id, which is unique. So whoever sends the same
operation again, even at the same moment, waits for the first and then reads its receipt; and a server that dies
in between leaves neither the deed nor the receipt.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.base.texts import plain
from gongzhi.field.actions.deciding import decide
from gongzhi.field.actions.deeds import do, needed
from gongzhi.field.actions.handsets import home_area
from gongzhi.field.actions.outcomes import Deed, Done
from gongzhi.field.actions.settling import settle
from gongzhi.field.models import Handset, Operation
from gongzhi.field.queries.receipts import result_of
from gongzhi.field.rules import Said, Unreadable, corrected, read, skew_of
from gongzhi.files import queries as files

MOST = 50
_log = logging.getLogger(__name__)
Result = dict[str, Any]


@dataclass(frozen=True)
class Taken:
    skew_s: int
    words: str  # about the device's clock; empty when it is right
    results: list[Result]


@dataclass(frozen=True)
class _Batch:
    """What is the same for all operations of one sending."""

    handset: Handset
    actor: Actor
    at: datetime
    skew_s: int
    uploads: Mapping[UUID, Any]

    def wait(self, said: Said, words: str, **facts: Any) -> Result:
        return {
            "id": str(said.id), "state": "wait", "words": words, "at": self.at.isoformat(),
            "facts": facts,
        }  # fmt: skip


def take(
    *,
    operations: Sequence[Mapping[str, Any]],
    handset: Handset,
    sent_at: datetime,
    actor: Actor,
    at: datetime,
    round_trip_s: float = 0,
    unsent: int | None = None,
) -> Taken:
    """Do what is new, in the order it came; one that waits for another of the same sending is tried again."""
    if len(operations) > MOST:
        raise Invalid({"ops": _("At most {most} records at once.").format(most=MOST)})
    skew_s = skew_of(sent_at=sent_at, received_at=at, round_trip_s=round_trip_s)
    _note(handset, skew_s, unsent)
    given = [_read(one) for one in operations]
    saids = [one for one in given if isinstance(one, Said)]
    ids = [photo for said in saids for photo in (*said.photos, *said.after_photos)]
    batch = _Batch(handset, actor, at, skew_s, files.parts_of(ids, actor))
    known = {row.id: row for row in Operation.objects.filter(pk__in=[said.id for said in saids])}
    results = [_one(one, batch, known) for one in given]
    results = [
        _one(one, batch, known) if result["state"] == "wait" else result
        for one, result in zip(given, results, strict=True)
    ]
    return Taken(skew_s, clock_words(skew_s), results)


def clock_words(skew_s: int) -> str:
    """Say how wrong the device's clock is; nothing when it is right."""
    if abs(skew_s) <= settings.FIELD_SKEW_SECONDS:
        return ""
    minutes = max(1, round(abs(skew_s) / 60))
    sentence = (
        _("The clock of this device is {minutes} minutes slow. Both times are kept; please set it.")
        if skew_s > 0
        else _(
            "The clock of this device is {minutes} minutes fast. Both times are kept; please set it."
        )
    )
    return sentence.format(minutes=minutes)


def _note(handset: Handset, skew_s: int, unsent: int | None) -> None:
    """Keep what the list of handsets shows; a second of delay is not worth a statement."""
    if abs(handset.skew_s - skew_s) > 30 or (unsent is not None and unsent != handset.unsent):
        told = unsent if unsent is not None else handset.unsent
        Handset.objects.filter(pk=handset.pk).update(skew_s=skew_s, unsent=told)


def _read(given: Mapping[str, Any]) -> Said | Result:
    try:
        return read(_clean(given))
    except Unreadable as trouble:
        words = _("This record cannot be read ({field}). It stays on the device; ask for help.")
        return {
            "id": str(given.get("id", ""))[:40], "state": "refused", "at": "",
            "words": words.format(field=trouble),
        }  # fmt: skip


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(str(name)): _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _one(given: Said | Result, batch: _Batch, known: dict[UUID, Operation]) -> Result:
    if not isinstance(given, Said):
        return given
    if row := known.get(given.id):
        return _receipt(row, batch.actor)
    try:
        return _take(given, batch, known)
    except (OperationalError, IntegrityError):
        # Two deeds in each other's way: nothing of this one was written, and the others go on.
        _log.warning("operation %s is tried again", given.id, exc_info=True)
        return batch.wait(given, _("The server is busy. This is sent again by itself."))


def _receipt(row: Operation, actor: Actor) -> Result:
    if row.user_id != actor.id:
        words = _("This id belongs to somebody else's record. Make the record anew.")
        return {"id": str(row.id), "state": "refused", "words": words, "at": row.at.isoformat()}
    return result_of(row)


def _take(said: Said, batch: _Batch, known: dict[UUID, Operation]) -> Result:
    if waiting := _missing(said, batch, known):
        return waiting
    row = _row(said, batch)
    entered = False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            entered = True
            settle(row, _deed(said, row, batch), _do)
    except IntegrityError:
        if entered:
            raise
        row = Operation.objects.get(pk=said.id)
    known[row.id] = row
    return _receipt(row, batch.actor)


def _missing(said: Said, batch: _Batch, known: Mapping[UUID, Operation]) -> Result | None:
    """Return what the operation still waits for: photos, or other operations."""
    photos = [
        str(photo)
        for photo in (*said.photos, *said.after_photos)
        if not ((part := batch.uploads.get(photo)) and (part.complete or part.refused))
    ]
    if photos:
        return batch.wait(said, _("Photos of this record are still on their way."), photos=photos)
    others = set(needed(said)) - known.keys()
    if others:
        others -= set(Operation.objects.filter(pk__in=others).values_list("pk", flat=True))
    if others:
        ids = sorted(str(other) for other in others)
        return batch.wait(said, _("Another record has to arrive first."), after=ids)
    return None


def _row(said: Said, batch: _Batch) -> Operation:
    at = corrected(
        said.made_at, skew_s=batch.skew_s, tolerance_s=settings.FIELD_SKEW_SECONDS,
        received_at=batch.at, oldest_days=settings.FIELD_OLDEST_DAYS,
    )  # fmt: skip
    return Operation(
        id=said.id, user_id=batch.actor.id, handset_id=batch.handset.id,
        area_path=home_area(batch.actor), kind=said.kind[:12], made_at=said.made_at, at=at,
        received_at=batch.at, skew_s=batch.skew_s,
    )  # fmt: skip


def _deed(said: Said, row: Operation, batch: _Batch) -> Deed:
    return Deed(
        said, batch.actor, row.at, row.received_at, batch.skew_s,
        tokens=tuple(batch.uploads[photo].token for photo in said.photos),
        after_tokens=tuple(batch.uploads[photo].token for photo in said.after_photos),
    )  # fmt: skip


def _do(deed: Deed) -> Done:
    return decide(deed) if deed.said.kind == Operation.Kind.DECIDE else do(deed)
