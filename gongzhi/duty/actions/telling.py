"""Who is told what about duty; the words are templates of notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.clocks import queries as clocks
from gongzhi.duty.capabilities import Can
from gongzhi.duty.lifecycle import INSTRUCTION, Receipt, State, SwapState
from gongzhi.duty.models import Bulletin, Handover, Instruction, Receiver, Stint, Swap
from gongzhi.duty.queries.content import urgencies
from gongzhi.notices import actions as notices


def tell_issued(*, instruction_id: int, at: datetime) -> None:
    """Tell the people of every unit that has not signed for it."""
    row = Instruction.objects.get(pk=instruction_id)
    waiting = row.receivers.filter(state=Receipt.TO_RECEIVE).order_by("receipt_due_at")
    units = list(waiting.values_list("unit_id", flat=True))
    if units:
        due = waiting[0].receipt_due_at
        values = _values(row) | {"due": clocks.moment(timezone.localtime(due))}
        _tell(_people(units, Can.ANSWER, at), "instruction_issued", values, row, at)


def tell_moved(*, receiver_id: int, deed: str, note: str, by_name: str, at: datetime) -> None:
    """Tell the issuer of an answer; tell the unit when it is urged, or its answer was looked at."""
    part = Receiver.objects.select_related("instruction").get(pk=receiver_id)
    row = part.instruction
    values = _values(row) | {
        "unit": accounts.unit_name(part.unit_id),
        "by": by_name,
        "reason": note or _("none"),
    }
    if deed == "answer":
        people = _people([row.unit_id], Can.INSTRUCT, at)
        _tell(people, "instruction_answered", values, row, at)
    elif deed == "urge":
        due = part.receipt_due_at if part.state == Receipt.TO_RECEIVE else part.due_at
        values |= {"due": clocks.moment(timezone.localtime(due))}
        _tell(_people([part.unit_id], Can.ANSWER, at), "instruction_urged", values, row, at)
    elif deed in {"accept", "send_back", "end"}:
        values |= {"decision": str(INSTRUCTION[deed].label)}
        _tell(_people([part.unit_id], Can.ANSWER, at), "instruction_decided", values, row, at)


def tell_ended(*, instruction_id: int, at: datetime) -> None:
    """Tell the units that an instruction is over for them."""
    row = Instruction.objects.get(pk=instruction_id)
    if row.state == State.OPEN:
        return
    units = list(row.receivers.filter(ended_at=row.ended_at).values_list("unit_id", flat=True))
    values = _values(row) | {
        "decision": str(row.get_state_display()),
        "reason": row.end_note or _("none"),
    }
    _tell(_people(units, Can.ANSWER, at), "instruction_decided", values, row, at)


def tell_late(*, receiver_id: int, what: str, at: datetime) -> None:
    """Tell the unit that owes, and the issuer."""
    part = Receiver.objects.select_related("instruction").get(pk=receiver_id)
    row = part.instruction
    due = part.receipt_due_at if what == "receipt" else part.due_at
    values = _values(row) | {
        "unit": accounts.unit_name(part.unit_id),
        "due": clocks.moment(timezone.localtime(due)),
        "result": _("the receipt") if what == "receipt" else _("the answer"),
    }
    people = _people([part.unit_id], Can.ANSWER, at) + _people([row.unit_id], Can.INSTRUCT, at)
    _tell(people, "instruction_overdue", values, row, at)


def tell_bulletin(*, bulletin_id: int, at: datetime) -> None:
    row = Bulletin.objects.get(pk=bulletin_id)
    units = list(row.readers.values_list("unit_id", flat=True))
    template = "bulletin_recalled" if row.recalled_at else "bulletin_published"
    values = {
        "title": row.title,
        "by": accounts.unit_name(row.unit_id),
        "reason": row.recall_reason,
    }
    notices.tell(
        people=_people(units, Can.VIEW, at), template=template, values=values, link=f"/desk/duty/bulletins/{row.pk}",
        at=at, urgent=row.is_urgent,
    )  # fmt: skip


def tell_swap(*, swap_id: int, at: datetime) -> None:
    """Tell whoever has the next word about a change of shifts, and the two when it is decided."""
    row = Swap.objects.select_related("desk", "asker").get(pk=swap_id)
    values: dict[str, Any] = {
        "person": row.asker.name, "title": row.words, "reason": row.answer or row.reason,
        "decision": str(row.get_state_display()), "by": row.decided_by_name,
    }  # fmt: skip
    if row.state == SwapState.ASKED:
        people, template = [row.taker_id], "swap_asked"
    elif row.state == SwapState.AGREED:
        people, template = _people([row.desk.unit_id], Can.ROSTER, at), "swap_asked"
    else:
        people, template = [row.asker_id, row.taker_id], "swap_decided"
    notices.tell(people=people, template=template, values=values, link="/desk/duty/swaps", at=at)


def tell_handover(*, handover_id: int, at: datetime) -> None:
    """Tell those who come on duty next that a hand-over waits for their name."""
    row = Handover.objects.select_related("desk").get(pk=handover_id)
    coming = Stint.objects.filter(desk=row.desk_id, starts_at__gte=row.ends_at, user__isnull=False)
    first = coming.order_by("starts_at").values_list("starts_at", flat=True).first()
    people = list(coming.filter(starts_at=first).values_list("user_id", flat=True)) if first else []
    values = {
        "title": row.shift,
        "by": row.outgoing_name,
        "unit": accounts.unit_name(row.desk.unit_id),
    }
    notices.tell(
        people=[one for one in people if one], template="handover_offered", values=values,
        link=f"/desk/duty/handovers/{row.pk}", at=at,
    )  # fmt: skip


def _values(row: Instruction) -> dict[str, str]:
    return {
        "number": row.number, "title": row.title, "unit": accounts.unit_name(row.unit_id),
        "due": clocks.moment(timezone.localtime(row.due_at)), "result": urgencies()[row.urgency].name,
    }  # fmt: skip


def _tell(
    people: list[int], template: str, values: dict[str, str], row: Instruction, at: datetime
) -> None:
    notices.tell(
        people=people, template=template, values=values, link=f"/desk/duty/instructions/{row.number}", at=at,
        urgent=urgencies()[row.urgency].is_urgent,
    )  # fmt: skip


def _people(units: Sequence[int], capability: str, at: datetime) -> list[int]:
    """Return who may do this in some units: whoever is on duty there is among them."""
    if not units:
        return []
    roles = [code for code, role in accounts.roles().items() if capability in role.capabilities]
    found = accounts.people_in_units(*roles, unit_ids=units, on=timezone.localdate(at))
    return [person.id for person in found]
