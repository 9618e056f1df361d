"""What a unit does with an instruction, and what the issuer does with its answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.duty.actions.recording import record
from gongzhi.duty.capabilities import Can
from gongzhi.duty.events import InstructionMoved
from gongzhi.duty.lifecycle import INSTRUCTION, OWED, Deed
from gongzhi.duty.models import Instruction, Receiver
from gongzhi.duty.queries.units import homes
from gongzhi.files import actions as files

MOST_FILES = 9
LONGEST = 5_000


@transaction.atomic
def move(
    *,
    receiver_id: int,
    name: str,
    note: str = "",
    uploads: Sequence[str] = (),
    actor: Actor,
    at: datetime,
) -> Receiver:
    """Make one move of the table with one unit's part: sign, answer, accept, send back, urge, end."""
    step = INSTRUCTION[name]
    row = _locked(receiver_id, step.capability, actor)
    row.state = INSTRUCTION.target(name, source=row.state)
    _check(name, note, uploads)
    MARKS[name](row, actor, at)
    row.save()
    claimed = files.claim(tokens=uploads, actor=actor, at=at)
    speaks = row.unit_id if step.capability == Can.ANSWER else row.instruction.unit_id
    record(
        row.instruction, Deed(name), at=at, actor=actor, note=note.strip(), unit_id=speaks, receiver=row,
        file_ids=claimed,
    )  # fmt: skip
    bus.publish(InstructionMoved(row.pk, name, note.strip()[:300], actor.name, at))
    return row


def urge_all(*, number: str, actor: Actor, at: datetime) -> int:
    """Urge every unit that owes a receipt or an answer; return how many those were."""
    found = Instruction.objects.within_reach_of(actor, Can.INSTRUCT).filter(number=number).first()
    if found is None or found.unit_id not in homes(actor, Can.INSTRUCT):
        raise OutOfReach
    with transaction.atomic():
        owing = list(
            found.receivers.filter(state__in=OWED).order_by("pk").values_list("pk", flat=True)
        )
        if not owing:
            raise Refused(_("Nobody owes anything at the moment."))
        for receiver_id in owing:
            move(receiver_id=receiver_id, name="urge", actor=actor, at=at)
    return len(owing)


def _locked(receiver_id: int, capability: str, actor: Actor) -> Receiver:
    """Return the part, locked: for the unit's own moves by its people, for the others by the issuer's."""
    rows = Receiver.objects.select_for_update(of=("self",)).select_related("instruction")
    mine = homes(actor, capability)
    if capability == Can.ANSWER:
        rows = rows.filter(unit__in=mine)
    else:
        issued = Instruction.objects.within_reach_of(actor, capability).filter(unit__in=mine)
        rows = rows.filter(instruction__in=issued.values("pk"))
    row = rows.filter(pk=receiver_id).first()
    if row is None:
        raise OutOfReach
    return row


def _check(name: str, note: str, uploads: Sequence[str]) -> None:
    problems = {}
    if INSTRUCTION[name].reason and len(note.strip()) < 2:
        words = _("Say what was done.") if name == "answer" else _("Give the reason.")
        problems["note"] = words
    if len(note) > LONGEST:
        problems["note"] = _("At most {n} characters.").format(n=LONGEST)
    if len(uploads) > MOST_FILES:
        problems["uploads"] = _("At most {n} files.").format(n=MOST_FILES)
    if problems:
        raise Invalid(problems)


def _sign(row: Receiver, actor: Actor, at: datetime) -> None:
    # The first receipt counts; after a change of the text its version is what is signed anew.
    row.signed_at = row.signed_at if row.signed_version else at
    row.signed_by_name = actor.name[:150]
    row.signed_version = row.instruction.version


def _answer(row: Receiver, _actor: Actor, at: datetime) -> None:
    row.answered_at = at


def _end(row: Receiver, _actor: Actor, at: datetime) -> None:
    row.ended_at = at


def _reopen(row: Receiver, _actor: Actor, _at: datetime) -> None:
    row.answered_at = None


def _urge(row: Receiver, _actor: Actor, _at: datetime) -> None:
    row.urged_count += 1


MARKS = {  # what a move leaves on the unit's part, beside its state
    "sign": _sign, "answer": _answer, "accept": _end, "send_back": _reopen, "urge": _urge, "end": _end,
}  # fmt: skip
