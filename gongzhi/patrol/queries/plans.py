"""Plans as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Frequency, Plan
from gongzhi.patrol.queries.lists import GRADES, KINDS, valid_on
from gongzhi.places import queries as places


@dataclass(frozen=True)
class PlanRow:
    id: int
    code: str
    version: int
    state: str
    state_label: str
    name: str
    group: str
    kind: str
    area_path: str
    area: str
    valid_from: date
    valid_to: date | None
    source: str
    reason: str
    made_by: str
    days: tuple[tuple[str, str, int], ...]  # class, grade, every how many days


def visible_plans(actor: Actor) -> "QuerySet[Plan]":
    """Return plans in reach; who may see patrols of a town also sees the plans of the city that rule there."""
    capability = next((c for c in (Can.PLAN, Can.VIEW, Can.SAMPLE) if actor.can(c)), None)
    if capability is None:
        return Plan.objects.none()
    return Plan.objects.within_reach_of(actor, capability) | Plan.objects.filter(area_path="")


def plan_rows(rows: Iterable[Plan]) -> list[PlanRow]:
    """Return plans with their periods, in one more statement."""
    held = list(rows)
    days: dict[int, list[tuple[str, str, int]]] = {}
    for one in Frequency.objects.filter(plan__in=[row.pk for row in held]).order_by(
        "klass", "grade"
    ):
        letter = GRADES[one.grade] if one.grade is not None else ""
        days.setdefault(one.plan_id, []).append((one.klass, letter, one.days))
    return [
        PlanRow(
            row.pk, row.code, row.version, row.state, str(row.get_state_display()), row.name, row.group,
            KINDS[row.kind], row.area_path, places.full_name(row.area_path) or _("the whole city"),
            row.valid_from, row.valid_to, row.source, row.reason, row.made_by_name,
            tuple(days.get(row.pk, ())),
        )
        for row in held
    ]  # fmt: skip


def plans_in_force(*, on: date, area_path: str = "") -> list[PlanRow]:
    """Return the plans that rule on a day and are made for exactly this area ("" is the city)."""
    rows = Plan.objects.filter(valid_on(on), area_path=area_path).exclude(state=Plan.State.DRAFT)
    return plan_rows(rows.order_by("kind", "code"))


def plan_versions(actor: Actor, code: str) -> list[PlanRow]:
    """Return every version of a plan, the newest first."""
    return plan_rows(visible_plans(actor).filter(code=code).order_by("-version"))
