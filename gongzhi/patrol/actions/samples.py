"""Sample re-checks: publish what is drawn from, draw with the seed, compare, close."""

import secrets
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.models import Sample, SampleItem, Task, Visit
from gongzhi.patrol.queries.work import officers
from gongzhi.patrol.rules import sampling

LARGEST_POPULATION: Final = 500_000
LARGEST_SAMPLE: Final = 2000


@transaction.atomic
def publish_sample(
    *,
    name: str,
    since: date,
    until: date,
    size: int,
    due_on: date,
    actor: Actor,
    at: datetime,
    area_path: str = "",
    premises_kind: int | None = None,
) -> Sample:
    """
    Freeze what is drawn from and publish the mark that binds the seed; nothing is drawn yet.

    The population: visits that took place in the days (both included), area and kind; the officers
    who patrol there today.
    """
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(Can.SAMPLE)):
        raise OutOfReach
    _check(name, (since, until), size=size, due_on=due_on, on=timezone.localdate(at))
    visits = Visit.objects.filter(
        area_path__startswith=area_path, on__range=(since, until), outcome=Visit.Outcome.VISITED
    ).exclude(kind=Task.Kind.SAMPLE)
    if premises_kind:
        visits = visits.filter(premises_kind=premises_kind)
    ids = sorted(visits.values_list("pk", flat=True)[: LARGEST_POPULATION + 1])
    people = sorted(
        {
            one.user_id
            for one in officers(on=timezone.localdate(at), area_path=area_path)
            if one.area_path
        }
    )
    _check_population(ids, people, size)
    mark, seed = sampling.population_mark(ids, people), secrets.token_hex(32)
    row = Sample.objects.create(
        name=name.strip(), area_path=area_path, premises_kind=premises_kind, since=since, until=until,
        size=size, due_on=due_on, visit_ids=ids, officer_ids=people, population_hash=mark, seed=seed,
        commitment=sampling.commitment(seed, mark), made_by=actor.id, made_by_name=actor.name,
        published_at=at,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="patrol.publish_sample", subject=f"sample:{row.pk}", at=at,
        detail={"population": mark, "commitment": row.commitment, "size": size},
    )  # fmt: skip
    return row


def _check(name: str, days: tuple[date, date], *, size: int, due_on: date, on: date) -> None:
    problems: dict[str, str] = {}
    if not name.strip():
        problems["name"] = _("Give the sample a name.")
    if days[1] < days[0]:
        problems["until"] = _("The last day is before the first.")
    if not 1 <= size <= LARGEST_SAMPLE:
        problems["size"] = _("Between 1 and {most} visits.").format(most=LARGEST_SAMPLE)
    if due_on < on:
        problems["due_on"] = _("This day is over.")
    if problems:
        raise Invalid(problems)


def _check_population(ids: list[int], people: list[int], size: int) -> None:
    if len(ids) > LARGEST_POPULATION:
        raise Invalid(
            {"since": _("These are too many visits; choose fewer days or a smaller area.")}
        )
    if len(ids) < size:
        words = _("Only {count} visits took place there in these days.")
        raise Invalid({"size": words.format(count=len(ids))})
    if len(people) < 2:
        raise Invalid(
            {"area": _("At least two officers must patrol there: nobody re-checks the own visits.")}
        )


@transaction.atomic
def draw_sample(*, sample_id: int, actor: Actor, at: datetime) -> Sample:
    """Open the seed and draw: each visit becomes a task of an officer who did not make it."""
    row = _reachable(sample_id, actor)
    if row.state != Sample.State.PUBLISHED:
        raise Refused(_("This sample is already drawn."))
    if at <= row.published_at:
        raise Refused(_("A sample is drawn after it was published."))
    made_by = dict(Visit.objects.filter(pk__in=row.visit_ids).values_list("pk", "user_id"))
    drawn = sampling.draw(
        seed=row.seed, made_by=made_by, officer_ids=row.officer_ids, size=row.size
    )
    visits = Visit.objects.select_related("list").in_bulk([one.visit_id for one in drawn])
    for position, one in enumerate(drawn, 1):
        visit = visits[one.visit_id]
        SampleItem.objects.create(
            sample=row, position=position, visit=visit, officer_id=one.officer_id,
            task=_task(row, visit, one.officer_id, at),
        )  # fmt: skip
    row.state, row.drawn_at = Sample.State.DRAWN, at
    row.save(update_fields=["state", "drawn_at"])
    audit.record(
        actor=actor, verb="patrol.draw_sample", subject=f"sample:{row.pk}", at=at,
        detail={"seed": row.seed, "drawn": len(drawn)},
    )  # fmt: skip
    return row


