"""What docking shows on a dispute's page: cases with courts, the thirty days, what can be brought where."""

from datetime import datetime
from typing import Any

from gongzhi.base.actor import Actor
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Chance, Docket
from gongzhi.docking.queries.cases import case_rows, chance_rows
from gongzhi.docking.queries.content import grounds
from gongzhi.matters.kind import Block


def matter_block(matter: Any, actor: Actor, at: datetime) -> Block | None:
    """Return the block of a dispute; two or three statements, none for other kinds."""
    if matter.kind != "dispute" or not actor.can(Can.VIEW):
        return None
    rows = Docket.objects.filter(matter_id=matter.id).select_related("partner").order_by("id")
    chance = Chance.objects.filter(matter_id=matter.id).select_related("docket__partner").first()
    cases = case_rows(list(rows), at)
    endings = {row.code: row.name for row in grounds("endings")}
    return Block(
        "docking/_matter.html",
        {
            "matter": matter, "cases": cases, "chance": chance_rows([chance], at)[0] if chance else None,
            "endings": endings, "can_file": actor.can(Can.FILE),
            "is_past": chance is not None and chance.due_at < at,
        },
    )  # fmt: skip
