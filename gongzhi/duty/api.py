"""Duty for other programs: who is on duty, rosters, instructions with the same moves as the pages."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from gongzhi.accounts import queries as accounts
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can

router = Router(tags=["duty"])


class OnDutyOut(Schema):
    unit: str = Field(description="code of the unit")
    unit_name: str
    area: str
    post: str
    post_label: str
    name: str
    phone: str
    shift: str
    starts_at: datetime
    ends_at: datetime


class StintOut(Schema):
    id: int
    on: date
    shift: str
    post: str
    name: str
    note: str
    starts_at: datetime
    ends_at: datetime


class RosterOut(Schema):
    unit: str
    unit_name: str
    stints: list[StintOut]
    gaps: int = Field(description="places of these days that nobody holds")


class InstructionOut(Schema):
    number: str
    title: str
    issued_by: str
    urgency: str
    state: str
    issued_at: datetime
    due_at: datetime
    version: int
    units: int
    signed: int
    done: int
    late: int


class InstructionsOut(Schema):
    instructions: list[InstructionOut]
    next: str = Field(description="give it as `after` to get the next page; empty at the end")
    previous: str


class PartOut(Schema):
    unit: str
    unit_name: str
    state: str
    state_label: str
    receipt_due_at: datetime
    due_at: datetime
    signed_at: datetime | None
    answered_at: datetime | None
    moves: list[str]


class LineOut(Schema):
    at: datetime
    deed: str
    unit: str
    who: str
    note: str
    files: list[str]


class DetailOut(InstructionOut):
    text: str
    parent: str
    matters: list[str]
    parts: list[PartOut]
    lines: list[LineOut]


class InstructionIn(Schema):
    issued_by: str = Field(description="code of the unit that issues it")
    title: str
    text: str
    urgency: str = "ordinary"
    units: list[str] = Field(description="codes of the units that carry it out")
    due_at: datetime | None = None
    matters: list[str] = Field(default_factory=list)
    uploads: list[str] = Field(default_factory=list)
    parent: str = Field("", description="number of the instruction from above that is passed on")


class MoveIn(Schema):
    note: str = ""
    uploads: list[str] = Field(default_factory=list)


def _viewer(request: HttpRequest) -> Any:
    actor = actor_of(request)
    if not actor.can(Can.VIEW):
        raise OutOfReach
    return actor


@router.get("/on-duty", response=list[OnDutyOut])
def on_duty(request: HttpRequest, area: str, below: bool = False) -> list[OnDutyOut]:  # noqa: FBT001, FBT002 - a parameter of the address
    """Tell who answers for an area now; with `below`, at every desk of the levels below, too."""
    actor, at = _viewer(request), timezone.now()
    known = {row.unit_id for row in queries.desks_seen(actor)}
    found = queries.on_duty_below(area, at) if below else queries.on_duty(area, at)
    return [_on_duty(one) for one in found if one.unit_id in known]


def _on_duty(one: queries.OnDuty) -> OnDutyOut:
    return OnDutyOut(
        unit=accounts.unit(one.unit_id).code, unit_name=one.unit_name, area=one.area_path, post=one.post,
        post_label=one.post_label, name=one.name, phone=one.phone, shift=one.shift, starts_at=one.starts_at,
        ends_at=one.ends_at,
    )  # fmt: skip


@router.get("/roster", response=RosterOut)
def roster(
    request: HttpRequest, unit: str, since: date | None = None, until: date | None = None
) -> RosterOut:
    """Return a unit's roster between two days, at most a year; without days, the next seven."""
    actor, today = _viewer(request), timezone.localdate()
    first = since or today
    last = until or first + timedelta(days=6)
    if not first <= last <= first + timedelta(days=366) or not 2000 <= first.year <= 2100:
        raise Invalid({"until": _("The last day is before the first.")})
    desk = queries.desk(actor, accounts.unit_by_code(unit).id)
    rows = queries.stints(desk, queries.RosterFilter(first, last)).order_by("starts_at", "id")
    return RosterOut(
        unit=unit, unit_name=accounts.unit_name(desk.unit_id),
        gaps=sum(gap.missing for gap in queries.gaps_between(desk, queries.days_between(first, last))),
        stints=[
            StintOut(
                id=row.pk, on=row.on, shift=row.pattern.name, post=row.post, name=row.name,
                note=row.note, starts_at=row.starts_at, ends_at=row.ends_at,
            )
            for row in rows
        ],
    )  # fmt: skip


