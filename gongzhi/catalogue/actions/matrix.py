"""Rows of the responsibility matrix and of the no-report list: added, and ended, never rewritten."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.catalogue.actions.items import check_reach
from gongzhi.catalogue.actions.versions import new_edition
from gongzhi.catalogue.models import NoReport, Responsibility


@dataclass(frozen=True)
class ResponsibilityInput:
    scope: str
    handler: str
    valid_from: date
    level: str = ""
    area_path: str = ""
    finder: str = "grid_officer"
    verifier: str = "grid_officer"
    joint: tuple[str, ...] = ()
    priority: int = 0
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True)
class NoReportInput:
    scope: str
    tip: str
    valid_from: date
    area_path: str = ""
    starts: time | None = None
    ends: time | None = None
    valid_to: date | None = None
    source: str = ""


def make_responsible(*, row: ResponsibilityInput, actor: Actor, at: datetime) -> int:
    """Add a row to the matrix; the row it replaces (same scope, level and area) ends that day."""
    check_reach(actor)
    with transaction.atomic():
        add_responsibilities([vars(row)])
        added = Responsibility.objects.latest("pk")
        _note(actor, "catalogue.make_responsible", added, at)
    return added.pk


def forbid_reports(*, row: NoReportInput, actor: Actor, at: datetime) -> int:
    """Add a place or hours in which an item is not to be reported, with the tip."""
    check_reach(actor)
    with transaction.atomic():
        added = NoReport.objects.create(**vars(row))
        _note(actor, "catalogue.forbid_reports", added, at)
    return added.pk


def end_responsibility(*, row_id: int, on: date, actor: Actor, at: datetime) -> None:
    check_reach(actor)
    with transaction.atomic():
        row = _ended(Responsibility.objects.select_for_update().filter(pk=row_id).first(), on)
        _note(actor, "catalogue.end_responsibility", row, at)


def end_no_report(*, row_id: int, on: date, actor: Actor, at: datetime) -> None:
    check_reach(actor)
    with transaction.atomic():
        row = _ended(NoReport.objects.select_for_update().filter(pk=row_id).first(), on)
        _note(actor, "catalogue.end_no_report", row, at)


def add_responsibilities(rows: list[dict[str, Any]]) -> None:
    has_others = Responsibility.objects.exists()  # the first matrix ends nothing
    for row in rows if has_others else ():
        key = {name: row[name] for name in ("scope", "level", "area_path", "priority")}
        Responsibility.objects.filter(
            **key, valid_to__isnull=True, valid_from__lte=row["valid_from"]
        ).update(valid_to=row["valid_from"])
    Responsibility.objects.bulk_create(
        Responsibility(**(row | {"joint": list(row["joint"])})) for row in rows
    )


Row = TypeVar("Row", Responsibility, NoReport)


def _ended(row: Row | None, on: date) -> Row:
    if row is None:
        raise OutOfReach
    if row.valid_to is not None and row.valid_to <= on:
        raise Refused(_("This row has ended already."))
    row.valid_to = max(on, row.valid_from)
    row.save(update_fields=["valid_to"])
    return row


def _note(actor: Actor, verb: str, row: models.Model, at: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject=f"{row._meta.model_name}:{row.pk}",
        at=at,
        detail={"row": str(row)},
    )
    new_edition()
