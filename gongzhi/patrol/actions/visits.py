"""An officer was there: what was said is kept once, and everything that follows from it is set in motion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.patrol import rules
from gongzhi.patrol.actions.samples import compare_recheck
from gongzhi.patrol.actions.telling import tell_station
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.events import VisitRecorded
from gongzhi.patrol.models import CheckList, Due, Finding, Line, Task, Visit
from gongzhi.patrol.queries.lists import norm
from gongzhi.patrol.rules.visits import Next, Result
from gongzhi.places import actions as place_actions
from gongzhi.places import queries as places

LONGEST_NOTE: Final = 500
MOST_RESULTS: Final = 100


@dataclass(frozen=True)
class VisitSaid:
    """What an officer says about a visit; `premises` and `list` are codes, `list_version` the one it began with."""

    premises: str
    list: str
    list_version: int
    outcome: str
    results: Sequence[Result] = ()
    note: str = ""
    task: int | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True)
class Recorded:
    """What the officer hears back."""

    id: int
    premises: str
    next_on: date | None
    revisit_on: date | None
    is_new: bool


def record_visit(*, visit: VisitSaid, actor: Actor, at: datetime, key: str) -> Recorded:
    """
    Keep a visit and its results; close the tasks it fulfils, set the next ones.

    The same key gives the same visit again. OutOfReach when the premises are not in the actor's
    grids; Invalid with a sentence per field when what was said does not fit the list.
    """
    if known := _known(key, actor):
        return known
    try:
        with transaction.atomic():
            return _record(visit, actor, at, key)
    except IntegrityError:
        if known := _known(key, actor):
            return known
        raise


def _known(key: str, actor: Actor) -> Recorded | None:
    row = Visit.objects.select_related("premises").filter(key=key).first()
    if row is None:
        return None
    if row.user_id != actor.id:
        raise Refused(_("This record belongs to somebody else."))
    days = Finding.objects.filter(visit=row).values_list("revisit_on", flat=True)
    revisit_on = min((day for day in days if day), default=None)
    return Recorded(row.pk, row.premises.code, row.next_on, revisit_on, is_new=False)


def _record(said: VisitSaid, actor: Actor, at: datetime, key: str) -> Recorded:
    on = timezone.localtime(at).date()
    premises = _premises(said, actor)
    checklist, lines = _list_of(said, premises.kind)
    _check(said, lines)
    due = Due.objects.select_for_update().filter(premises=premises, group=checklist.group).first()
    task = _task(said, premises.pk, checklist.group, actor, on)
    kind = task.kind if task else Task.Kind.PATROL
    follows = _follows(said, due, lines, on, premises.area_path)
    row = Visit.objects.create(
        key=key, premises=premises, user_id=actor.id, on_behalf_of=actor.on_behalf_of, task=task,
        list=checklist, at=at, on=on, lon=said.lon, lat=said.lat, accuracy_m=said.accuracy_m,
        outcome=said.outcome, kind=kind, premises_kind=premises.kind, line_count=len(said.results),
        fail_count=sum(result.verdict == "fail" for result in said.results),
        verdicts={str(result.n): result.verdict for result in said.results},
        note=said.note.strip()[:LONGEST_NOTE], next_on=follows.next_on, area_path=premises.area_path,
    )  # fmt: skip
    _keep_findings(row, said, lines)
    if kind == Task.Kind.SAMPLE:
        _close([task] if task else [], at)
        compare_recheck(visit=row, actor=actor, at=at)
    _set_in_motion(row, due, follows, at)
    if said.outcome == Visit.Outcome.GONE:
        place_actions.correct_premises(
            code=premises.code, changes={"status": (None, "closed")}, base_changed_at=at,
            capability=Can.VISIT, actor=actor, at=at,
        )  # fmt: skip
    if follows.tells_station:
        tell_station(visit=row, count=follows.nobody_count, at=at)
    audit.record(actor=actor, verb="patrol.visit", subject=f"premises:{premises.code}", at=at)
    bus.publish(
        VisitRecorded(
            row.pk,
            premises.code,
            premises.area_path,
            actor.id,
            row.outcome,
            row.fail_count,
            row.next_on,
            at,
        )
    )
    return Recorded(row.pk, premises.code, follows.next_on, follows.revisit_on, is_new=True)


def _premises(said: VisitSaid, actor: Actor) -> Any:
    """Return premises of the actor's grids, or of a task somebody gave the actor elsewhere (a re-check by lot)."""
    row = places.premises_in_reach(actor, Can.VISIT).filter(code=said.premises).first()
    if row is None and said.task and actor.can(Can.VISIT):
        people = [person for person in (actor.id, actor.on_behalf_of) if person]
        given = Task.objects.filter(pk=said.task, user__in=people, premises__code=said.premises)
        row = next((task.premises for task in given.select_related("premises")), None)
    if row is None:
        raise OutOfReach
    return row


def _list_of(said: VisitSaid, kind: int) -> tuple[CheckList, dict[int, Line]]:
    checklist = CheckList.objects.filter(code=said.list, version=said.list_version).first()
    if checklist is None:
        raise Invalid({"list": _("There is no such version of this check-list.")})
    if checklist.kind != kind:
        raise Invalid(
            {"list": _("“{list}” is not for premises of this kind.").format(list=checklist.name)}
        )
    return checklist, {line.n: line for line in Line.objects.filter(list=checklist).order_by("n")}


