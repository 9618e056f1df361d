"""One dispute: its kind, its sides, its period."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.clocks import queries as clocks
from gongzhi.disputes.models import Dispute, DisputeKind, Party

if TYPE_CHECKING:
    from gongzhi.matters.models import Matter

PERIOD = "period"


def dispute(matter_id: int) -> Dispute:
    return Dispute.objects.select_related("body").get(pk=matter_id)


def referred_dispute(outside_numbers: Collection[str], *, source: str) -> Dispute | None:
    """Return the newest dispute a court or another office sent under one of these spellings of its number."""
    rows = Dispute.objects.select_related("matter").filter(
        matter__kind="dispute", matter__outside_number__in=outside_numbers, matter__source=source
    )
    return rows.order_by("-matter_id").first()


def kind_at(code: str, *, on: date) -> DisputeKind:
    """Return the row of the kind table in force on the day; DoesNotExist for an unknown code."""
    in_force = DisputeKind.objects.filter(code=code, valid_from__lte=on)
    return in_force.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).latest("version")


def kind_in_force(code: str, *, on: date) -> DisputeKind | None:
    """Return the row of the kind table in force on the day, or None."""
    try:
        return kind_at(code, on=on)
    except DisputeKind.DoesNotExist:
        return None


def kind_of(row: Dispute) -> DisputeKind:
    """Return the version of the kind this dispute was taken under."""
    return DisputeKind.objects.get(code=row.kind_code, version=row.kind_version)


def period_rule(matter_id: int) -> str:
    """Return the code of the time rule that limits the mediation of this dispute."""
    row = Dispute.objects.values_list("kind_code", "kind_version").get(pk=matter_id)
    found = DisputeKind.objects.filter(code=row[0], version=row[1])
    return found.values_list("period_rule", flat=True).get()


def first_period(matter_id: int, *, on: date) -> clocks.Start | None:
    """
    Return the clock of the whole mediation, to be started with the first appointment.

    A second appointment, after a withdrawal, starts none: the period runs on.
    """
    if any(row.name == PERIOD and row.stopped_at is None for row in clocks.clocks_of(matter_id)):
        return None
    rule = period_rule(matter_id)
    return clocks.Start(PERIOD, clocks.rule_limit(rule, on=on), rule=rule)


def period_left(matter_id: int, *, on: date) -> clocks.Limit | None:
    """
    Return what is left of the running period, in whole days; None when none runs.

    A mediation that goes on, after a draft was not signed or a mediator withdrew, has no new period.
    """
    running = clocks.running_of([matter_id], PERIOD).get(matter_id)
    if running is None:
        return None
    days = (timezone.localdate(running.due_at) - on).days
    limit = running.limit
    return clocks.Limit(
        max(days, 1), "day", "calendar", from_next_day=days > 0, ends_at=limit.ends_at,
        warn_percent=limit.warn_percent,
    )  # fmt: skip


def parties(matter_id: int) -> list[Party]:
    """Return who is a party now."""
    return list(Party.objects.filter(dispute_id=matter_id, left_at__isnull=True).order_by("seq"))


def all_parties(matter_id: int) -> list[Party]:
    """Return who is or was a party: of whom the file speaks."""
    return list(Party.objects.filter(dispute_id=matter_id).order_by("seq"))


def facts(matter: "Matter") -> list[tuple[Any, str]]:
    """Return what the matter's page shows of a dispute; names stay in the file."""
    row = dispute(matter.id)
    kind = kind_of(row)
    told = [(_("Kind of dispute"), kind.name), (_("How it begins"), str(row.get_basis_display()))]
    if row.body:
        told.append((_("Mediation body"), row.body.name))
    if row.outcome:
        told.append((_("Outcome"), str(row.get_outcome_display())))
    return told
