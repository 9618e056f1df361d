"""Named owners 领导包案: name, record progress, hand on, settle with evidence."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as register
from gongzhi.oversight import queries, rules
from gongzhi.oversight.actions.ledger import write
from gongzhi.oversight.actions.telling import tell_owner
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.lifecycle import Deed, OwnerState
from gongzhi.oversight.models import Ownership, Record

OWNER = Record.Subject.OWNER
LONGEST = 5000


@transaction.atomic
def name_owner(
    *, matter_number: str, owner_id: int, reason: str, next_on: date | None = None, actor: Actor, at: datetime
) -> Ownership:  # fmt: skip
    """Name an official who owns a long-pending matter until it is settled; one at a time."""
    if not actor.can(Can.NAME_OWNER):
        raise OutOfReach
    standing = _matter(matter_number, actor)
    on = timezone.localdate(at)
    if len(reason.strip()) < 2:
        raise Invalid({"reason": _("Say why this matter needs an owner.")})
    role = _role(owner_id, standing, on, at)
    days = queries.norm("owner.step_days", on=on)
    stage = queries.stages(on=on)[0][0]
    try:
        with transaction.atomic():
            owned = Ownership.objects.create(
                matter_id=standing.id, matter_number=standing.number, title=standing.title, reported_at=standing.reported_at,
                owner_id=owner_id, owner_name=accounts.names([owner_id])[owner_id][:80], owner_role=role[:120],
                reason=reason.strip()[:LONGEST], stage=stage, next_on=_next(next_on, on) or on + timedelta(days=days),
                area_path=standing.area_path, unit_ids=_units(standing), named_at=at, named_by_name=actor.name[:80],
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("This matter has an owner already; hand it on instead.")) from None
    write(OWNER, owned.pk, Deed.NAME, actor=actor, at=at, note=owned.reason, matter_id=standing.id)
    tell_owner(owned, "owner_named", [owner_id], at=at, by=actor.name, reason=owned.reason)
    return owned


def _matter(matter_number: str, actor: Actor) -> register.Standing:
    found = register.ids_by_number([register.whole_number(matter_number)], actor)
    matter_id = next(iter(found.values()), None)
    if matter_id is None:
        raise Invalid({"matter_number": _("There is no such matter within your reach.")})
    standing = register.standing(matter_id)
    if not standing.is_open:
        raise Refused(_("The matter is over; it needs no owner."))
    return standing


def _role(owner_id: int, standing: register.Standing, on: date, at: datetime) -> str:
    """Return what the official is on this day; Invalid when they cannot own this matter."""
    if owner_id not in dict(queries.may_be_named(standing.area_path, on=on)):
        raise Invalid({"owner": _("Choose an official whose posting covers the place.")})
    if not register.ids_by_number([standing.number], accounts.actor_for(owner_id, at)):
        raise Invalid({"owner": _("This official cannot open the matter; choose another.")})
    return queries.posting_words(accounts.postings_by_user([owner_id], on=on).get(owner_id, ()))


def _units(standing: register.Standing) -> list[int]:
    if standing.owing_unit_id is None:
        return []
    return list(accounts.unit(standing.owing_unit_id).ancestors)


def _next(next_on: date | None, on: date) -> date | None:
    if next_on is not None and next_on <= on:
        raise Invalid({"next_on": _("Choose a day after today.")})
    return next_on


@transaction.atomic
def advance(
    *, owned_id: int, stage: str, note: str, next_on: date, actor: Actor, at: datetime
) -> Ownership:
    """Record what the owner did and when the next step is due; owners record their own."""
    owned = _locked(owned_id, actor)
    on = timezone.localdate(at)
    if stage not in dict(queries.stages(on=on)):
        raise Invalid({"stage": _("Choose a stage.")})
    if len(note.strip()) < 2:
        raise Invalid({"note": _("Say what was done.")})
    owned.stage, owned.next_on = stage, _next(next_on, on) or next_on
    owned.save(update_fields=["stage", "next_on"])
    words = f"{queries.stage_name(stage)}：{note.strip()[:LONGEST]}"
    write(OWNER, owned.pk, Deed.ADVANCE, actor=actor, at=at, note=words, matter_id=owned.matter_id)
    return owned


@transaction.atomic
def hand_on(*, owned_id: int, owner_id: int, reason: str, actor: Actor, at: datetime) -> Ownership:
    """Name another owner; what the first one did stays in the ledger."""
    owned = _locked(owned_id, actor)
    if not actor.can(Can.NAME_OWNER):
        raise OutOfReach
    if owner_id == owned.owner_id:
        raise Invalid({"owner": _("This official owns it already.")})
    owned.state, owned.ended_at = OwnerState.RELEASED, at
    owned.save(update_fields=["state", "ended_at"])
    write(OWNER, owned.pk, Deed.HAND_ON, actor=actor, at=at, note=reason, matter_id=owned.matter_id)
    return name_owner(
        matter_number=owned.matter_number, owner_id=owner_id, reason=reason, actor=actor, at=at
    )


@transaction.atomic
def settle(
    *, owned_id: int, settlement: str, evidence: str, files: Sequence[str], actor: Actor, at: datetime
) -> Ownership:  # fmt: skip
    """
    End an ownership with evidence that the matter is settled; a withdrawal is no settlement.

    Words and papers become a line of the matter's own file.
    """
    owned = _locked(owned_id, actor)
    on = timezone.localdate(at)
    problems: dict[str, str] = {}
    if settlement not in dict(queries.settlements(on=on)):
        problems["settlement"] = _("Choose how it was settled.")
    least = queries.norm("evidence.least", on=on)
    match rules.evidence_problem(evidence, file_count=len(files), least=least):
        case "text":
            problems["evidence"] = _("Say in at least {n} characters what was settled and how.").format(n=least)  # fmt: skip
        case "files":
            problems["uploads"] = _("Add the papers or photos that show the settlement.")
    if problems:
        raise Invalid(problems)
    words = f"{queries.settlement_name(settlement)}：{evidence.strip()[:LONGEST]}"
    matters.move(
        matter_id=owned.matter_id, move="note", values={"note": words, "uploads": list(files)}, actor=actor, at=at
    )  # fmt: skip
    owned.state, owned.ended_at = OwnerState.SETTLED, at
    owned.settlement, owned.evidence = settlement, evidence.strip()[:LONGEST]
    owned.save(update_fields=["state", "ended_at", "settlement", "evidence"])
    write(OWNER, owned.pk, Deed.SETTLE, actor=actor, at=at, note=words, matter_id=owned.matter_id)
    return owned


def _locked(owned_id: int, actor: Actor) -> Ownership:
    """Lock an ownership for its owner, or for somebody who names owners there."""
    owned = Ownership.objects.select_for_update(of=("self",)).filter(pk=owned_id).first()
    if owned is None:
        raise OutOfReach
    names = Ownership.objects.within_reach_of(actor, Can.NAME_OWNER).filter(pk=owned_id).exists()
    if not names and owned.owner_id not in {actor.id, actor.on_behalf_of}:
        raise OutOfReach
    if owned.state != OwnerState.ACTIVE:
        raise Refused(_("This matter is not owned any more: {state}.").format(state=owned.get_state_display()))  # fmt: skip
    return owned
