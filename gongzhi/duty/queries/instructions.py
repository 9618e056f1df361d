"""Instructions: the boxes, one with its units and record, and how far the levels below have come."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.lifecycle import Move
from gongzhi.base.paging import Page, page_of
from gongzhi.clocks import queries as clocks
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import INSTRUCTION, OWED, Deed, Receipt
from gongzhi.duty.models import Instruction, InstructionFile, Receiver, Record, Referral, Wording
from gongzhi.duty.queries.content import Urgency, urgencies
from gongzhi.duty.queries.units import homes
from gongzhi.duty.rules import read_number
from gongzhi.files import queries as files

BOXES = {
    "todo": _("Owed by us"),
    "review": _("Answers to look at"),
    "late": pgettext_lazy("instruction", "Overdue"),
    "sent": _("Issued by us"),
    "all": _("All"),
}
TONES = {
    Receipt.TO_RECEIVE: "warn",
    Receipt.RECEIVED: "civic",
    Receipt.ANSWERED: "warn",
    Receipt.RETURNED: "late",
    Receipt.ACCEPTED: "ok",
    Receipt.ENDED: "",
}

ORDER = (
    "answered",
    "to_receive",
    "returned",
    "received",
    "accepted",
    "ended",
)  # by what needs a look


@dataclass(frozen=True)
class InstructionRow:
    instruction: Instruction
    unit_name: str
    urgency: Urgency
    total: int
    signed: int
    done: int
    late: int
    to_review: int
    face: clocks.Face  # of the whole; for what the actor's unit owes, of its part
    own: Receiver | None = None  # the part of a unit of the actor's


@dataclass(frozen=True)
class Progress:
    """How far the units below one have come with what was passed on to them."""

    total: int
    signed: int
    done: int
    late: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class ReceiverRow:
    receiver: Receiver
    unit_name: str
    tone: str
    face: clocks.Face
    moves: list[Move]  # open to this actor
    below: Progress | None
    children: list[Instruction]  # what the unit passed on
    can_pass_on: bool
    answer: "RecordLine | None" = None  # what the unit said last


@dataclass(frozen=True)
class RecordLine:
    record: Record
    unit_name: str
    about: str  # the unit it was about, where another spoke
    tone: str
    files: list[files.FileLink]


@dataclass(frozen=True)
class InstructionDetail:
    row: InstructionRow
    text: str
    wordings: list[Wording]
    referrals: list[Referral]
    receivers: list[ReceiverRow]
    addressed_to: list[str]
    lines: list[RecordLine]
    parent: Instruction | None
    whole: Progress  # with all levels below
    is_issuer: bool


def visible_instructions(actor: Actor) -> QuerySet[Instruction]:
    """Return what was issued within reach, and what a unit within reach or of the actor's is to carry out."""
    issued = Instruction.objects.within_reach_of(actor, Can.VIEW)
    theirs = Receiver.objects.within_reach_of(actor, Can.VIEW)
    mine = Receiver.objects.filter(unit__in=homes(actor, Can.VIEW))
    return Instruction.objects.filter(
        Q(pk__in=issued.values("pk"))
        | Q(pk__in=theirs.values("instruction"))
        | Q(pk__in=mine.values("instruction"))
    )


def late(at: datetime) -> Q:
    """Return the condition for receivers whose receipt or answer is overdue."""
    receipt = Q(state=Receipt.TO_RECEIVE, receipt_due_at__lt=at)
    return receipt | Q(state__in=OWED, due_at__lt=at)


def instructions(
    actor: Actor, *, box: str = "todo", text: str = "", urgency: str = "", at: datetime
) -> QuerySet[Instruction]:
    rows = visible_instructions(actor)
    owed = Receiver.objects.filter(instruction=OuterRef("pk"))
    if box == "todo":
        rows = rows.filter(Exists(owed.filter(unit__in=homes(actor, Can.VIEW), state__in=OWED)))
    if box == "review":
        rows = rows.filter(unit__in=homes(actor, Can.INSTRUCT))
        rows = rows.filter(Exists(owed.filter(state=Receipt.ANSWERED)))
    if box == "late":
        rows = rows.filter(Exists(owed.filter(late(at))))
    if box == "sent":
        rows = rows.filter(unit__in=homes(actor, Can.VIEW))
    if urgency:
        rows = rows.filter(urgency=urgency)
    return _named(rows, text) if text else rows


