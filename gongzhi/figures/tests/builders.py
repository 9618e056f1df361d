"""Facts for tests of whoever counts them, each with believable defaults."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from gongzhi.base.tests.builders import local
from gongzhi.figures.actions.counting import apply
from gongzhi.figures.models import Fact
from gongzhi.figures.queries.sums import PLUS

REPORTED = local("2026-11-02 09:00")
_ids = count(5_000_001)  # far above the numbers a test's register gives


def a_fact(**said: Any) -> Fact:
    """Return the saved and counted facts of a matter that was reported, registered, dispatched, handled and closed in time."""
    reported = said.get("reported_at", REPORTED)
    grid = said.get("area_path", "441900/004/012/01/")
    parts = grid.rstrip("/").split("/")
    facts: dict[str, Any] = {
        "matter_id": next(_ids), "kind": "incident", "source": "portal", "state": "closed", "is_open": False,
        "item_id": 1, "item_class": "E01", "area_path": grid, "town": "/".join(parts[:2]) + "/",
        "village": "/".join(parts[:3]) + "/", "unit_id": 10, "department_id": 1, "reported_at": reported,
        "reported_on": timezone.localtime(reported).date(), "response_due_at": reported + timedelta(hours=4),
        "responded_in_time": True, "is_missed": True, "verified_in_time": True,
        "registered_at": reported + timedelta(hours=1), "registered_in_time": True, "registered_right": True,
        "dispatched_at": reported + timedelta(hours=2), "dispatched_in_time": True, "dispatched_right": True,
        "handle_due_at": reported + timedelta(days=5), "handled_at": reported + timedelta(days=1),
        "handled_in_time": True, "checked_in_time": True, "whole_due_at": reported + timedelta(days=10),
        "closed_at": reported + timedelta(days=2), "closed_in_time": True, "hours": 48.0, "handling_hours": 22.0,
    }  # fmt: skip
    return counted([Fact.objects.create(**facts | said)])[0]


def counted(facts: list[Fact]) -> list[Fact]:
    """Add facts to every count, as the consumer does."""
    apply([fact.pk for fact in facts], sign=PLUS)
    return facts
