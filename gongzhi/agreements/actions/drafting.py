"""Terms are written: every save is a version, and two people never write over each other unseen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.agreements import queries, rules
from gongzhi.agreements.actions.reaching import must_be, reach
from gongzhi.agreements.capabilities import Can
from gongzhi.agreements.models import Agreement, Version
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Refused
from gongzhi.base.turns import take_turns
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters

EDITING = timedelta(minutes=3)  # without a sign of life, nobody is thought to be writing any more
WRITABLE = frozenset({"mediating", "to_sign"})


class Outdated(Refused):
    """Somebody else saved meanwhile; carries what they changed. Nothing of either is lost."""

    def __init__(self, newest: Version, changed: list[rules.Change]) -> None:
        super().__init__(
            _("{name} has saved version {number} while you were writing. Below is what they changed; what you wrote is still here.").format(
                name=newest.by_name, number=newest.number
            )
        )  # fmt: skip
        self.newest, self.changed = newest, changed


@transaction.atomic
def save(
    *, matter_id: int, terms: Mapping[str, Any], base: int, actor: Actor, at: datetime
) -> Version:
    """
    Keep the terms as the next version; the same terms again make none.

    `base` is the version the writer began with. Outdated tells what somebody else saved since.
    """
    standing = reach(matter_id, actor, Can.DRAFT, at=at)
    if standing.state not in WRITABLE:
        raise Refused(_("An agreement is written while the dispute is in mediation."))
    row = writable(matter_id, at=at)
    must_be(row, Agreement.State.DRAFT)
    written = rules.Terms.of(terms)
    newest = Version.objects.filter(agreement=row, number=row.version).first()
    if newest is not None and queries.terms_of(newest) == written:
        return newest
    if newest is not None and row.version != base:
        raise Outdated(newest, _changed_since(row, base, newest))
    return write(row, written, base=base, actor=actor, at=at)


def write(
    row: Agreement, written: rules.Terms, *, base: int, actor: Actor, at: datetime
) -> Version:
    """Add the next version of a locked agreement."""
    kept = Version.objects.create(
        agreement=row, number=row.version + 1, base=base, by=actor.id, by_name=actor.name, at=at,
        terms=json.dumps(written.plain(), ensure_ascii=False, sort_keys=True, default=str),
    )  # fmt: skip
    row.version, row.is_partial, row.total = kept.number, written.is_partial, written.total
    row.editing_by, row.editing_name, row.editing_at = 0, "", None
    row.save(update_fields=["version", "is_partial", "total", "editing_by", "editing_name", "editing_at"])  # fmt: skip
    audit.record(actor=actor, verb="agreements.save", subject=f"matter:{row.pk}", at=at, detail={"version": kept.number})  # fmt: skip
    return kept


def _changed_since(row: Agreement, base: int, newest: Version) -> list[rules.Change]:
    begun = queries.terms_of(queries.version_of(row, base)) if base else rules.Terms()
    return rules.changes(begun, queries.terms_of(newest))


def writable(matter_id: int, *, at: datetime) -> Agreement:
    """Return the agreement of the dispute, locked; the first call makes it."""
    standing, dispute = matters.standing(matter_id), disputes.dispute(matter_id)
    on = timezone.localdate(at)
    unit_ids = accounts.unit(dispute.body.unit_id).ancestors if dispute.body else []
    Agreement.objects.get_or_create(
        matter_id=standing.id,
        defaults={
            "matter_number": standing.number, "kind_name": disputes.kind_at(dispute.kind_code, on=on).name,
            "body_id": dispute.body_id or 0, "area_path": standing.area_path, "unit_ids": list(unit_ids), "opened_at": at,
        },
    )  # fmt: skip
    return Agreement.objects.select_for_update().get(pk=standing.id)


@transaction.atomic
def draft_offer(
    *, matter_id: int, terms: Sequence[Mapping[str, Any]], by_name: str, at: datetime
) -> Version | None:
    """
    Put what every side said yes to into the draft: its obligations stand in place of those written so far.

    The versions before stay. None when it was put in already, or when nothing is to be written any more.
    """
    if matters.standing(matter_id).state not in WRITABLE:
        return None
    row, on = writable(matter_id, at=at), timezone.localdate(at)
    accepted = tuple(rules.obligation_of_offer(one) for one in terms)
    if row.state != Agreement.State.DRAFT or not accepted or _holds(row, accepted):
        return None
    begun = queries.current_terms(row) if row.version else queries.first_terms(matter_id, on=on)
    written = replace(begun, obligations=accepted)
    return write(row, written, base=row.version, actor=system(by_name), at=at)


def _holds(row: Agreement, accepted: tuple[rules.Obligation, ...]) -> bool:
    known = (queries.terms_of(one) for one in row.versions.order_by("-number"))
    return any(one.obligations == accepted for one in known)


@transaction.atomic
def restore(*, matter_id: int, number: int, actor: Actor, at: datetime) -> Version:
    """Make an older version the newest again; those between stay in the list."""
    reach(matter_id, actor, Can.DRAFT, at=at)
    row = Agreement.objects.get(pk=matter_id)
    old = queries.terms_of(queries.version_of(row, number))
    return save(matter_id=matter_id, terms=old.plain(), base=row.version, actor=actor, at=at)


def announce_editing(*, matter_id: int, actor: Actor, at: datetime) -> str:
    """Say that the actor is writing; return who else is, or "". A wish to tell, not a lock: a lock would be forgotten."""
    row = queries.agreement_of(matter_id)
    if row is None:
        return ""
    is_fresh = row.editing_at is not None and at - row.editing_at < EDITING
    if is_fresh and row.editing_by != actor.id:
        return row.editing_name
    Agreement.objects.filter(pk=matter_id).update(
        editing_by=actor.id, editing_name=actor.name, editing_at=at
    )
    return ""


def give_number(row: Agreement, at: datetime) -> None:
    """Give the next number of the body in the year; a text that is offered again keeps its own."""
    if row.serial is not None:
        return
    year = timezone.localdate(at).year
    body = disputes.dispute(row.pk).body
    take_turns("agreements", row.body_id, year)  # two offers of one body at the same moment
    same = Agreement.objects.filter(body_id=row.body_id, year=year)
    row.year, row.serial = year, (same.aggregate(last=Max("serial"))["last"] or 0) + 1
    row.number = f"〔{year}〕{body.name if body else ''}人调字第{row.serial:04d}号"[-80:]