def _named(rows: QuerySet[Instruction], text: str) -> QuerySet[Instruction]:
    if number := read_number(text):
        return rows.filter(number=number)
    referred = Referral.objects.filter(number__startswith=text)
    worded = Wording.objects.filter(text__icontains=text)
    return rows.filter(
        Q(title__icontains=text)
        | Q(pk__in=referred.values("instruction"))
        | Q(pk__in=worded.values("instruction"))
    )


def _counted(rows: QuerySet[Instruction], at: datetime) -> QuerySet[Any]:
    receipt = Q(receivers__state=Receipt.TO_RECEIVE)
    is_late = receipt & Q(receivers__receipt_due_at__lt=at)
    is_late |= Q(receivers__state__in=OWED, receivers__due_at__lt=at)
    return rows.annotate(
        total=Count("receivers"),
        signed=Count("receivers", filter=Q(receivers__signed_at__isnull=False)),
        done=Count("receivers", filter=Q(receivers__state=Receipt.ACCEPTED)),
        answered=Count("receivers", filter=Q(receivers__state=Receipt.ANSWERED)),
        late=Count("receivers", filter=is_late),
    )


def instructions_page(
    actor: Actor, *, box: str, text: str = "", urgency: str = "", sort: str = "", at: datetime,
    after: str = "", before: str = "",
) -> tuple[Page[Instruction], list[InstructionRow]]:  # fmt: skip
    rows = _counted(instructions(actor, box=box, text=text, urgency=urgency, at=at), at)
    order = ("due_at", "pk") if sort == "due" else ("-pk",)
    page = page_of(rows, *order, after=after, before=before)
    return page, _rows(actor, page.rows, at)


def _rows(actor: Actor, found: Sequence[Any], at: datetime) -> list[InstructionRow]:
    """Make rows; where a unit of the actor's has a part, its clock is the one that is shown."""
    parts = Receiver.objects.filter(
        instruction__in=[row.pk for row in found], unit__in=homes(actor, Can.VIEW)
    )
    own = {part.instruction_id: part for part in parts.order_by("-pk")}
    rows = [_row(row, at) for row in found]
    return [
        replace(row, own=part, face=receiver_face(part, at))
        if (part := own.get(row.instruction.pk))
        else row
        for row in rows
    ]


def _row(row: Any, at: datetime) -> InstructionRow:
    """Make a row of an instruction with its counts."""
    return InstructionRow(
        row, accounts.unit_name(row.unit_id), urgencies()[row.urgency], row.total, row.signed, row.done, row.late,
        row.answered, _whole_face(row, at),
    )  # fmt: skip


def _whole_face(row: Instruction, at: datetime) -> clocks.Face:
    return clocks.face(
        due_at=row.due_at, at=at, started_at=row.issued_at, stopped_at=row.ended_at, counting="continuous",
        warn_at=row.due_at - (row.due_at - row.issued_at) / 4,
    )  # fmt: skip


def box_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    return {box: instructions(actor, box=box, at=at).count() for box in ("todo", "review", "late")}


def todo(actor: Actor, *, at: datetime, most: int = 5) -> list[InstructionRow]:
    """Return what is owed by the actor's units, what is due first on top."""
    rows = _counted(instructions(actor, box="todo", at=at), at).order_by("due_at", "pk")
    return _rows(actor, list(rows[:most]), at)


def instruction(actor: Actor, number: str) -> Instruction:
    found = visible_instructions(actor).filter(number=read_number(number)).first()
    if found is None:
        raise OutOfReach
    return found


