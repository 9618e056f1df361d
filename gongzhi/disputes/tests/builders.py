"""Disputes for tests."""

from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor
from gongzhi.disputes import actions
from gongzhi.disputes.models import Dispute

APPLICANT = actions.Side(
    side="applicant", name="陈甲", phone="13800000001", address="胜和一路 1 号"
)
RESPONDENT = actions.Side(
    side="respondent", name="李乙", phone="13800000002", address="胜和一路 2 号"
)


def a_dispute(*, actor: Actor, at: datetime, area_path: str, **said: Any) -> Dispute:
    """Open a dispute between two neighbours; needs the cast of tests/cast.py (units, areas)."""
    actions.load_kinds()
    values: dict[str, Any] = {
        "kind_code": "neighbour", "sides": [APPLICANT, RESPONDENT], "story": "楼上漏水浸湿天花板。",
        "wish": "修好并赔偿。", "area_path": area_path, "source": "counter", "address": "胜和一路",
    }  # fmt: skip
    return actions.open_dispute(intake=actions.Intake(**(values | said)), actor=actor, at=at)
