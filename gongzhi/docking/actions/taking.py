"""
A message of a partner arrives: once it counts, twice it is answered as before, late it changes nothing.

What cannot be followed (an unknown case, a step that is not under way) is answered with a sentence, kept, and
tried again when the same message comes again.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from http import HTTPStatus
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.docking import queries, rules
from gongzhi.docking.actions import opening, staging, steps
from gongzhi.docking.models import Docket, Message, Partner
from gongzhi.matters import queries as matters

State = Message.State
Said: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Taken:
    """What the partner is answered."""

    status: int
    message: str
    state: str = ""
    matter: str = ""
    docket: str = ""


def take(*, partner_code: str, body: bytes, signature: str, at: datetime) -> Taken:
    """Read a partner's message and do what it says; every outcome is an answer, none an exception."""
    partner = Partner.objects.filter(code=partner_code, is_active=True).first()
    now = int(at.timestamp())
    if partner is None or not rules.is_signed(signature, keys=[partner.key, partner.old_key], body=body, now=now):  # fmt: skip
        return Taken(HTTPStatus.UNAUTHORIZED, _("The signature is missing, wrong or too old."))
    try:
        said: Said = queries.message_read(body)
    except Invalid as trouble:
        return Taken(HTTPStatus.UNPROCESSABLE_ENTITY, str(trouble))
    with transaction.atomic():
        return _once(partner, said, at)


def _once(partner: Partner, said: Said, at: datetime) -> Taken:
    """Of two copies that come at once, the second waits here and is answered as the first was."""
    fresh, is_new = Message.objects.get_or_create(
        partner=partner, is_incoming=True, message_id=said["id"],
        defaults={"kind": said["kind"], "body": json.dumps(said, ensure_ascii=False), "state": State.REFUSED, "at": at},
    )  # fmt: skip
    message = Message.objects.select_for_update().get(pk=fresh.pk)
    if not is_new:
        message.copies += 1
        message.save(update_fields=["copies"])
        if json.loads(message.body) != said:
            return Taken(HTTPStatus.CONFLICT, _("Another message came with this number before."))
        if message.state != State.REFUSED:
            return _answer(message, HTTPStatus.OK)
    return _done(message, partner, said, at)


def _done(message: Message, partner: Partner, said: Said, at: datetime) -> Taken:
    status = HTTPStatus.OK
    try:
        with transaction.atomic():
            message.state, message.answer, message.docket = _effect(partner, said, at)
    except Refused as trouble:
        status, message.state, message.answer = HTTPStatus.CONFLICT, State.REFUSED, str(trouble)[:300]  # fmt: skip
    except Invalid as trouble:
        status, message.state, message.answer = HTTPStatus.UNPROCESSABLE_ENTITY, State.REFUSED, str(trouble)[:300]  # fmt: skip
    except OutOfReach:
        status, message.state = HTTPStatus.NOT_FOUND, State.REFUSED
        message.answer = _("No case with this number is known here; send the case first.")
    message.done_at = at
    message.save(update_fields=["state", "answer", "docket", "done_at"])
    subject = f"matter:{message.docket.matter_id}" if message.docket else f"partner:{partner.code}"
    audit.record(actor=opening.court_actor(partner), verb=f"docking.message.{message.state}", subject=subject, at=at)  # fmt: skip
    return _answer(message, status)


def _answer(message: Message, status: int) -> Taken:
    docket = message.docket
    number = matters.standing(docket.matter_id).number if docket else ""
    return Taken(int(status), message.answer, message.state, number, f"D{docket.pk}" if docket else "")  # fmt: skip


Outcome: TypeAlias = tuple[str, str, Docket | None]


def _effect(partner: Partner, said: Said, at: datetime) -> Outcome:
    if said["kind"] == "case.assign":
        return _assigned(partner, said, at)
    docket = _docket_of(partner, said)
    seq = int(said.get("seq", 0))
    if not rules.has_effect(docket.last_seq, seq):
        return State.IGNORED, _("A newer message of this case was taken before; this one changes nothing."), docket  # fmt: skip
    docket.last_seq = max(docket.last_seq, seq)
    sentence = EFFECTS[said["kind"]](docket, partner, said["data"], at)
    return State.TAKEN, sentence, docket


def _docket_of(partner: Partner, said: Said) -> Docket:
    """Find the case by our own number where the message has it, else by the partner's."""
    rows = Docket.objects.select_for_update().filter(partner=partner)
    if said.get("docket"):
        found = rows.filter(pk=int(said["docket"][1:])).first()
    else:
        number = said.get("case_number", "")
        found = rows.filter(case_number=number).order_by("-id").first() if number else None
    if found is None:
        raise OutOfReach
    return found