@router.get("/instructions", response=InstructionsOut)
def listing(
    request: HttpRequest, box: str = "todo", q: str = "", urgency: str = "", after: str = ""
) -> InstructionsOut:
    """List a box: todo, review, late, sent, all."""
    actor, at = _viewer(request), timezone.now()
    if box not in queries.INSTRUCTION_BOXES:
        raise OutOfReach
    page, rows = queries.instructions_page(
        actor,
        box=box,
        text=q.replace("\x00", "").strip()[:80],
        urgency=urgency[:20],
        at=at,
        after=after,
    )
    return InstructionsOut(
        instructions=[InstructionOut(**_columns(row)) for row in rows],
        next=page.next,
        previous=page.previous,
    )


@router.post("/instructions", response=DetailOut)
def issue(request: HttpRequest, given: InstructionIn) -> DetailOut:
    """Issue an instruction, or pass one from above on."""
    actor, at = _viewer(request), timezone.now()
    speaker = accounts.unit_by_code(given.issued_by)
    draft = actions.InstructionDraft(
        unit_id=speaker.id, title=given.title, text=given.text, urgency=given.urgency,
        receiver_ids=[accounts.unit_by_code(code).id for code in given.units], due_at=given.due_at,
        numbers=given.matters, uploads=given.uploads, parent_id=_part(actor, given.parent, speaker.id),
    )  # fmt: skip
    return _detail(request, actions.issue(draft=draft, actor=actor, at=at).number)


def _part(actor: Any, number: str, unit_id: int) -> int | None:
    if not number:
        return None
    seen = queries.detail(actor, number[:20], at=timezone.now())
    found = [one.receiver.pk for one in seen.receivers if one.receiver.unit_id == unit_id]
    if not found:
        raise OutOfReach
    return int(found[0])


@router.get("/instructions/{number}", response=DetailOut)
def detail(request: HttpRequest, number: str) -> DetailOut:
    return _detail(request, number)


@router.post("/instructions/{number}/units/{unit}/{name}", response=DetailOut)
def move(request: HttpRequest, number: str, unit: str, name: str, given: MoveIn) -> DetailOut:
    """Make a move with one unit's part: sign, answer, accept, send_back, urge, end."""
    actor, at = _viewer(request), timezone.now()
    part = _part(actor, number, accounts.unit_by_code(unit).id)
    actions.move(
        receiver_id=part or 0, name=name, note=given.note, uploads=given.uploads, actor=actor, at=at
    )
    return _detail(request, number)


def _detail(request: HttpRequest, number: str) -> DetailOut:
    seen = queries.detail(_viewer(request), number[:20], at=timezone.now())
    return DetailOut(
        **_columns(seen.row), text=seen.text, parent=seen.parent.number if seen.parent else "",
        matters=[one.number for one in seen.referrals], parts=[_part_out(one) for one in seen.receivers],
        lines=[
            LineOut(
                at=line.record.at, deed=line.record.deed, unit=line.unit_name, who=line.record.actor_name,
                note=line.record.note, files=[link.url for link in line.files],
            )
            for line in seen.lines
        ],
    )  # fmt: skip


def _part_out(one: Any) -> PartOut:
    row = one.receiver
    return PartOut(
        unit=accounts.unit(row.unit_id).code, unit_name=one.unit_name, state=row.state,
        state_label=str(row.get_state_display()), receipt_due_at=row.receipt_due_at, due_at=row.due_at,
        signed_at=row.signed_at, answered_at=row.answered_at, moves=[step.name for step in one.moves],
    )  # fmt: skip


def _columns(row: Any) -> dict[str, Any]:
    about = row.instruction
    return {
        "number": about.number, "title": about.title, "issued_by": row.unit_name, "urgency": about.urgency,
        "state": about.state, "issued_at": about.issued_at, "due_at": about.due_at, "version": about.version,
        "units": row.total, "signed": row.signed, "done": row.done, "late": row.late,
    }  # fmt: skip