def detail(actor: Actor, number: str, *, at: datetime) -> InstructionDetail:
    """Return one instruction; units that are not the issuer's see their own part alone."""
    found = _counted(visible_instructions(actor).filter(number=read_number(number)), at).first()
    if found is None:
        raise OutOfReach
    every = list(found.receivers.order_by("area_path", "id"))
    is_issuer = Instruction.objects.within_reach_of(actor, Can.VIEW).filter(pk=found.pk).exists()
    seen = every if is_issuer else _own(actor, every)
    wordings = list(found.wordings.order_by("-version"))
    lines = _lines(found, None if is_issuer else [one.pk for one in seen])
    return InstructionDetail(
        _row(found, at),
        wordings[0].text,
        wordings,
        list(found.referrals.order_by("id")),
        _with_answers(_receiver_rows(actor, found, seen, at), lines),
        [accounts.unit_name(one.unit_id) for one in every],
        lines,
        _parent(found),
        _sum(Receiver.objects.filter(chain__contains=[found.pk]), at),
        is_issuer,
    )


def _own(actor: Actor, rows: list[Receiver]) -> list[Receiver]:
    ids = [row.pk for row in rows]
    reached = Receiver.objects.within_reach_of(actor, Can.VIEW).filter(pk__in=ids)
    keep = set(reached.values_list("pk", flat=True))
    mine = set(homes(actor, Can.VIEW))
    return [row for row in rows if row.pk in keep or row.unit_id in mine]


def _parent(row: Instruction) -> Instruction | None:
    return row.parent.instruction if row.parent else None


def receiver_face(row: Receiver, at: datetime) -> clocks.Face:
    """Draw the clock that runs: of the receipt until it is signed for, then of the answer."""
    if row.state == Receipt.TO_RECEIVE:
        return clocks.face(
            due_at=row.receipt_due_at, at=at, warn_at=row.receipt_warn_at, started_at=row.asked_at,
            counting=_counting(row.receipt_counting),
        )  # fmt: skip
    stopped = row.ended_at or (row.answered_at if row.state == Receipt.ANSWERED else None)
    return clocks.face(
        due_at=row.due_at, at=at, warn_at=row.warn_at, started_at=row.asked_at, stopped_at=stopped,
        counting=_counting(row.counting),
    )  # fmt: skip


def _counting(name: str) -> Any:
    return name


def _receiver_rows(
    actor: Actor, of: Instruction, rows: list[Receiver], at: datetime
) -> list[ReceiverRow]:
    mine = set(homes(actor, Can.ANSWER))
    may_instruct = of.unit_id in homes(actor, Can.INSTRUCT)
    passers = set(homes(actor, Can.INSTRUCT))
    below = _below([row.pk for row in rows], at)
    children: dict[int, list[Instruction]] = defaultdict(list)
    for child in Instruction.objects.filter(parent__in=[row.pk for row in rows]).order_by("id"):
        children[child.parent_id or 0].append(child)
    return [
        ReceiverRow(
            row, accounts.unit_name(row.unit_id), TONES[Receipt(row.state)], receiver_face(row, at),
            _moves(row, is_ours=row.unit_id in mine, is_issuer=may_instruct), below.get(row.pk), children[row.pk],
            can_pass_on=row.unit_id in passers and row.state in OWED,
        )
        for row in rows
    ]  # fmt: skip


def _moves(row: Receiver, *, is_ours: bool, is_issuer: bool) -> list[Move]:
    return [
        move
        for move in INSTRUCTION.moves_from(row.state)
        if (is_ours if move.capability == Can.ANSWER else is_issuer)
    ]


def _below(ids: list[int], at: datetime) -> dict[int, Progress]:
    """Return the sums over all levels below some receivers, in one statement."""
    rows = Receiver.objects.filter(above__overlap=ids) if ids else Receiver.objects.none()
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows.only("above", "state", "signed_at", "receipt_due_at", "due_at"):
        for receiver_id in set(row.above) & set(ids):
            sums[receiver_id].update(_marks(row, at))
    return {pk: _progress(counter) for pk, counter in sums.items()}


