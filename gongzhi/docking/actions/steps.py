"""Steps of a docket: accept or refuse, contact, apply, what the other side decided, appraisal, more time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import actions as disputing
from gongzhi.disputes import queries as disputes
from gongzhi.docking import queries, rules
from gongzhi.docking.actions import staging
from gongzhi.docking.actions.sending import queue
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Docket, Stage
from gongzhi.matters import queries as matters

WHO_MAY = {"us": Can.ACCEPT, "sides": Can.FILE, "partner": Can.RECORD}
RULINGS = ("upheld", "changed", "annulled")  # of an agreement that was brought before a court
DECISIONS = ("granted", "partly", "refused", *RULINGS)
LONGEST = 180  # days by which a mediation is lengthened at once
APPLY, CORRECT, MEDIATE, ACCEPT, AWARD = "apply", "correct", "mediate", "accept", "award"
DECIDE, JUDGE = "decide", "judge"


def locked(docket_id: int, actor: Actor, *capabilities: Can) -> Docket:
    """Lock a docket within reach of one of the capabilities."""
    for capability in capabilities:
        reach = Docket.objects.within_reach_of(actor, capability).filter(pk=docket_id)
        found = reach.select_for_update(of=("self",)).first()
        if found is not None:
            return found
    raise OutOfReach


@transaction.atomic
def finish(
    *, docket_id: int, step: str, actor: Actor, at: datetime, on: datetime | None = None, note: str = "",
    decision: str = "", number: str = "", file_token: str = "",
) -> Docket:  # fmt: skip
    """Say that a step is done: by us, by the sides, or by the court on paper."""
    found = Docket.objects.filter(pk=docket_id).values_list("kind", flat=True).first()
    known = queries.step_of(found, step) if found else None
    if known is None or step == MEDIATE:
        raise OutOfReach
    docket = locked(docket_id, actor, WHO_MAY[known.who])
    stage = staging.needed(docket, step)
    when = _moment(on, stage, at)
    _check(docket, stage, when)
    conclude(docket, stage, by=actor.name, at=when, said={"note": note, "decision": decision, "number": number, "file_token": file_token})  # fmt: skip
    _tell(docket, step, note, at=at)
    audit.record(actor=actor, verb=f"docking.{step}", subject=f"matter:{docket.matter_id}", at=at)
    staging.settle(docket, step, at=at)
    return docket


def _moment(on: datetime | None, stage: Stage, at: datetime) -> datetime:
    """Return when it was done; a day without an hour may be the day the stage began."""
    when = (
        at
        if on is None
        else min(on, at)
        if timezone.localdate(on) == timezone.localdate(at)
        else on
    )
    if when > at:
        raise Invalid({"on": _("This day lies ahead.")})
    if timezone.localdate(when) < timezone.localdate(stage.started_at):
        raise Invalid({"on": _("The step began only on {day}.").format(day=timezone.localdate(stage.started_at))})  # fmt: skip
    return when


def conclude(docket: Docket, stage: Stage, *, by: str, at: datetime, said: dict[str, Any]) -> None:
    """Close the stage, begin what follows, and end the docket where this was its end."""
    step = queries.step_of(docket.kind, stage.code)
    decision = str(said.get("decision") or "")
    if decision and decision not in DECISIONS:
        raise Invalid({"decision": _("Choose what was decided.")})
    if decision in RULINGS and not queries.is_about_agreement(docket):
        raise Invalid({"decision": _("Choose what was decided.")})
    staging.close(stage, by=by, at=at, note=str(said.get("note") or ""))
    _keep_for_the_form(docket, stage.code, decision)
    docket.case_number = str(said.get("number") or "")[:60] if stage.code == ACCEPT and not docket.is_incoming and said.get("number") else docket.case_number  # fmt: skip
    if decision == "refused" and stage.code == ACCEPT:
        docket.state, docket.ended_at = Docket.State.REFUSED, at
        docket.decision, docket.reason = decision, str(said.get("note") or "")[:300]
        return
    if step is not None and step.ends:
        docket.state, docket.ended_at, docket.decision = (
            Docket.State.ENDED,
            at,
            decision or "granted",
        )
        docket.decision_number = str(said.get("number") or "")[:60]
        docket.decision_token = str(said.get("file_token") or "")[:32]
        if docket.decision == "refused":
            return
    staging.begin_after(docket, stage.code, at=at)


def _keep_for_the_form(docket: Docket, step: str, decision: str) -> None:
    """Keep on the dispute what the ministry's form counts: confirmation asked and given, what became of a suit."""
    if docket.kind == Docket.Kind.CONFIRMATION and step in {APPLY, DECIDE}:
        told = "asked" if step == APPLY else "refused" if decision == "refused" else "confirmed"
        disputing.keep_court_word(matter_id=docket.matter_id, confirmation=told)
    elif step == JUDGE and queries.is_about_agreement(docket):
        disputing.keep_court_word(matter_id=docket.matter_id, suit=decision if decision in RULINGS else "ended")  # fmt: skip