def _assigned(partner: Partner, said: Said, at: datetime) -> Outcome:
    known = opening.known_case(partner, said["case_number"])
    if known is not None:
        return State.TAKEN, _("This case is here already; nothing was changed."), known
    data: Mapping[str, Any] = said["data"]
    amount = data.get("amount")
    case = opening.Case(
        kind=data["form"], case_number=said["case_number"], cause=data["cause"], area_path=data["area"],
        sides=data["sides"], story=data["story"], wish=data["wish"], address=data.get("address", ""),
        amount=Decimal(str(amount)) if amount is not None else None, panel=data.get("panel", ""),
        channel=data.get("channel", Docket.Channel.ONLINE), kind_code=data.get("kind", ""),
        appointed_at=queries.moment_read(data.get("appointed_at")), people_count=data.get("people", 2),
    )  # fmt: skip
    docket = opening.take_case(partner, case, actor=opening.court_actor(partner), at=at)
    docket.last_seq = int(said.get("seq", 0))
    docket.save(update_fields=["last_seq"])
    if docket.opened_at < at:
        return State.TAKEN, _("The case is tied to the dispute that was entered by hand with this number."), docket  # fmt: skip
    return State.TAKEN, _("The case is taken into the register."), docket


def _withdrawn(docket: Docket, partner: Partner, data: Mapping[str, Any], at: datetime) -> str:
    if docket.state != Docket.State.OPEN:
        raise Refused(_("This case has ended here already: {state}.").format(state=docket.get_state_display()))  # fmt: skip
    for stage in docket.stages.filter(done_at__isnull=True):
        staging.close(stage, by=partner.name, at=at, note=data["reason"])
    docket.state, docket.reason, docket.ended_at = Docket.State.WITHDRAWN, data["reason"], at
    staging.settle(docket, "withdraw", at=at)
    return _("The case is withdrawn; the sides are told by the mediation body.")


def _stepped(docket: Docket, partner: Partner, data: Mapping[str, Any], at: datetime) -> str:
    step = queries.step_of(docket.kind, data["step"])
    if step is None or step.who == "us":
        raise Refused(_("This step is not the partner's in a case of this kind."))
    stage = staging.needed(docket, data["step"])
    when = min(queries.moment_read(data.get("on")) or at, at)
    if timezone.localdate(when) == timezone.localdate(stage.started_at):
        when = max(when, stage.started_at)  # a day without an hour may be the day the step began
    if when < stage.started_at:
        raise Refused(_("The step began only on {day}.").format(day=timezone.localdate(stage.started_at)))  # fmt: skip
    steps.conclude(docket, stage, by=partner.name, at=when, said=dict(data))
    staging.settle(docket, step.code, at=at)
    return _("Taken: {step}.").format(step=step.name)


def _correcting(docket: Docket, partner: Partner, data: Mapping[str, Any], at: datetime) -> str:
    step = queries.step_of(docket.kind, steps.CORRECT)
    if step is None or docket.state != Docket.State.OPEN:
        raise Refused(_("Nothing can be corrected in this case."))
    if staging.open_stage(docket, steps.CORRECT) is not None:
        raise Refused(_("A correction is asked for already; it is answered first."))
    day = date.fromisoformat(data["due_on"])
    due = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
    if due < at:
        raise Invalid({"due_on": _("This day is over.")})
    staging.begin(docket, step, at=at, note=data["text"], due_at=due)
    staging.settle(docket, steps.CORRECT, at=at)
    return _("The correction is asked of the sides until {day}.").format(day=day)


def _noted(docket: Docket, partner: Partner, data: Mapping[str, Any], at: datetime) -> str:
    docket.save(update_fields=["last_seq"])
    return _("The note is kept with the case.")


def _extended(docket: Docket, partner: Partner, data: Mapping[str, Any], at: datetime) -> str:
    stage = staging.needed(docket, data["step"])
    if stage.code == steps.MEDIATE:
        raise Refused(_("This step is not the partner's in a case of this kind."))
    steps.run_longer(docket, stage, days=data["days"], why=data["note"], at=at)
    return _("Taken: {step}.").format(step=queries.step_name(docket.kind, stage.code))


EFFECTS: Mapping[str, Callable[[Docket, Partner, Mapping[str, Any], datetime], str]] = {
    "case.withdraw": _withdrawn,
    "step.done": _stepped,
    "step.extended": _extended,
    "correction.ask": _correcting,
    "note": _noted,
}