def _sum(rows: Iterable[Receiver], at: datetime) -> Progress:
    counter: Counter[str] = Counter()
    for row in rows:
        counter.update(_marks(row, at))
    return _progress(counter)


def _marks(row: Receiver, at: datetime) -> list[str]:
    is_late = (row.state == Receipt.TO_RECEIVE and row.receipt_due_at < at) or (
        row.state in OWED and row.due_at < at
    )
    marks = {
        "total": True,
        "signed": row.signed_at is not None,
        "done": row.state == Receipt.ACCEPTED,
        "late": is_late,
    }
    return [mark for mark, holds in marks.items() if holds]


def _progress(counter: Counter[str]) -> Progress:
    return Progress(counter["total"], counter["signed"], counter["done"], counter["late"])


LINE_TONES = {
    "accept": "ok",
    "close": "ok",
    "send_back": "warn",
    "late": "late",
    "urge": "warn",
    "withdraw": "warn",
}


def _lines(of: Instruction, only: list[int] | None) -> list[RecordLine]:
    rows = Record.objects.filter(instruction=of).select_related("receiver").order_by("-at", "-id")
    if only is not None:
        rows = rows.filter(Q(receiver=None) | Q(receiver__in=only))
    found = list(rows)
    with_files: dict[int, list[int]] = defaultdict(list)
    for record_id, file_id in InstructionFile.objects.filter(record__in=found).values_list(
        "record_id", "file_id"
    ):
        with_files[record_id].append(file_id)
    links = {
        link.id: link for link in files.file_links([i for ids in with_files.values() for i in ids])
    }
    return [
        RecordLine(
            row, accounts.unit_name(row.unit_id), _about(row), LINE_TONES.get(row.deed, ""),
            [links[i] for i in with_files[row.pk] if i in links],
        )
        for row in found
    ]  # fmt: skip


def _about(row: Record) -> str:
    part = row.receiver
    return accounts.unit_name(part.unit_id) if part and part.unit_id != row.unit_id else ""


def _with_answers(rows: list[ReceiverRow], lines: list[RecordLine]) -> list[ReceiverRow]:
    """Show beside each unit what it answered last; what waits to be looked at comes first."""
    last: dict[int, RecordLine] = {}
    for line in lines:  # the newest first
        if line.record.deed == Deed.ANSWER and line.record.receiver_id:
            last.setdefault(line.record.receiver_id, line)
    shown = [replace(row, answer=last.get(row.receiver.pk)) for row in rows]
    return sorted(shown, key=lambda row: ORDER.index(row.receiver.state))


def receiver(actor: Actor, receiver_id: int) -> Receiver:
    """Return one unit's part in an instruction that the actor may see."""
    rows = Receiver.objects.filter(instruction__in=visible_instructions(actor).values("pk"))
    found = rows.select_related("instruction").filter(pk=receiver_id).first()
    if found is None:
        raise OutOfReach
    return found


def instructions_table(rows: QuerySet[Instruction], *, at: datetime) -> Iterator[tuple[Any, ...]]:
    for found in _counted(rows, at).order_by("-pk").iterator(chunk_size=200):
        row = _row(found, at)
        yield (
            found.number, found.title, row.unit_name, row.urgency.name, found.get_state_display(), _when(found.issued_at),
            _when(found.due_at), row.total, row.signed, row.done, row.late,
        )  # fmt: skip


def receivers_table(seen: InstructionDetail) -> Iterator[tuple[Any, ...]]:
    for one in seen.receivers:
        row = one.receiver
        yield (
            seen.row.instruction.number, one.unit_name, row.get_state_display(), _when(row.receipt_due_at),
            _when(row.signed_at), row.signed_by_name, _when(row.due_at), _when(row.answered_at), row.urged_count,
        )  # fmt: skip


def _when(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