def _check(docket: Docket, stage: Stage, when: datetime) -> None:
    """Hold an application back that the court would have to turn away; each sentence names its article."""
    if stage.code != APPLY:
        return
    names = {row.code: row.name for row in queries.materials(docket.kind)}
    must = [row.code for row in queries.materials(docket.kind) if row.is_must]
    if lacking := rules.missing(must, docket.materials):
        raise Refused(
            _("Missing: {papers}.").format(papers="、".join(names[code] for code in lacking))
        )
    if docket.kind != Docket.Kind.CONFIRMATION:
        return
    if not docket.venue:
        raise Refused(
            _("Choose the court by its ground of jurisdiction (《民事诉讼法》第二百零五条).")
        )
    if against := [row for row in queries.grounds("bars") if docket.bars.get(row.code)]:
        raise Refused(_("Cannot be confirmed: {grounds}.").format(grounds="；".join(f"{row.name}（{row.article}）" for row in against)))  # fmt: skip
    if stage.due_at is not None and when > stage.due_at:
        raise Refused(_("The thirty days ended on {day} (《人民调解法》第三十三条). The agreement stays binding; a suit, a notary or a payment order is open.").format(day=timezone.localdate(stage.due_at)))  # fmt: skip


def _tell(docket: Docket, step: str, note: str, *, at: datetime) -> None:
    if docket.is_incoming and step == ACCEPT:
        number = matters.standing(docket.matter_id).number
        queue(docket, "case.accepted", {"matter": number}, at=at)
    elif docket.is_incoming and step == "contact":
        queue(docket, "case.contacted", {"note": note}, at=at)
    elif not docket.is_incoming and step == APPLY:
        queue(docket, "application.filed", _papers(docket), at=at)
    elif step == CORRECT:
        queue(docket, "correction.answered", {"text": note, "materials": docket.materials}, at=at)


def _papers(docket: Docket) -> dict[str, Any]:
    """Return what an application carries: from the one set of answers, nothing typed twice."""
    answers = disputes.answers_for_papers(docket.matter_id)
    plain = ("number", "body", "story", "wish", "outcome", "mediators")
    names = ("side", "name", "nature", "id_number", "phone", "address")
    return {
        "form": docket.kind, "venue": docket.venue, "materials": docket.materials,
        **{name: answers[name] for name in plain},
        "amount": str(answers["amount"]) if answers["amount"] is not None else None,
        "effective_at": answers["effective_at"].isoformat() if answers["effective_at"] else None,
        "sides": [{name: side[name] for name in names} for side in answers["sides"]],
    }  # fmt: skip


@transaction.atomic
def refuse(*, docket_id: int, reason: str, actor: Actor, at: datetime) -> Docket:
    """Send a court's case back before it is accepted, with the reason (人民法院在线调解规则 art. 12)."""
    docket = locked(docket_id, actor, Can.ACCEPT, Can.RECORD)
    stage = staging.needed(docket, ACCEPT)
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Write down why; the court needs the reason.")})
    turn_away(docket, stage, reason=reason, by=actor.name, at=at)
    audit.record(actor=actor, verb="docking.refuse", subject=f"matter:{docket.matter_id}", at=at)
    return docket