def _task(row: Sample, visit: Visit, officer_id: int, at: datetime) -> Task:
    """Make the re-check's task; premises drawn twice are checked again once, by the first officer."""
    open_one = Task.objects.filter(
        premises=visit.premises_id,
        group=visit.list.group,
        kind=Task.Kind.SAMPLE,
        state=Task.State.OPEN,
    ).first()
    return open_one or Task.objects.create(
        premises_id=visit.premises_id, user_id=officer_id, due_on=row.due_on, planned_on=timezone.localdate(at),
        first_on=timezone.localdate(at), kind=Task.Kind.SAMPLE, group=visit.list.group, list_code=visit.list.code,
        area_path=visit.area_path, why=f"sample {row.name}",
    )  # fmt: skip


def compare_recheck(*, visit: Visit, actor: Actor, at: datetime) -> None:
    """
    Set a re-check beside the visit it checks, inside the transaction that records it.

    One task may stand for several visits of the same premises. The officer's own among them stays
    without a re-check; Refused when there is no other.
    """
    items = SampleItem.objects.select_for_update(of=("self",)).select_related("visit__list")
    waiting = list(items.filter(task=visit.task_id, recheck__isnull=True))
    others = [item for item in waiting if item.visit.user_id != actor.id]
    if waiting and not others:
        raise Refused(_("Nobody re-checks the own visit."))
    for item in others:
        item.recheck = visit
        if visit.outcome == Visit.Outcome.VISITED:
            item.differences = _compared(item.visit, visit)
            item.agrees = not item.differences
        item.save(update_fields=["recheck", "agrees", "differences"])
        audit.record(
            actor=actor, verb="patrol.recheck", subject=f"sample:{item.sample_id}", at=at,
            detail={"visit": item.visit_id, "agrees": item.agrees},
        )  # fmt: skip


def _compared(before: Visit, now: Visit) -> list[dict[str, str | int]]:
    """Compare line by line; by the items the lines stand for where the list has a new version meanwhile."""
    if before.list_id == now.list_id:
        return sampling.differences(before.verdicts, now.verdicts)
    shared = set(before.verdicts) & set(now.verdicts)
    return sampling.differences(
        {n: before.verdicts[n] for n in shared}, {n: now.verdicts[n] for n in shared}
    )


@transaction.atomic
def close_sample(*, sample_id: int, actor: Actor, at: datetime) -> Sample:
    """Close a drawn sample; re-checks that were not made stay visible as missing."""
    row = _reachable(sample_id, actor)
    if row.state != Sample.State.DRAWN:
        raise Refused(_("Only a drawn sample can be closed."))
    missing = SampleItem.objects.filter(sample=row, recheck__isnull=True).values("task")
    Task.objects.filter(pk__in=missing, state=Task.State.OPEN).update(
        state=Task.State.DROPPED, done_at=at
    )
    row.state, row.closed_at = Sample.State.CLOSED, at
    row.save(update_fields=["state", "closed_at"])
    audit.record(actor=actor, verb="patrol.close_sample", subject=f"sample:{row.pk}", at=at)
    return row


def _reachable(sample_id: int, actor: Actor) -> Sample:
    rows = Sample.objects.within_reach_of(actor, Can.SAMPLE).select_for_update(of=("self",))
    row = rows.filter(pk=sample_id).first()
    if row is None:
        raise OutOfReach
    return row
