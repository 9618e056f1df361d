"""Who is told what: the people whose move it is, those who wait, and those who stand above."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import system
from gongzhi.clocks import queries as clocks
from gongzhi.matters.actions.moving import move
from gongzhi.matters.capabilities import Can
from gongzhi.matters.kind import kind_of
from gongzhi.matters.models import Entry, JointUnit, Matter, Reporter
from gongzhi.matters.queries.lists import face_of
from gongzhi.notices import actions as notices

CALENDAR = system("日历", Can.ASK)
OWED = {
    "to_verify": "verify_asked",
    "to_check": "verify_asked",
    "returned": "sent_back",
    "to_correct": "sent_back",
}
BY_MOVE = {
    "urge": "urged",
    "supervise": "supervised",
    "ask_extension": "extension_asked",
    "approve_first": "extension_asked",
}
DECIDED = {
    "approve_extension": "同意",
    "refuse_ask": "不同意",
    "refuse_first": "不同意",
    "suspend": "同意",
}
TO_REPORTER = {"refuse": "not_accepted", "close": "closed", "merge": "merged"}
LONGEST_RESULT = 80  # it must fit into a text message
MOST_PEOPLE = 30  # of one unit: a notice to everybody is read by nobody


@transaction.atomic
def tell_opened(*, matter_id: int, at: datetime) -> None:
    matter = _matter(matter_id)
    _tell_owing(matter, at=at)
    for reporter in Reporter.objects.filter(matter=matter):
        _tell_reporter(matter, reporter, "received", at=at)


@transaction.atomic
def tell_moved(*, matter_id: int, move: str, note: str, actor_id: int, at: datetime) -> None:
    matter = _matter(matter_id)
    if move in BY_MOVE:
        by = accounts.names([actor_id]).get(actor_id, "") if actor_id else ""
        people = (
            _deciders(matter, move, at)
            if BY_MOVE[move] == "extension_asked"
            else _owing(matter, at)
        )
        _tell(people, BY_MOVE[move], matter, at=at, reason=note, by=by)
    elif move in DECIDED:
        _tell(
            _of_unit(matter.lead_unit_id, at),
            "extension_decided",
            matter,
            at=at,
            reason=note,
            decision=DECIDED[move],
        )
    elif move == "invite":
        _tell_helpers(matter, at=at, reason=note, actor_id=actor_id)
    elif move == "reopen":
        _tell(_of_unit(matter.lead_unit_id, at), "reopened", matter, at=at, reason=note)
        _tell_owing(matter, at=at)
    elif matter.is_open:
        _tell_owing(matter, at=at, reason=note)
    if move == "dispatch":
        _tell_helpers(matter, at=at, reason=note, actor_id=actor_id)
    if move in TO_REPORTER:
        result = note or _what_was_done(matter)
        _tell_reporters(matter, TO_REPORTER[move], reason=note, result=result, at=at)


@transaction.atomic
def tell_clock(*, matter_id: int, template: str, level: int, at: datetime) -> None:
    """Pass on what a clock says: to whoever owes, and with each level to the centre one higher."""
    matter = Matter.objects.defer("words").filter(pk=matter_id, is_open=True).first()
    if matter is None:
        return
    if not level:
        _tell(_owing(matter, at), template, matter, at=at)
        return
    height = max(0, matter.level + 1 - level)
    centre = accounts.centre_for(matter.area_path, min(height, matter.level))
    duty = accounts.people_in_units(
        "duty_officer", "supervisor", unit_ids=[centre.id], on=timezone.localdate(at)
    )
    _tell([p.id for p in duty[:MOST_PEOPLE]], template, matter, at=at, level=centre.name)


@transaction.atomic
def tell_joint_clock(
    *, matter_id: int, unit_id: int, template: str, due_at: datetime, level: int, at: datetime
) -> None:
    """Tell a unit that helps of its own clock; once it is late, the lead unit and then the centre hear of it too."""
    matter = Matter.objects.defer("words").filter(pk=matter_id, is_open=True).first()
    if matter is None:
        return
    unit = accounts.unit(unit_id)
    if level > 1:
        centre = accounts.centre_for(matter.area_path, matter.level)
        people = accounts.people_in_units(
            "duty_officer", "dispatcher", unit_ids=[centre.id], on=timezone.localdate(at)
        )
        told, name = [p.id for p in people[:MOST_PEOPLE]], centre.name
    else:
        told = _of_unit(matter.lead_unit_id if level else unit_id, at)
        name = accounts.unit_name(matter.lead_unit_id)
    face = clocks.face(due_at=due_at, at=at)
    due = clocks.moment(timezone.localtime(due_at))
    _tell(
        told, template, matter, at=at, unit=unit.name, due=due, left=face.words, late=face.words, level=name
    )  # fmt: skip


def resume_by_itself(*, matter_id: int, at: datetime) -> None:
    """Let a suspended matter go on when its day has come; the clock runs already."""
    matter = _matter(matter_id)
    if matter.paused_at is not None:
        move(matter_id=matter_id, move="resume", values={}, actor=CALENDAR, at=at)


def _matter(matter_id: int) -> Matter:
    return Matter.objects.defer("words").get(pk=matter_id)


def _tell_owing(matter: Matter, *, at: datetime, reason: str = "") -> None:
    if template := OWED.get(matter.state) or (
        "dispatched" if matter.owing_role == "handler" else ""
    ):
        _tell(_owing(matter, at), template, matter, at=at, reason=reason)


def _owing(matter: Matter, at: datetime) -> list[int]:
    if matter.owing_person_id:
        return [matter.owing_person_id]
    if matter.owing_unit_id is None:
        return []
    roles = _roles(matter)
    on = timezone.localdate(at)
    if (
        len(matter.area_path) > len(accounts.unit(matter.owing_unit_id).area_path)
        and "grid_officer" in roles
    ):
        near = accounts.people_with(*roles, on=on, area_path=matter.area_path)
        return [person.id for person in near[:3]]
    return [
        p.id
        for p in accounts.people_in_units(*roles, unit_ids=[matter.owing_unit_id], on=on)[
            :MOST_PEOPLE
        ]
    ]


def _roles(matter: Matter) -> list[str]:
    """Return the codes of the roles that may make the move the matter waits for."""
    moves = kind_of(matter.kind).roles
    owed = {capability for capability, role in moves.items() if role == matter.owing_role}
    return [code for code, role in accounts.roles().items() if role.capabilities & owed]


def _tell_helpers(matter: Matter, *, at: datetime, reason: str, actor_id: int) -> None:
    """Tell the units that were asked to help at this moment what they are asked to do, and until when."""
    by = accounts.names([actor_id]).get(actor_id, "") if actor_id else ""
    for row in JointUnit.objects.filter(matter=matter, asked_at=at, answered_at__isnull=True):
        due = clocks.moment(timezone.localtime(row.due_at)) if row.due_at else ""
        unit = accounts.unit(row.unit_id).name
        _tell(
            _of_unit(row.unit_id, at),
            "joint_asked",
            matter,
            at=at,
            unit=unit,
            due=due,
            reason=reason,
            by=by,
        )


def _of_unit(unit_id: int | None, at: datetime) -> list[int]:
    if unit_id is None:
        return []
    people = accounts.people_in_units(
        "handler", "unit_lead", unit_ids=[unit_id], on=timezone.localdate(at)
    )
    return [person.id for person in people[:MOST_PEOPLE]]


def _deciders(matter: Matter, move: str, at: datetime) -> list[int]:
    on = timezone.localdate(at)
    if move == "approve_first":
        centre = accounts.centre_for(matter.area_path, matter.level)
        return [p.id for p in accounts.people_in_units("duty_officer", unit_ids=[centre.id], on=on)]
    units = [matter.lead_unit_id] if matter.lead_unit_id else []
    return [p.id for p in accounts.people_in_units("unit_lead", unit_ids=units, on=on)]


def _tell(
    people: Iterable[int], template: str, matter: Matter, *, at: datetime, **more: Any
) -> None:
    values = _values(matter, at) | {name: value or "—" for name, value in more.items()}
    notices.tell(
        people=list(people), template=template, values=values, link=f"/desk/matters/{matter.number}", at=at,
        urgent=matter.is_urgent,
    )  # fmt: skip


def _values(matter: Matter, at: datetime) -> dict[str, Any]:
    unit = accounts.unit(matter.owing_unit_id).name if matter.owing_unit_id else "—"
    face = face_of(matter, unit, at)
    due = clocks.moment(timezone.localtime(matter.due_at)) if matter.due_at else "—"
    return {
        "number": matter.number, "title": matter.title, "address": matter.address or "—", "unit": unit, "due": due,
        "left": face.words, "late": face.words, "city": settings.CITY,
    }  # fmt: skip


def _what_was_done(matter: Matter) -> str:
    """Return the words with which the unit handed it in last: who closes it seldom says them again."""
    handed_in = Entry.objects.filter(matter=matter, move="hand_in").order_by("-seq")
    words = handed_in.values_list("note", flat=True).first() or ""
    return words if len(words) <= LONGEST_RESULT else f"{words[: LONGEST_RESULT - 1]}…"


def _tell_reporters(
    matter: Matter, template: str, *, reason: str, result: str, at: datetime
) -> None:
    if template == "merged":
        _tell_merged(matter, at=at)
        return
    for reporter in Reporter.objects.filter(matter=matter):
        _tell_reporter(matter, reporter, template, at=at, reason=reason, result=result)


def _tell_merged(matter: Matter, *, at: datetime) -> None:
    """Tell those whose matter ended which one goes on; for the others nothing has changed."""
    merge = Entry.objects.filter(matter=matter, move="merge").order_by("-seq").first()
    if merge is None:
        return
    for reporter in Reporter.objects.filter(pk__in=merge.values.get("reporters", [])):
        _tell_reporter(matter, reporter, "merged", at=at, survivor=merge.values["into"])


def _tell_reporter(
    matter: Matter, reporter: Reporter, template: str, *, at: datetime, **more: Any
) -> None:
    if not (reporter.phone or reporter.email):
        return
    link = f"{settings.PUBLIC_ADDRESS}/progress/{matter.number}?code={reporter.code}"
    values = (
        _values(matter, at)
        | {"code": reporter.code, "link": link}
        | {n: v or "—" for n, v in more.items()}
    )
    notices.tell_contact(
        phone=reporter.phone, email=reporter.email, template=template, values=values, link=link, at=at,
        urgent=matter.is_urgent,
    )  # fmt: skip
