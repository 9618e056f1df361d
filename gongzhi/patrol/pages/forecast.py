"""What the plans ask of the officers: visits a day by area, today's rules beside proposed ones."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongzhi.base.pages import actor_of, needs
from gongzhi.patrol import queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk

ROOM = 1.15  # the longest bar leaves a little space


@dataclass(frozen=True)
class Shown:
    """A forecast as the chart and the table show it."""

    loads: Any
    bars: list[dict[str, Any]]
    now_total: float
    proposed_total: float
    officers: int
    too_many: int
    capacity: float
    assumptions: list[str]

    @property
    def change(self) -> float:
        return self.proposed_total - self.now_total


def shown(work: queries.Workload) -> Shown:
    capacity = work.loads[0].capacity if work.loads else 0.0
    largest = max((max(o.now, o.proposed) for o in work.loads), default=0.0)
    # Where everybody is far from what they can do, bars to that scale would say nothing.
    longest = ROOM * (capacity if largest < capacity < 4 * largest else largest) or 1
    bars = [
        {
            "name": load.town, "now": load.now, "proposed": load.proposed,
            "is_too_much": load.is_too_much, "now_width": round(100 * load.now / longest, 1),
            "proposed_width": round(100 * load.proposed / longest, 1),
            "most": round(min(100 * load.capacity / longest, 200), 1),
        }
        for load in work.loads
    ]  # fmt: skip
    return Shown(
        work.loads, bars, work.now_total, work.proposed_total, sum(o.officers for o in work.loads),
        sum(o.is_too_much for o in work.loads), capacity, work.assumptions,
    )  # fmt: skip


@require_GET
@needs(Can.VIEW, Can.PLAN)
def page(request: HttpRequest) -> HttpResponse:
    """Show the workload of each plan in force, and of drafts that wait."""
    actor, on = actor_of(request), door.today()
    plans = [row for row in desk.every_plan(actor) if row.state != "ended"]
    asked = door.number_asked(request, "plan")
    chosen = next((row for row in plans if row.id == asked), plans[0] if plans else None)
    work = None
    if chosen:
        periods, before = desk.periods_of(chosen), desk.rule_before(actor, chosen)
        now = desk.periods_of(before) if chosen.state == "draft" and before else periods
        work = shown(queries.forecast(actor, plan_id=chosen.id, proposed=periods, on=on, now=now))
    context = {
        "tabs": door.tabs(request, "forecast"),
        "plans": plans,
        "chosen": chosen,
        "forecast": work,
        "as_of": timezone.now(),
        "may_plan": actor.can(Can.PLAN),
    }
    return render(request, "patrol/forecast.html", context)
