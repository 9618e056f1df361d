"""What a safety plan says: what was seen, whom to call, what is done and what is still to do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongzhi.talks.models import SafetyPlan, SafetyStep
from gongzhi.talks.queries.content import Call, calls, name_of, signs


@dataclass(frozen=True)
class StepRow:
    row: SafetyStep
    is_late: bool


@dataclass(frozen=True)
class PlanView:
    row: SafetyPlan
    signs: list[str]
    calls: list[Call]
    steps: list[StepRow]

    @property
    def left(self) -> int:
        return sum(step.row.done_at is None for step in self.steps)


def plans(matter_id: int, *, at: datetime) -> list[PlanView]:
    """Return the safety plans of a dispute, the open one first."""
    found = SafetyPlan.objects.filter(dispute_id=matter_id).prefetch_related("steps")
    return [plan_view(row, at=at) for row in found.order_by("-pk")]


def open_plan_of(matter_id: int) -> SafetyPlan | None:
    return SafetyPlan.objects.filter(dispute_id=matter_id, closed_at__isnull=True).first()


def plan_view(row: SafetyPlan, *, at: datetime) -> PlanView:
    on = timezone.localdate(at)
    numbers = [code for sign in signs(on=on) if sign.code in row.signs for code in sign.calls]
    steps = sorted(row.steps.all(), key=lambda step: (step.due_at, step.pk))
    return PlanView(
        row, [name_of("signs", code) for code in row.signs], calls(numbers, on=on),
        [StepRow(step, is_late=step.done_at is None and step.due_at < at) for step in steps],
    )  # fmt: skip
