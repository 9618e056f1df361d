"""Who is told when a matter changes hands between levels, towns and units; and of the clocks of hand-overs."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.incidents.models import Objection, Transfer
from gongzhi.matters import queries as matters
from gongzhi.notices import actions as notices

MOST_PEOPLE = 30
COMMAND = ("dispatcher", "duty_officer")
UNIT = ("handler", "unit_lead")


@transaction.atomic
def tell_of_command(*, matter_id: int, move: str, note: str, at: datetime) -> None:
    """Tell those whom a move between levels, towns and units concerns; other moves concern nobody here."""
    if told := _TOLD.get(move):
        told(matters.standing(matter_id), note, at)


def _taken_over(matter: Any, note: str, at: datetime) -> None:
    facts = matters.last_facts(matter.id, "take_over")
    units = [facts[name] for name in ("from_unit", "lead_unit") if facts.get(name)]
    people = _people(units, (*COMMAND, *UNIT), at)
    _tell(people, "taken_over", matter, at, unit=str(facts.get("to", "")), reason=note)


def _transfer_asked(matter: Any, note: str, at: datetime) -> None:
    asked = Transfer.objects.filter(matter_id=matter.id).order_by("-id").first()
    if asked is None:
        return
    due = clocks.moment(timezone.localtime(asked.due_at))
    _tell(
        _people([asked.to_unit_id], COMMAND, at), "transfer_asked", matter, at, link=f"/desk/level/transfers/{asked.pk}",
        unit=accounts.unit_name(asked.from_unit_id), due=due, reason=note,
    )  # fmt: skip


def _transfer_answered(matter: Any, note: str, at: datetime) -> None:
    asked = Transfer.objects.filter(matter_id=matter.id).order_by("-id").first()
    if asked is None:
        return
    withdrawn = asked.state == Transfer.State.WITHDRAWN
    _tell(
        _people([asked.to_unit_id if withdrawn else asked.from_unit_id], COMMAND, at), "transfer_answered", matter, at,
        link=f"/desk/level/transfers/{asked.pk}", decision=str(asked.get_state_display()), reason=note,
        unit=accounts.unit_name(asked.from_unit_id if withdrawn else asked.to_unit_id),
    )  # fmt: skip


def _objection_made(matter: Any, note: str, at: datetime) -> None:
    made = Objection.objects.filter(matter_id=matter.id).order_by("-id").first()
    if made is None:
        return
    due = clocks.moment(timezone.localtime(matter.due_at)) if matter.due_at else ""
    people = _people([made.settler_id], ("duty_officer", "supervisor"), at)
    _tell(people, "objection_made", matter, at, unit=accounts.unit_name(made.unit_id), due=due, reason=note)  # fmt: skip


def _objection_settled(matter: Any, note: str, at: datetime) -> None:
    made = Objection.objects.filter(matter_id=matter.id).order_by("-id").first()
    if made is None:
        return
    people = _people([made.unit_id], UNIT, at) + _people([made.dispatcher_id], COMMAND, at)
    _tell(
        people, "objection_settled", matter, at, unit=accounts.unit_name(made.unit_id),
        decision=str(made.get_state_display()), reason=note,
    )  # fmt: skip


_TOLD: dict[str, Callable[[Any, str, datetime], None]] = {
    "take_over": _taken_over,
    "ask_transfer": _transfer_asked,
    "accept_transfer": _transfer_answered,
    "refuse_transfer": _transfer_answered,
    "withdraw_transfer": _transfer_answered,
    "object": _objection_made,
    "uphold_objection": _objection_settled,
    "reject_objection": _objection_settled,
}


@transaction.atomic
def tell_transfer_clock(*, matter_id: int, template: str, level: int, at: datetime) -> None:
    """Pass on what the clock of a hand-over says: to the town that was asked, once late to the city's centre too."""
    asked = Transfer.objects.filter(matter_id=matter_id, state=Transfer.State.ASKED).first()
    if asked is None:
        return
    matter = matters.standing(matter_id)
    city = accounts.centre_for(asked.to_path, 0)
    unit = city.id if level else asked.to_unit_id
    face = clocks.face(due_at=asked.due_at, at=at, started_at=asked.asked_at)
    _tell(
        _people([unit], COMMAND, at), template, matter, at, link=f"/desk/level/transfers/{asked.pk}",
        unit=accounts.unit_name(asked.to_unit_id), due=clocks.moment(timezone.localtime(asked.due_at)),
        left=face.words, late=face.words, level=city.name,
    )  # fmt: skip


@transaction.atomic
def lapse(*, matter_id: int, at: datetime) -> int:
    """End what still waits for an answer about a matter that has ended; safe to repeat."""
    transfers = Transfer.objects.filter(matter_id=matter_id, state=Transfer.State.ASKED)
    objections = Objection.objects.filter(matter_id=matter_id, state=Objection.State.MADE)
    return transfers.update(state=Transfer.State.WITHDRAWN, answered_at=at) + objections.update(
        state=Objection.State.LAPSED, settled_at=at
    )


def _people(units: Sequence[int], roles: Sequence[str], at: datetime) -> list[int]:
    found = accounts.people_in_units(*roles, unit_ids=list(units), on=timezone.localdate(at))
    return [person.id for person in found[:MOST_PEOPLE]]


def _tell(
    people: list[int], template: str, matter: Any, at: datetime, *, link: str = "", **more: str
) -> None:
    values = {"number": matter.number, "title": matter.title} | {n: v or "—" for n, v in more.items()}  # fmt: skip
    notices.tell(
        people=people, template=template, values=values, link=link or f"/desk/matters/{matter.number}", at=at,
        urgent=matter.is_urgent,
    )  # fmt: skip
