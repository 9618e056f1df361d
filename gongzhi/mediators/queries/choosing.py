"""Who may settle a dispute: bodies for its kind and place, mediators for it, oneself as a mediator."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid
from gongzhi.mediators import rules
from gongzhi.mediators.models import Absence, Body, Mediator
from gongzhi.mediators.queries.defined import fields, grades, languages


def body(body_id: int) -> Body | None:
    return Body.objects.filter(pk=body_id, is_active=True).first()


def body_kinds() -> list[tuple[str, str]]:
    """Return the kinds of bodies that can mediate, with their words."""
    return [(code, str(words)) for code, words in Body.Kind.choices]


def mediator(mediator_id: int) -> Mediator:
    """Return a mediator who is in office; Invalid when there is none."""
    found = Mediator.objects.filter(pk=mediator_id, left_on__isnull=True).first()
    if found is None:
        raise Invalid({"mediators": _("This mediator is not in office any more.")})
    return found


def mediators_of_user(user_id: int) -> list[Mediator]:
    """Return the offices a signed-in person holds as a mediator; most hold one."""
    if not user_id:
        return []
    rows = Mediator.objects.filter(user_id=user_id, left_on__isnull=True).select_related("body")
    return list(rows.order_by("id"))


def mediator_of_user(user_id: int) -> Mediator | None:
    return next(iter(mediators_of_user(user_id)), None)


def employments(ids: Iterable[int]) -> dict[int, str]:
    """Return how each of these is engaged, also those who have left."""
    return dict(Mediator.objects.filter(pk__in=list(ids)).values_list("id", "employment"))


def user_of(mediator_id: int) -> int:
    """Return whose account an office belongs to; 0 when it has none."""
    return Mediator.objects.values_list("user_id", flat=True).get(pk=mediator_id) or 0


@dataclass(frozen=True)
class BodyChoice:
    """A body a dispute can be given to, and why it is offered at this place of the list."""

    id: int
    name: str
    kind: str
    kind_words: str
    unit_id: int
    area_path: str
    phone: str
    is_specialist: bool  # at home in this kind of dispute
    why: str


def bodies_for(kind: str, area_path: str, *, body_kind: str = "") -> list[BodyChoice]:
    """
    Return the bodies that serve a place, best first: those for this kind of dispute, those of the kind the table names, then the nearest.

    `kind` is a code of the kind table ("labour.wages"), `body_kind` the kind of body it goes to first
    by that table. A body serves a place inside its area.
    """
    rows = Body.objects.filter(is_active=True, area_path__in=_around(area_path))
    ranked = sorted(rows, key=lambda row: _body_rank(row, kind, body_kind))
    return [_body_choice(row, kind, body_kind) for row in ranked]


def _around(area_path: str) -> list[str]:
    """Return the path and all above it, "441900/004/" → ["", "441900/", "441900/004/"]."""
    parts = area_path.rstrip("/").split("/") if area_path else []
    return ["", *("/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1))]


def _body_rank(row: Body, kind: str, body_kind: str) -> tuple[bool, bool, bool, bool, int, str]:
    is_expert = rules.covers(row.expertise, kind)
    is_wanted = bool(body_kind) and row.kind == body_kind
    # A body for other subjects comes after those that take every subject.
    is_other = bool(row.expertise) and not is_expert
    return (not (is_expert and is_wanted), not is_expert, is_other, not is_wanted, -row.area_path.count("/"), row.name)  # fmt: skip


def _body_choice(row: Body, kind: str, body_kind: str) -> BodyChoice:
    is_expert = rules.covers(row.expertise, kind)
    if is_expert:
        why = _("at home in this kind of dispute")
    elif row.expertise:
        why = _("for other kinds: {kinds}").format(kinds=words_of(row.expertise, fields()))
    elif body_kind and row.kind == body_kind:
        why = _("the kind of body the table names")
    else:
        why = _("serves this place, takes every kind")
    return BodyChoice(
        row.pk, row.name, row.kind, str(row.get_kind_display()), row.unit_id, row.area_path, row.phone, is_expert, why
    )  # fmt: skip


def words_of(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Return the names of codes; a code without a name stands for itself."""
    return "、".join(names.get(code, code) for code in codes)


@dataclass(frozen=True)
class Candidate:
    """A mediator who may be appointed, and what speaks for and against it."""

    id: int
    name: str
    user_id: int | None
    body_id: int
    body: str
    employment: str  # in words
    grade: str  # in words
    expertise: str  # in words
    languages: str  # in words
    load: int
    most_open: int
    is_expert: bool
    speaks: bool
    is_free: bool
    next_free_on: date | None
    about: str


def candidates(
    kind: str,
    area_path: str,
    at: datetime,
    *,
    body_id: int | None = None,
    language: str = "",
    load: Mapping[int, int] | None = None,
    without: Collection[int] = (),
    most: int = 50,
) -> list[Candidate]:
    """
    Return the mediators who may settle a dispute, best first.

    Of one body, or of all that serve the place. `load` is how many open disputes each has now, by id;
    `without` are those who withdrew or were challenged. Whoever is absent or full comes last and says so.
    """
    rows = Mediator.objects.filter(left_on__isnull=True, body__is_active=True)
    rows = (
        rows.filter(body_id=body_id) if body_id else rows.filter(area_path__in=_around(area_path))
    )
    people = list(rows.exclude(pk__in=list(without)).select_related("body"))
    on = timezone.localtime(at).date()
    days = days_of(people, since=on)
    open_now = load or {}
    ranked = sorted(
        ((_fit(row, kind, language, open_now.get(row.pk, 0), days[row.pk].is_free(on)), row) for row in people),
        key=lambda pair: pair[0].rank,
    )  # fmt: skip
    return [_candidate(fit, row, days[row.pk].next_free(on)) for fit, row in ranked[:most]]


def _fit(row: Mediator, kind: str, language: str, load: int, is_free: object) -> rules.Fit:
    return rules.Fit(
        is_expert=rules.covers(row.expertise, kind), speaks=not language or language in row.languages,
        is_free=bool(is_free), load=load, most_open=row.most_open, depth=row.area_path.count("/"), name=row.name,
        id=row.pk,
    )  # fmt: skip


def _candidate(fit: rules.Fit, row: Mediator, next_free: date | None) -> Candidate:
    return Candidate(
        id=row.pk, name=row.name, user_id=row.user_id, body_id=row.body_id, body=row.body.name,
        employment=str(row.get_employment_display()), grade=grades().get(row.grade, row.grade),
        expertise=words_of(row.expertise, fields()), languages=words_of(row.languages, languages()),
        load=fit.load, most_open=row.most_open, is_expert=fit.is_expert, speaks=fit.speaks, is_free=fit.is_free,
        next_free_on=next_free, about=row.about,
    )  # fmt: skip


def days_of(people: Iterable[Mediator], *, since: date) -> dict[int, rules.Days]:
    """Return on which days each of them takes sessions, from a day on; one statement."""
    people = list(people)
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Absence.objects.filter(mediator__in=[one.pk for one in people], ends_on__gte=since)
    for mediator_id, starts_on, ends_on in rows.values_list("mediator_id", "starts_on", "ends_on"):
        away[mediator_id].append((starts_on, ends_on))
    return {
        one.pk: rules.Days(frozenset(one.weekdays), tuple(away.get(one.pk, ()))) for one in people
    }
