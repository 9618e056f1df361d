"""Plans: drafted, released, followed by a new version, ended. One in force is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.bus import publish
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.events import PlanReleased
from gongzhi.patrol.models import CheckList, Frequency, Plan
from gongzhi.patrol.queries.lists import GRADE_IDS, KIND_IDS, classes
from gongzhi.places import queries as places

LONGEST_PERIOD: Final = 731
LATEST: Final = date(
    2099, 12, 31
)  # a plan beyond it is a slip of the finger, and days after it overflow


@dataclass(frozen=True)
class PlanSaid:
    """What a plan says. `days` by (class, grade letter); "" is every class, every grade."""

    name: str
    group: str
    kind: str
    area_path: str
    valid_from: date
    days: Mapping[tuple[str, str], int] = field(default_factory=dict)
    valid_to: date | None = None
    reason: str = ""


@transaction.atomic
def draft_plan(*, plan: PlanSaid, actor: Actor, at: datetime, code: str = "") -> Plan:
    """
    Write a draft: a new plan, or with a code the next version of one. A second draft replaces the first.

    Invalid with a sentence per field; OutOfReach outside the actor's areas.
    """
    _check_reach(actor, plan.area_path)
    _check(plan)
    newest = (
        Plan.objects.select_for_update().filter(code=code).order_by("-version").first()
        if code
        else None
    )
    if code and newest is None:
        raise OutOfReach
    if newest and newest.area_path != plan.area_path:
        raise Invalid(
            {"area": _("A new version is for the same area; end this plan and begin another.")}
        )
    if newest and newest.state == Plan.State.DRAFT:
        version, row = newest.version, newest
    else:
        version, row = (newest.version + 1 if newest else 1), Plan(code=code or _new_code(plan))
    row.version, row.name, row.group = version, plan.name.strip(), plan.group
    row.kind, row.area_path, row.reason = (
        KIND_IDS[plan.kind],
        plan.area_path,
        plan.reason.strip()[:200],
    )
    row.valid_from, row.valid_to = plan.valid_from, plan.valid_to
    row.made_by, row.made_by_name, row.made_at = actor.id, actor.name, at
    row.save()
    Frequency.objects.filter(plan=row).delete()
    Frequency.objects.bulk_create(
        Frequency(plan=row, klass=klass, grade=GRADE_IDS[grade] if grade else None, days=days)
        for (klass, grade), days in plan.days.items()
    )
    _record("draft_plan", row, actor, at)
    return row


def _new_code(plan: PlanSaid) -> str:
    count = Plan.objects.filter(group=plan.group).values("code").distinct().count()
    return f"{plan.group.upper()[:16]}-{count + 1:03d}"


@transaction.atomic
def release_plan(*, plan_id: int, on: date, actor: Actor, at: datetime) -> Plan:
    """Put a draft in force from its first day; the version before ends the day it begins."""
    row = _reachable(plan_id, actor)
    if row.state != Plan.State.DRAFT:
        raise Refused(_("Only a draft can be put in force."))
    if row.valid_from < on:
        raise Invalid(
            {
                "valid_from": _(
                    "A plan begins today or later: what is past was done under another one."
                )
            }
        )
    before = (
        Plan.objects.select_for_update()
        .filter(code=row.code)
        .exclude(state=Plan.State.DRAFT)
        .order_by("-version")
        .first()
    )
    if before and (before.valid_to is None or before.valid_to > row.valid_from):
        if before.valid_from >= row.valid_from:
            raise Invalid({"valid_from": _("The version before begins on that day or later.")})
        before.valid_to, before.state = row.valid_from, _state(row.valid_from, on)
        before.save(update_fields=["valid_to", "state"])
    row.state, row.released_by, row.released_at = Plan.State.IN_FORCE, actor.id, at
    row.save(update_fields=["state", "released_by", "released_at"])
    _record("release_plan", row, actor, at)
    if row.valid_from <= on:
        publish(PlanReleased(plan_id=row.pk, area_path=row.area_path, at=at))
    return row


def first_day_after(day: date) -> date:
    """Return the first day a version may begin that follows one of `day`, however far off that is."""
    return min(day, LATEST) + timedelta(days=1)


def _state(valid_to: date, on: date) -> str:
    return Plan.State.ENDED if valid_to <= on else Plan.State.IN_FORCE


@transaction.atomic
def end_plan(
    *, plan_id: int, last_on: date, reason: str, on: date, actor: Actor, at: datetime
) -> Plan:
    """End a plan after a day; its premises are due no more from the next draw on."""
    row = _reachable(plan_id, actor)
    if row.state != Plan.State.IN_FORCE:
        raise Refused(_("Only a plan in force can be ended."))
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Give the reason.")})
    if last_on < on - timedelta(days=1) or last_on < row.valid_from:
        raise Invalid(
            {
                "last_on": _(
                    "The last day is yesterday at the earliest, and not before the plan began."
                )
            }
        )
    if too_far := _too_far(last_on=last_on):
        raise Invalid(too_far)
    row.valid_to = last_on + timedelta(days=1)
    row.state = _state(row.valid_to, on)
    row.reason = reason.strip()[:200]
    row.save(update_fields=["valid_to", "state", "reason"])
    _record("end_plan", row, actor, at)
    return row


@transaction.atomic
def discard_plan(*, plan_id: int, actor: Actor, at: datetime) -> None:
    """Throw a draft away; a plan that was in force once is kept for ever."""
    row = _reachable(plan_id, actor)
    if row.state != Plan.State.DRAFT:
        raise Refused(_("Only a draft can be thrown away."))
    _record("discard_plan", row, actor, at)
    row.delete()


def end_expired_plans(*, on: date) -> int:
    """Mark plans whose last day is over as ended; return how many."""
    expired = Plan.objects.filter(state=Plan.State.IN_FORCE, valid_to__lte=on)
    return expired.update(state=Plan.State.ENDED)


def _check(plan: PlanSaid) -> None:
    problems: dict[str, str] = {}
    if not plan.name.strip() or len(plan.name.strip()) > 80:
        problems["name"] = _("Give a name of at most 80 characters.")
    if plan.kind not in KIND_IDS:
        problems["kind"] = _("Choose the kind of premises.")
    elif not CheckList.objects.filter(group=plan.group, kind=KIND_IDS[plan.kind]).exists():
        problems["group"] = _("There is no check-list of this group for such premises.")
    if plan.valid_to and plan.valid_to <= plan.valid_from:
        problems["valid_to"] = _("The plan would end before it begins.")
    problems |= _too_far(valid_from=plan.valid_from, valid_to=plan.valid_to)
    problems |= _flaws_in_days(plan)
    if problems:
        raise Invalid(problems)


def _too_far(**days: date | None) -> dict[str, str]:
    words = _("Choose a day until {last}.").format(last=LATEST.isoformat())
    return {name: words for name, day in days.items() if day and day > LATEST}


def _flaws_in_days(plan: PlanSaid) -> dict[str, str]:
    known = {"", *(one.code for one in classes(on=plan.valid_from) if one.kind_code == plan.kind)}
    if not plan.days:
        return {"days": _("Say for at least one class or grade how often it is visited.")}
    if any(klass not in known or grade not in GRADE_IDS for klass, grade in plan.days):
        return {"days": _("There is no such class or grade.")}
    if any(not 1 <= days <= LONGEST_PERIOD for days in plan.days.values()):
        return {
            "days": _("A period is a number of days between 1 and {most}.").format(
                most=LONGEST_PERIOD
            )
        }
    return {}


def _check_reach(actor: Actor, area_path: str) -> None:
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(Can.PLAN)):
        raise OutOfReach
    if area_path:
        places.area(area_path)


def _reachable(plan_id: int, actor: Actor) -> Plan:
    rows = Plan.objects.within_reach_of(actor, Can.PLAN).select_for_update(of=("self",))
    row = rows.filter(pk=plan_id).first()
    if row is None:
        raise OutOfReach
    return row


def _record(verb: str, row: Plan, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor, verb=f"patrol.{verb}", subject=f"plan:{row.code}", at=at, reason=row.reason,
        detail={"version": row.version, "from": row.valid_from.isoformat()},
    )  # fmt: skip
