"""Building the organisation: adding, changing and closing units."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.accounts import queries
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.models import Posting, Unit
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent_id: int | None,
    area_path: str,
    starts_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    if Unit.objects.filter(code=code).exists():
        raise Invalid({"code": _("Another unit has this code.")})
    unit = Unit.objects.create(
        code=code,
        name=name,
        kind=kind,
        parent_id=parent_id,
        area_path=area_path,
        starts_on=starts_on,
    )
    _ensure_reach(unit.pk, actor)
    _done("add_unit", unit.pk, actor, at, code=code, name=name, parent=parent_id)
    return unit.pk


@transaction.atomic
def change_unit(
    *,
    unit_id: int,
    name: str,
    kind: str,
    parent_id: int | None,
    area_path: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Rename or move a unit; its branch moves along. Its code stays, others refer to it."""
    unit = queries.visible_units(actor).select_for_update(of=("self",)).get(pk=unit_id)
    before = {
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent_id,
        "area": unit.area_path,
    }
    unit.name, unit.kind, unit.parent_id, unit.area_path = name, kind, parent_id, area_path
    try:
        with transaction.atomic():
            unit.save(update_fields=["name", "kind", "parent", "area_path"])
    except IntegrityError as refusal:
        raise Invalid({"parent": _("A unit cannot stand below itself.")}) from refusal
    _ensure_reach(unit.pk, actor)
    _done("change_unit", unit.pk, actor, at, before=before)


@transaction.atomic
def close_unit(*, unit_id: int, on: date, reason: str, actor: Actor, at: datetime) -> None:
    """Close a unit that has neither open units below it nor people in it."""
    unit = queries.visible_units(actor).select_for_update(of=("self",)).get(pk=unit_id)
    if unit.ends_on is not None:
        raise Refused(_("This unit is already closed."))
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say why the unit is closed.")})
    if Unit.objects.filter(parent=unit, ends_on=None).exists():
        raise Refused(_("Close or move the units below it first."))
    if Posting.objects.filter(unit=unit).filter(Q(ends_on=None) | Q(ends_on__gt=on)).exists():
        raise Refused(_("People are still posted here: end or move their postings first."))
    Unit.objects.filter(pk=unit.pk).update(ends_on=on)
    _done("close_unit", unit.pk, actor, at, on=on.isoformat(), reason=reason.strip())


@transaction.atomic
def reopen_unit(*, unit_id: int, actor: Actor, at: datetime) -> None:
    unit = queries.visible_units(actor).select_for_update(of=("self",)).get(pk=unit_id)
    if unit.ends_on is None:
        raise Refused(_("This unit is open."))
    Unit.objects.filter(pk=unit.pk).update(ends_on=None)
    _done("reopen_unit", unit.pk, actor, at)


def _ensure_reach(unit_id: int, actor: Actor) -> None:
    """Roll back when the unit, as it now stands, is outside what the actor may organise."""
    if not Unit.objects.within_reach_of(actor, Can.ORGANISE).filter(pk=unit_id).exists():
        raise OutOfReach


def _done(
    verb: str, unit_id: int, actor: Actor, at: datetime, *, reason: str = "", **detail: object
) -> None:
    queries.forget()
    audit.record(
        actor=actor, verb=verb, subject=f"unit:{unit_id}", at=at, detail=detail, reason=reason
    )
