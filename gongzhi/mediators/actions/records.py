"""Training and grades."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.mediators.actions.reaching import locked_mediator, note
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import GradeStep, Mediator, Training
from gongzhi.mediators.queries.defined import grades

MOST = 500


@dataclass(frozen=True)
class Course:
    kind: str
    on: date
    hours: Decimal
    subject: str
    organiser: str = ""


@transaction.atomic
def record_training(*, mediator_ids: Sequence[int], course: Course, actor: Actor, at: datetime) -> int:  # fmt: skip
    """Enter one course for everybody who attended; entered twice it counts once. Return how many are new."""
    problems = {}
    if course.on > timezone.localtime(at).date():
        problems["on"] = _("This day is still to come.")
    if not 0 < course.hours <= 200:
        problems["hours"] = _("Between half an hour and 200 hours.")
    if len(course.subject.strip()) < 2:
        problems["subject"] = _("Name the subject.")
    if problems:
        raise Invalid(problems)
    ids = list(dict.fromkeys(mediator_ids))[:MOST]
    rows = list(Mediator.objects.within_reach_of(actor, Can.KEEP).filter(pk__in=ids))
    if not rows or len(rows) != len(ids):
        raise OutOfReach
    known = set(
        Training.objects.filter(mediator__in=ids, on=course.on, subject=course.subject.strip())
        .values_list("mediator_id", flat=True)
    )  # fmt: skip
    fresh = [row for row in rows if row.pk not in known]
    Training.objects.bulk_create(
        [
            Training(
                mediator=row, kind=course.kind, on=course.on, hours=course.hours, subject=course.subject.strip(),
                organiser=course.organiser.strip(), recorded_at=at, recorded_by_name=actor.name[:150],
            )
            for row in fresh
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    for row in fresh:
        note("record_training", row, actor, at, subject=course.subject, hours=str(course.hours))
    return len(fresh)


@transaction.atomic
def give_grade(*, mediator_id: int, grade: str, since: date, source: str, actor: Actor, at: datetime) -> GradeStep:  # fmt: skip
    """Give a grade from a day on, by a paper; the newest counts, older ones stay to be read."""
    row = locked_mediator(mediator_id, actor, Can.DECIDE)
    problems = {}
    if grade not in grades():
        problems["grade"] = _("Choose one of the list.")
    if since > timezone.localtime(at).date():
        problems["since"] = _("This day is still to come.")
    if len(source.strip()) < 2:
        problems["source"] = _("Name the paper that gives the grade.")
    if GradeStep.objects.filter(mediator=row, since=since).exists():
        problems["since"] = _("A grade was given on this day already.")
    if problems:
        raise Invalid(problems)
    step = GradeStep.objects.create(
        mediator=row, grade=grade, since=since, source=source.strip()[:200], given_at=at, given_by_name=actor.name[:150]
    )  # fmt: skip
    newest = GradeStep.objects.filter(mediator=row).order_by("since").last()
    row.grade = newest.grade if newest else grade
    row.save(update_fields=["grade"])
    note("give_grade", row, actor, at, reason=source, grade=grade, since=str(since))
    return step