def _check(said: VisitSaid, lines: Mapping[int, Line]) -> None:
    problems: dict[str, str] = {}
    if said.outcome not in rules.visits.OUTCOMES:
        problems["outcome"] = _("Say how the visit went.")
    elif said.outcome != Visit.Outcome.VISITED and said.results:
        problems["results"] = _("A visit that did not take place has no results.")
    elif said.outcome == Visit.Outcome.VISITED:
        problems |= _flaws_in_results(said.results, lines)
    if (said.lon is None) != (said.lat is None):
        problems["place"] = _("The position is not whole.")
    elif said.lon is not None and not (-180 <= said.lon <= 180 and -90 <= (said.lat or 0) <= 90):
        problems["place"] = _("This is no position on earth.")
    if problems:
        raise Invalid(problems)


def _flaws_in_results(results: Sequence[Result], lines: Mapping[int, Line]) -> dict[str, str]:
    numbers = [result.n for result in results]
    if len(results) > MOST_RESULTS or set(numbers) - set(lines) or len(set(numbers)) < len(numbers):
        return {"results": _("The results do not fit this version of the list.")}
    if any(result.verdict not in rules.visits.VERDICTS for result in results):
        return {"results": _("A line is as it should be, not as it should be, or does not apply.")}
    if missing := rules.visits.missing_lines(lines.values(), results):
        words = _("Lines without an answer: {lines}.")
        return {"results": words.format(lines="、".join(map(str, missing)))}
    return {}


def _task(said: VisitSaid, premises_id: int, group: str, actor: Actor, on: date) -> Task | None:
    """Return the task the visit fulfils: the one named, else the open one of the premises."""
    rows = Task.objects.select_for_update().filter(premises=premises_id, group=group)
    if said.task is not None:
        named = rows.filter(pk=said.task).first()
        if (
            named
            and named.kind == Task.Kind.SAMPLE
            and named.user_id not in {actor.id, actor.on_behalf_of}
        ):
            raise Refused(_("This re-check was drawn for another officer."))
        if named:
            return named
    ordinary = rows.filter(state=Task.State.OPEN, planned_on__lte=on).exclude(kind=Task.Kind.SAMPLE)
    return ordinary.order_by("-kind", "due_on").first()


def _follows(
    said: VisitSaid, due: Due | None, lines: Mapping[int, Line], on: date, area_path: str
) -> Next:
    return rules.visits.what_follows(
        outcome=said.outcome,
        on=on,
        days=due.days if due else None,
        revisit_on=rules.visits.earliest_revisit(lines, said.results, on=on),
        nobody_before=due.nobody_count if due else 0,
        retry_days=norm("retry_days", on=on, area_path=area_path),
        nobody_times=norm("nobody_times", on=on, area_path=area_path),
    )


def _keep_findings(row: Visit, said: VisitSaid, lines: Mapping[int, Line]) -> None:
    Finding.objects.bulk_create(
        Finding(
            visit=row, n=result.n, item_code=lines[result.n].item_code,
            note=result.note.strip()[:LONGEST_NOTE], matter_key=result.matter_key[:64],
            revisit_on=None if result.fixed else rules.visits.revisit_day(lines[result.n], on=row.on),
        )
        for result in said.results
        if result.verdict == "fail"
    )  # fmt: skip


def _set_in_motion(row: Visit, due: Due | None, follows: Next, at: datetime) -> None:
    """Close what is fulfilled, put off what is not, and set the day of the next visit."""
    group = row.list.group
    tasks = Task.objects.filter(premises=row.premises_id, group=group, state=Task.State.OPEN)
    ordinary = list(tasks.exclude(kind=Task.Kind.SAMPLE).filter(planned_on__lte=row.on))
    if row.outcome == Visit.Outcome.VISITED:
        _close(ordinary, at)
    elif row.outcome == Visit.Outcome.GONE:
        tasks.update(state=Task.State.DROPPED, done_at=at)
    else:
        ids = [task.pk for task in ordinary]
        Task.objects.filter(pk__in=ids).update(planned_on=follows.due_on)
    if follows.revisit_on:
        _revisit(row, follows.revisit_on)
    if due is None:
        return
    if row.outcome == Visit.Outcome.GONE:
        due.delete()
    elif row.outcome != Visit.Outcome.VISITED:
        due.nobody_count = follows.nobody_count
        due.save(update_fields=["nobody_count"])
    elif due.last_on is None or due.last_on <= row.on:  # a late record never undoes a later one
        due.last_on, due.due_on, due.nobody_count = row.on, follows.due_on or due.due_on, 0
        due.save(update_fields=["last_on", "due_on", "nobody_count"])


def _close(tasks: Sequence[Task], at: datetime) -> None:
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(
        state=Task.State.DONE, done_at=at
    )


def _revisit(row: Visit, revisit_on: date) -> None:
    values: dict[str, Any] = {
        "user_id": row.user_id, "due_on": revisit_on, "planned_on": revisit_on,
        "first_on": revisit_on, "list_code": row.list.code, "area_path": row.area_path,
        "why": f"failed {row.fail_count} {row.on.isoformat()}",
    }  # fmt: skip
    open_one = Task.objects.filter(
        premises=row.premises_id,
        group=row.list.group,
        kind=Task.Kind.REVISIT,
        state=Task.State.OPEN,
    )
    if not open_one.update(**values):
        Task.objects.create(
            premises_id=row.premises_id, group=row.list.group, kind=Task.Kind.REVISIT, **values
        )
