"""Mediators within reach: the roster, one office with its record, what somebody sees of themself."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.mediators import rules
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.models import Absence, Application, Conduct, GradeStep, Mediator, Training
from gongzhi.mediators.queries.choosing import days_of, words_of
from gongzhi.mediators.queries.defined import (
    Ground,
    Norm,
    fields,
    grades,
    grounds,
    languages,
    training_norm,
    warn_days,
)
from gongzhi.places import queries as places

WEEKS = 6  # shown of a mediator's days
BOXES: dict[str, Any] = {
    "here": gettext_lazy("In office"),
    "term": gettext_lazy("Term ends or is over"),
    "untrained": gettext_lazy("Training short of the norm"),
    "left": pgettext_lazy("office", "Left"),
}
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "name": (pgettext_lazy("person", "Name"), ("name", "id")),
    "newest": (gettext_lazy("Entered last"), ("-id",)),
}


@dataclass(frozen=True)
class MediatorFilter:
    box: str = "here"
    text: str = ""
    employment: str = ""
    field: str = ""
    language: str = ""
    grade: str = ""
    area: str = ""
    body: int | None = None
    sort: str = "name"


@dataclass(frozen=True)
class MediatorRow:
    mediator: Mediator
    place: str
    expertise: str
    languages: str
    grade: str
    hours: Decimal  # of training in the year
    norm: Decimal  # hours asked of this employment; 0: none
    is_away: bool

    @property
    def is_short(self) -> bool:
        return self.hours < self.norm


def visible_mediators(actor: Actor) -> QuerySet[Mediator]:
    return Mediator.objects.within_reach_of(actor, Can.VIEW)


def mediators(actor: Actor, by: MediatorFilter, *, on: date) -> QuerySet[Mediator]:
    """Return the mediators a filter leaves, each with their body."""
    rows = visible_mediators(actor).select_related("body", "user")
    rows = _boxed(rows.filter(left_on__isnull=by.box != "left"), by.box, on)
    if by.text:
        rows = rows.filter(
            Q(name__icontains=by.text) | Q(code__istartswith=by.text) | Q(body__name__icontains=by.text)
        )  # fmt: skip
    narrowed = {
        "employment": by.employment, "expertise__contains": by.field and [by.field],
        "languages__contains": by.language and [by.language], "grade": by.grade, "area_path__startswith": by.area,
        "body_id": by.body,
    }  # fmt: skip
    return rows.filter(**{name: value for name, value in narrowed.items() if value})


def _boxed(rows: QuerySet[Mediator], box: str, on: date) -> QuerySet[Mediator]:
    if box == "term":
        return rows.filter(term_ends_on__lte=on + timedelta(days=warn_days("term")))
    if box == "untrained":
        return rows.exclude(pk__in=_trained(on))
    return rows


def _trained(on: date) -> QuerySet[Any, Any]:
    """Return the ids of those whose hours of the year reach what is asked of their employment."""
    enough = Q(pk__in=[])
    for employment in Mediator.Employment.values:
        norm = training_norm("yearly", employment, on=on)
        if norm is not None:
            enough |= Q(mediator__employment=employment, total__gte=norm.hours)
    sums = Training.objects.filter(on__year=on.year).order_by().values("mediator_id")
    return sums.annotate(total=Sum("hours")).filter(enough).values("mediator_id")


def mediators_page(
    actor: Actor, by: MediatorFilter, *, on: date, after: str = "", before: str = ""
) -> tuple[Page[Mediator], list[MediatorRow]]:
    page = page_of(mediators(actor, by, on=on), *SORTS[by.sort][1], after=after, before=before)
    hours = _hours([row.pk for row in page.rows], on)
    days = days_of(page.rows, since=on)
    return page, [
        _row(row, hours.get(row.pk, Decimal(0)), not days[row.pk].is_free(on), on)
        for row in page.rows
    ]


def _hours(ids: list[int], on: date) -> dict[int, Decimal]:
    sums = Training.objects.filter(mediator__in=ids, on__year=on.year).order_by()
    return dict(sums.values_list("mediator_id").annotate(total=Sum("hours")))


def _row(row: Mediator, hours: Decimal, is_away: object, on: date) -> MediatorRow:
    norm = training_norm("yearly", row.employment, on=on)
    return MediatorRow(
        row, places.full_name(row.area_path) if row.area_path else "", words_of(row.expertise, fields()),
        words_of(row.languages, languages()), grades().get(row.grade, row.grade), hours,
        norm.hours if norm else Decimal(0), bool(is_away),
    )  # fmt: skip


@dataclass(frozen=True)
class ConductRow:
    conduct: Conduct
    ground: Ground
    can_decide: bool
    can_answer: bool
    can_appeal: bool


@dataclass(frozen=True)
class MediatorDetail:
    row: MediatorRow
    trainings: list[Training]
    grades: list[tuple[GradeStep, str]]
    conducts: list[ConductRow]  # empty for whoever has no part in it
    absences: list[Absence]
    norm: Norm | None
    initial_norm: Norm | None
    has_initial: bool
    shows: frozenset[str]
    applications: list[Application]


def mediator_detail(actor: Actor, mediator_id: int, *, on: date) -> MediatorDetail:
    """Return one office with its record; conduct is shown to whoever judges or decides, and to the person."""
    row = visible_mediators(actor).select_related("body", "user").filter(pk=mediator_id).first()
    if row is None:
        raise OutOfReach
    may_judge = any(
        Mediator.objects.within_reach_of(actor, can).filter(pk=row.pk).exists()
        for can in (Can.JUDGE, Can.DECIDE)
    )
    return _detail(row, actor, on=on, may_judge=may_judge)


def own_detail(actor: Actor, mediator_id: int, *, on: date) -> MediatorDetail:
    """Return one's own office, with everything that is kept about it."""
    rows = Mediator.objects.filter(pk=mediator_id, user_id=actor.id) if actor.id else Mediator.objects.none()  # fmt: skip
    row = rows.select_related("body", "user").first()
    if row is None:
        raise OutOfReach
    return _detail(row, actor, on=on, may_judge=False)


