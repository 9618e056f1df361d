"""Takes in what units did with instructions and bulletins, all at once: the demonstration city, an old register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongzhi.base.actor import Actor
from gongzhi.duty.actions.answering import MARKS
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import INSTRUCTION, Deed
from gongzhi.duty.models import Reader, Receiver, Record

CHUNK = 500
WRITTEN = (
    "state",
    "signed_at",
    "signed_by_name",
    "signed_version",
    "answered_at",
    "ended_at",
    "urged_count",
)


@dataclass(frozen=True)
class Past:
    """One move that was made with one unit's part of an instruction."""

    receiver_id: int
    name: str
    actor: Actor
    at: datetime
    note: str = ""


@transaction.atomic
def take_courses(*, past: Sequence[Past]) -> int:
    """Write moves in the order they were made, three statements for all; nothing is told to anybody."""
    wanted = {one.receiver_id for one in past}
    found = Receiver.objects.select_for_update(of=("self",)).select_related("instruction")
    rows = {row.pk: row for row in found.filter(pk__in=wanted)}
    records = []
    for one in sorted(past, key=lambda one: one.at):
        row, step = rows[one.receiver_id], INSTRUCTION[one.name]
        row.state = INSTRUCTION.target(one.name, source=row.state)
        MARKS[one.name](row, one.actor, one.at)
        speaks = row.unit_id if step.capability == Can.ANSWER else row.instruction.unit_id
        records.append(
            Record(
                instruction=row.instruction, receiver=row, at=one.at, deed=Deed(one.name), note=one.note, unit_id=speaks,
                actor_id=one.actor.id, actor_name=one.actor.name[:150],
            )
        )  # fmt: skip
    Receiver.objects.bulk_update(rows.values(), WRITTEN, CHUNK)
    Record.objects.bulk_create(records, CHUNK)
    return len(records)


def take_reads(*, reads: Sequence[tuple[int, Actor, datetime]]) -> int:
    """Write who has read a bulletin for their unit, and when."""
    said = {reader_id: (actor, at) for reader_id, actor, at in reads}
    rows = list(Reader.objects.filter(pk__in=said, read_at=None))
    for row in rows:
        actor, row.read_at = said[row.pk]
        row.read_by_name = actor.name[:150]
    Reader.objects.bulk_update(rows, ("read_at", "read_by_name"), CHUNK)
    return len(rows)
