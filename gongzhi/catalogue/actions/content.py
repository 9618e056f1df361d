"""The catalogue the product ships: 481 items of 19 departments, loaded once, never over a city's own."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.catalogue.actions.imports import carry_out
from gongzhi.catalogue.models import NoReport, Responsibility
from gongzhi.catalogue.queries.tables.plan import Choices, plan_of
from gongzhi.catalogue.queries.tables.reading import read_tables

CONTENT = Path(__file__).resolve().parents[1] / "content"
TABLES = ("items", "standards", "questions", "responsibilities", "no_report")
# Long before any matter a city may bring along, so that its history has items to point at.
SINCE = date(2015, 1, 1)


def load_content(*, actor: Actor, at: datetime) -> int:
    """
    Add the shipped items a city does not have yet, and the shipped matrix if it has none.

    Returns the number of items added. Safe to repeat: what exists is left as the city made it.
    """
    tables = [
        table
        for name in TABLES
        for table in read_tables(f"{name}.csv", (CONTENT / f"{name}.csv").read_bytes())
    ]
    with transaction.atomic():
        choices = Choices(valid_from=SINCE)
        plan = plan_of(tables, choices=choices)
        plan.changed.clear()
        if Responsibility.objects.exists():
            plan.responsibilities.clear()
        if NoReport.objects.exists():
            plan.no_reports.clear()
        if not plan.is_empty:
            carry_out(plan, choices=choices, actor=actor, at=at)
            audit.record(
                actor=actor, verb="catalogue.load_content", subject="catalogue", at=at,
                detail={"items": len(plan.new)},
            )  # fmt: skip
    return len(plan.new)
