"""Requests that somebody above decides: more time 延期, a suspension 挂账, an appeal 申诉."""

from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.matters.actions.owing import STAGE, keep_clocks
from gongzhi.matters.kind import Effect, Step
from gongzhi.matters.models import Ask

OPEN = (Ask.State.ASKED, Ask.State.FIRST_APPROVED)


def _ask_extension(step: Step) -> None:
    matter = step.matter
    most = clock_queries.rule(f"{matter.kind}.extension", on=timezone.localdate(step.at)).most
    if most is not None and matter.extension_count >= most:
        raise Refused(
            _("The matter has been extended {count} times; more is not allowed.").format(count=most)
        )
    if matter.due_at is not None and matter.due_at <= step.at:
        raise Refused(_("An extension can be asked for only before the matter is overdue."))
    _ask(step, Ask.Nature.EXTENSION)


def _ask_suspension(step: Step) -> None:
    until = step.values.get("until")
    if not isinstance(until, date):
        raise Invalid({"until": _("Say until which day.")})
    limit = clock_queries.rule_limit(
        f"{step.matter.kind}.suspension", on=timezone.localdate(step.at)
    )
    last = clock_queries.deadline(
        start=step.at, limit=limit, calendar=clock_queries.calendar()
    ).due_at
    if not timezone.localdate(step.at) < until <= timezone.localdate(last or step.at):
        raise Invalid(
            {
                "until": _("Choose a day after today and not after {last:%Y-%m-%d}.").format(
                    last=last or step.at
                )
            }
        )
    if Ask.objects.filter(
        matter=step.matter, nature=Ask.Nature.SUSPENSION, state=Ask.State.APPROVED
    ).exists():
        raise Refused(_("The matter has been suspended before; once is all that is allowed."))
    _ask(step, Ask.Nature.SUSPENSION, until=until)
    step.facts["until"] = until.isoformat()


def _appeal(step: Step) -> None:
    if Ask.objects.filter(matter=step.matter, nature=Ask.Nature.APPEAL).exists():
        raise Refused(_("The matter has been appealed before; once is all that is allowed."))
    _ask(step, Ask.Nature.APPEAL)


def _ask(step: Step, nature: Ask.Nature, *, until: date | None = None) -> None:
    try:
        with transaction.atomic():
            Ask.objects.create(
                matter=step.matter, nature=nature, reason=step.note, until=until, asked_at=step.at,
                asked_by=step.actor.id, asked_by_name=step.actor.name, area_path=step.matter.area_path,
                unit_ids=step.matter.unit_ids,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("The same request is waiting for a decision already.")) from None


def _approve_first(step: Step) -> None:
    ask = _open_ask(step, states=[Ask.State.ASKED])
    _not_own(ask, step)
    ask.state, ask.first_by, ask.first_at, ask.first_note = (
        Ask.State.FIRST_APPROVED,
        step.actor.id,
        step.at,
        step.note,
    )
    ask.save()
    step.facts["ask"] = ask.nature


def _approve_extension(step: Step) -> None:
    ask = _open_ask(step, states=OPEN, nature=Ask.Nature.EXTENSION)
    _needs_first(ask)
    _decide(ask, step, Ask.State.APPROVED)
    step.matter.extension_count += 1
    step.changed.add("extension_count")
    rule = f"{step.matter.kind}.extension"
    longer = clocks.extend(subject=step.matter.id, name=STAGE, at=step.at, rule=rule)
    keep_clocks(step.matter, [longer])


def _suspend(step: Step) -> None:
    ask = _open_ask(step, states=OPEN, nature=Ask.Nature.SUSPENSION)
    _needs_first(ask)
    _decide(ask, step, Ask.State.APPROVED)
    step.keeps_clock = True
    step.matter.paused_for, step.matter.paused_at = ask.reason[:200], step.at
    step.changed |= {"paused_for", "paused_at"}
    until = timezone.make_aware(
        datetime.combine(ask.until or timezone.localdate(step.at), time.min)
    )
    rule = f"{step.matter.kind}.suspension"
    reason = ask.reason[:200]
    clocks.suspend(subject=step.matter.id, reason=reason, at=step.at, until=until, rule=rule)
    step.facts["until"] = ask.until.isoformat() if ask.until else ""


def _refuse(step: Step) -> None:
    ask = _open_ask(step, states=OPEN)
    _decide(ask, step, Ask.State.REFUSED)


def _refuse_first(step: Step) -> None:
    ask = _open_ask(step, states=[Ask.State.ASKED])
    _decide(ask, step, Ask.State.REFUSED)


def _uphold_appeal(step: Step) -> None:
    _decide(_open_ask(step, states=OPEN, nature=Ask.Nature.APPEAL), step, Ask.State.APPROVED)
    step.matter.exempt = True
    step.changed.add("exempt")


def _open_ask(step: Step, *, states: "tuple[str, ...] | list[str]", nature: str = "") -> Ask:
    asks = Ask.objects.select_for_update().filter(matter=step.matter, state__in=list(states))
    if wanted := nature or step.values.get("nature"):
        asks = asks.filter(nature=wanted)
    ask = asks.order_by("asked_at").first()
    if ask is None:
        raise Refused(_("There is no such request waiting for a decision."))
    return ask


def _needs_first(ask: Ask) -> None:
    if ask.state != Ask.State.FIRST_APPROVED:
        raise Refused(_("The head of unit decides first."))


def _not_own(ask: Ask, step: Step) -> None:
    if ask.asked_by == step.actor.id:
        raise Refused(_("Nobody decides on a request of their own."))


def _decide(ask: Ask, step: Step, state: Ask.State) -> None:
    _not_own(ask, step)
    ask.state, ask.last_by, ask.last_at, ask.last_note = state, step.actor.id, step.at, step.note
    ask.save()
    step.facts["ask"] = ask.nature


ASKING: dict[str, Effect] = {
    "ask_extension": _ask_extension,
    "ask_suspension": _ask_suspension,
    "appeal": _appeal,
    "approve_first": _approve_first,
    "refuse_first": _refuse_first,
    "approve_extension": _approve_extension,
    "suspend": _suspend,
    "refuse_ask": _refuse,
    "uphold_appeal": _uphold_appeal,
}