def turn_away(docket: Docket, stage: Stage, *, reason: str, by: str, at: datetime) -> None:
    staging.close(stage, by=by, at=at, note=reason)
    docket.state, docket.reason, docket.ended_at = Docket.State.REFUSED, reason.strip()[:300], at
    queue(docket, "case.refused", {"reason": docket.reason}, at=at)
    staging.settle(docket, "refuse", at=at)


@transaction.atomic
def lengthen(*, docket_id: int, days: int, why: str, actor: Actor, at: datetime) -> Docket:
    """Give more days: to the mediation as all sides agree, or to a decision as its rule lets the court take."""
    docket = locked(docket_id, actor, Can.ACCEPT, Can.RECORD)
    stage = queries.may_run_longer(docket)
    if stage is None:
        raise Refused(_("This step has no term that could be longer."))
    if not 1 <= days <= LONGEST:
        raise Invalid({"days": _("Between 1 and {most} days.").format(most=LONGEST)})
    if len(why.strip()) < 2:
        raise Invalid({"why": _("Write down who agreed, and how.")})
    run_longer(docket, stage, days=days, why=why, at=at)
    audit.record(actor=actor, verb="docking.lengthen", subject=f"matter:{docket.matter_id}", at=at)
    if docket.is_incoming:
        queue(docket, "case.extended", {"step": stage.code, "days": days, "why": why[:200]}, at=at)
    return docket


def run_longer(docket: Docket, stage: Stage, *, days: int, why: str, at: datetime) -> None:
    """A decision runs longer by what its rule allows at most, so often as it allows; a mediation as agreed."""
    if stage.code != MEDIATE:
        rule = queries.extension_rule(stage)
        if rule is None or rule.limit is None or len(stage.extensions) >= (rule.most or 1):
            raise Refused(_("This step has no term that could be longer."))
        if days > rule.limit.amount:
            raise Invalid({"days": _("At most {n} days ({source}).").format(n=rule.limit.amount, source=rule.source)})  # fmt: skip
    staging.lengthen(stage, days=days, why=why)
    staging.settle(docket, "lengthen", at=at)


@transaction.atomic
def set_hearing(*, docket_id: int, on: datetime, place: str, actor: Actor, at: datetime) -> Docket:
    """
    Keep when and where a case is heard: the notice must have come, and a delay be asked for, so long before.

    劳动争议调解仲裁法 art. 35. A hearing moved to another day moves both terms.
    """
    docket = locked(docket_id, actor, Can.FILE, Can.RECORD)
    staging.needed(docket, AWARD)
    found = queries.hearing_steps(docket)
    if not found:
        raise Refused(_("A case of this kind has no hearing whose term is kept here."))
    if on <= at:
        raise Invalid({"on": _("Say when it will be heard: this time is over.")})
    note = _("Hearing {when} {place}").format(when=timezone.localtime(on).strftime("%Y-%m-%d %H:%M"), place=place)  # fmt: skip
    for step in found:
        staging.begin_before(docket, step, event=on, at=at, note=note.strip())
    audit.record(actor=actor, verb="docking.hearing", subject=f"matter:{docket.matter_id}", at=at)
    staging.settle(docket, "hearing", at=at)
    return docket


@transaction.atomic
def prepare(
    *, docket_id: int, materials: Sequence[str], bars: Sequence[str], venue: str, actor: Actor, at: datetime
) -> Docket:  # fmt: skip
    """Keep which papers are there, what stands against the application, and why this court."""
    docket = locked(docket_id, actor, Can.FILE)
    if docket.state != Docket.State.OPEN:
        raise Refused(_("This case has ended; its file is not changed any more."))
    known = [row.code for row in queries.materials(docket.kind)]
    docket.materials = [code for code in known if code in materials]
    if docket.kind == Docket.Kind.CONFIRMATION:
        docket.bars = {row.code: True for row in queries.grounds("bars") if row.code in bars}
        docket.venue = venue if queries.ground("venues", venue) else ""
    docket.save(update_fields=["materials", "bars", "venue"])
    audit.record(actor=actor, verb="docking.prepare", subject=f"matter:{docket.matter_id}", at=at)
    return docket