def own_offices(actor: Actor) -> list[Mediator]:
    """Return the offices one holds, and those one was removed from and may appeal about."""
    if not actor.id:
        return []
    return list(Mediator.objects.filter(user_id=actor.id).select_related("body").order_by("left_on", "id"))  # fmt: skip


def _detail(row: Mediator, actor: Actor, *, on: date, may_judge: object) -> MediatorDetail:
    is_own = bool(actor.id) and row.user_id == actor.id
    trainings = list(Training.objects.filter(mediator=row).order_by("-on", "-id")[:100])
    hours = sum((one.hours for one in trainings if one.on.year == on.year), Decimal(0))
    days = days_of([row], since=on)[row.pk]
    steps = GradeStep.objects.filter(mediator=row).order_by("-since")
    conducts = Conduct.objects.filter(mediator=row).order_by("-id") if is_own or may_judge else []
    if is_own and not may_judge:  # an open complaint is heard before anything is told
        conducts = [one for one in conducts if one.state != Conduct.State.OPEN or one.answered_at]
    return MediatorDetail(
        row=_row(row, hours, not days.is_free(on), on), trainings=trainings,
        grades=[(step, grades().get(step.grade, step.grade)) for step in steps],
        conducts=[_conduct(one, row, actor) for one in conducts],
        absences=list(Absence.objects.filter(mediator=row, ends_on__gte=on).order_by("starts_on")),
        norm=training_norm("yearly", row.employment, on=on), initial_norm=training_norm("initial", "", on=on),
        has_initial=any(one.kind == Training.Kind.INITIAL for one in trainings), shows=frozenset(row.shows),
        applications=list(Application.objects.filter(mediator=row).order_by("-id")[:5]),
    )  # fmt: skip


def _conduct(one: Conduct, row: Mediator, actor: Actor) -> ConductRow:
    decides = actor.can(Can.DECIDE)
    hands = {one.recorded_by, row.user_id}
    return ConductRow(
        one, grounds().get(one.ground, Ground(one.ground, one.ground, "")),
        can_decide=decides and one.state == Conduct.State.OPEN and actor.id not in hands,
        can_answer=decides and one.appealed_at is not None and one.answered_at is None
        and actor.id not in hands | {one.decided_by},
        can_appeal=row.user_id == actor.id and one.appeal_until is not None and one.appealed_at is None,
    )  # fmt: skip


def weeks_ahead(row: Mediator, *, on: date) -> list[tuple[date, bool]]:
    """Return the days of this week and the next five, and whether sessions can be held on each."""
    begin = on - timedelta(days=on.weekday())
    days: rules.Days = days_of([row], since=begin)[row.pk]
    return [
        (day, days.is_free(day)) for n in range(WEEKS * 7) for day in [begin + timedelta(days=n)]
    ]


def applications(actor: Actor, *, box: str = "open") -> QuerySet[Application]:
    """Return applications for studios within reach, newest first."""
    states = ("handed_in", "seen") if box == "open" else ("approved", "refused", "withdrawn")
    rows = Application.objects.within_reach_of(actor, Can.VIEW).filter(state__in=states)
    return rows.select_related("mediator", "mediator__body", "studio")


def applications_page(actor: Actor, *, box: str, after: str = "", before: str = "") -> Page[Application]:  # fmt: skip
    order = ("-handed_in_at", "-id")
    return page_of(applications(actor, box=box), *order, after=after, before=before)


def application(actor: Actor, application_id: int) -> Application:
    rows = Application.objects.within_reach_of(actor, Can.VIEW)
    found = rows.select_related("mediator", "mediator__body", "studio").filter(pk=application_id).first()  # fmt: skip
    if found is None:
        raise OutOfReach
    return found
