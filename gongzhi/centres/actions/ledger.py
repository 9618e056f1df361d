"""The ledger of major disputes: enter, name an owner, note what was done, ask units to help, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.centres import queries, rules
from gongzhi.centres.actions.reaching import locked
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import LedgerLine, Major, Registration
from gongzhi.matters import queries as matters

MOST_HELPERS = 20


@dataclass(frozen=True)
class _Place:
    """Whose ledger, how heavy, and why by the table."""

    level: int
    grade: str
    grounds: Sequence[str] = ()


def put_on_ledger(
    *, row: Registration, grading: rules.Grading, by_name: str, at: datetime
) -> Major:
    """Enter what the table of grades makes a major dispute; part of the registration's own transaction."""
    grounds = [one.code for one in grading.grounds]
    place = _Place(min(grading.level, 1), grading.grade, grounds)
    return _enter(row, place, by_name=by_name, at=at)


def follow_grade(*, row: Registration, grade: str, by_name: str, at: datetime) -> Major | None:
    """Enter what a person graded as major, unless it stands there already or is over."""
    if grade not in rules.LEDGER or not matters.standing(row.matter_id).is_open:
        return None
    if Major.objects.filter(matter_id=row.matter_id).exists():
        return None
    return _enter(row, _Place(0 if grade == "grave" else 1, grade), by_name=by_name, at=at)


def _enter(row: Registration, place: _Place, *, by_name: str, at: datetime) -> Major:
    area_path = row.matter.area_path
    unit = accounts.centre_for(area_path, place.level)
    major = Major.objects.create(
        matter_id=row.matter_id, level=place.level, grade=place.grade, grounds=list(place.grounds), area_path=area_path,
        unit_ids=list(unit.ancestors), stage="registered", entered_at=at, entered_by_name=by_name,
    )  # fmt: skip
    why = _why(place.grounds)
    words = _("Entered in the ledger: {why}").format(why=why) if why else _("Entered in the ledger")
    _write(major, "registered", words, by_name, at)
    return major


def _why(grounds: Sequence[str]) -> str:
    return "、".join(line["words"] for line in queries.grounds_words(list(grounds)))


def _write(major: Major, stage: str, words: str, by_name: str, at: datetime) -> None:
    LedgerLine.objects.create(major=major, at=at, by_name=by_name, stage=stage, words=words[:1000])


@transaction.atomic
def enter(*, number: str, grade: str, reason: str, level: int, actor: Actor, at: datetime) -> Major:
    """Enter a dispute by hand, with the reason; what is on the ledger already is refused."""
    if grade not in rules.LEDGER:
        raise Invalid({"grade": _("Only major and especially major disputes stand on the ledger.")})
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say why it is a major dispute.")})
    found = matters.ids_by_number([matters.whole_number(number) or number], actor)
    row = (
        Registration.objects.within_reach_of(actor, Can.LEDGER)
        .filter(matter_id__in=found.values())
        .first()
    )
    if row is None:
        raise Invalid({"number": _("No dispute of this number was taken in within your reach.")})
    try:
        with transaction.atomic():
            major = _enter(row, _Place(level, grade), by_name=actor.name, at=at)
    except IntegrityError:
        raise Refused(_("This dispute is on the ledger already.")) from None
    _write(major, "registered", reason.strip(), actor.name, at)
    audit.record(actor=actor, verb="centres.ledger", subject=f"matter:{row.matter_id}", at=at)
    return major


def _open(major_id: int, actor: Actor) -> Major:
    row = locked(Major, major_id, actor, Can.LEDGER)
    if row.ended_at is not None:
        raise Refused(_("This entry of the ledger is closed."))
    return row


@transaction.atomic
def name_owner(*, major_id: int, owner_id: int, actor: Actor, at: datetime) -> Major:
    """Name the official who owns it until it is settled 包案."""
    row = _open(major_id, actor)
    officials = dict(queries.may_own(row.area_path, at=at))
    if owner_id not in officials:
        raise Invalid({"owner_id": _("Choose an official whose posting covers the place.")})
    row.owner_id, row.owner_name = owner_id, officials[owner_id]
    row.save(update_fields=["owner", "owner_name"])
    _write(row, row.stage, _("Owner: {name}").format(name=row.owner_name), actor.name, at)
    audit.record(actor=actor, verb="centres.name_owner", subject=f"matter:{row.matter_id}", at=at)
    return row


@transaction.atomic
def advance(
    *, major_id: int, stage: str, words: str, next_step: str, next_on: date, actor: Actor, at: datetime
) -> Major:  # fmt: skip
    """Note what was done, where it stands, and what comes next until when."""
    row = _open(major_id, actor)
    line = queries.by_code("stages").get(stage)
    if line is None or line["is_end"] == "1":
        raise Invalid({"stage": _("Choose a stage.")})
    if len(words.strip()) < 2:
        raise Invalid({"words": _("Say what was done.")})
    if next_on < timezone.localdate(at):
        raise Invalid({"next_on": _("Choose today or a later day.")})
    row.stage, row.next_step, row.next_on = stage, next_step.strip()[:200], next_on
    row.save(update_fields=["stage", "next_step", "next_on"])
    _write(row, stage, words.strip(), actor.name, at)
    return row


@transaction.atomic
def help_with(*, major_id: int, unit_ids: Sequence[int], actor: Actor, at: datetime) -> Major:
    """Name the units that handle it together; each sees the entry from now on."""
    row = _open(major_id, actor)
    units = [accounts.unit(one) for one in dict.fromkeys(unit_ids)]
    if not units or len(units) > MOST_HELPERS:
        raise Invalid({"unit_ids": _("Choose between one and twenty units.")})
    row.helper_ids = [unit.id for unit in units]
    # Whose ledger it is and who helps now: a unit that helps no more reads it no more.
    own = accounts.centre_for(row.area_path, row.level).ancestors
    row.unit_ids = sorted({*own, *(above for unit in units for above in unit.ancestors)})
    row.stage = "joint"
    row.save(update_fields=["helper_ids", "unit_ids", "stage"])
    named = "、".join(unit.name for unit in units)
    _write(row, row.stage, _("Handled together with {units}").format(units=named), actor.name, at)
    audit.record(actor=actor, verb="centres.help_with", subject=f"matter:{row.matter_id}", at=at)
    return row


@transaction.atomic
def end(*, major_id: int, evidence: str, actor: Actor, at: datetime) -> Major:
    """Close an entry: only with evidence that it is settled, and when the dispute itself is over."""
    row = _open(major_id, actor)
    if len(evidence.strip()) < 5:
        raise Invalid({"evidence": _("Say what shows that it is settled: agreement, proof of performance, judgment.")})  # fmt: skip
    if matters.standing(row.matter_id).is_open:
        raise Refused(_("The dispute is still open; end or archive it first."))
    row.stage, row.ended_at, row.next_on, row.next_step = "closed", at, None, ""
    row.save(update_fields=["stage", "ended_at", "next_on", "next_step"])
    _write(row, "closed", evidence.strip(), actor.name, at)
    audit.record(actor=actor, verb="centres.ledger_end", subject=f"matter:{row.matter_id}", at=at)
    return row
