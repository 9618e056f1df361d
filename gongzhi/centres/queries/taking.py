"""Intake and triage: what was taken in, what a story sounds like, which body fits and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.base.texts import as_number
from gongzhi.centres import rules
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import Centre, Handover, Registration
from gongzhi.centres.queries.content import (
    by_code,
    grades,
    grounds_words,
    names,
    questions_for,
    triage_words,
    unfit,
)
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Standing
from gongzhi.mediators import queries as mediators

OFFERED = 6  # mediators at the counter, the best first; the page of the matter has them all
COUNTED = ("injured", "dead", "towns")  # questions whose answers are measures of the grade


@dataclass(frozen=True)
class KindHint:
    code: str
    name: str
    words: str  # of the story, that speak for it
    is_for_mediation: bool
    route: str


@dataclass(frozen=True)
class Hints:
    """What a story says at first sight. A person decides."""

    kinds: tuple[KindHint, ...]
    warnings: tuple[rules.Warning, ...]

    @property
    def kind(self) -> str:
        """Return the kind that is suggested first, among those that are for mediation."""
        return next((one.code for one in self.kinds if one.is_for_mediation), "")


def kind_choices(*, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds for a form: families with their members."""
    rows = disputes.kinds(on=on)
    heads = [row for row in rows if not row.parent_code]
    return [
        (
            head.name,
            [(head.code, f"{head.name}纠纷"), *((row.code, row.name) for row in rows if row.parent_code == head.code)],
        )
        for head in heads
    ]  # fmt: skip


def hints(story: str, *, on: date) -> Hints:
    known = {row.code: row for row in disputes.kinds(on=on)}
    fitting = [word for word in triage_words() if word.kind in known]
    found = rules.suggested(story, fitting)
    kinds = tuple(
        KindHint(one.code, one.name, "、".join(hint.words), not one.route, one.route)
        for hint in found
        for one in [known[hint.kind]]
    )
    return Hints(kinds, tuple(rules.unfit_words(story, unfit())))


def grading(
    *, people: int, amount: Decimal | None, answers: Mapping[str, Any], on: date
) -> rules.Grading:
    """Grade a dispute by the table in force on the day."""
    measures: dict[str, Decimal | int | None] = {"people": people, "amount": amount}
    for code in COUNTED:
        measures[code] = _whole(answers.get(code))
    return rules.graded(measures, grades(on))


def _whole(answer: object) -> int:
    text = str(answer or "").strip()
    return as_number(text, digits=6) or 0


@dataclass(frozen=True)
class RegistrationRow:
    row: Registration
    door: str
    link: str  # 警调, 诉调 …: how offices and mediation are joined
    standing: Standing


def visible_registrations(actor: Actor, centre: Centre | None = None) -> QuerySet[Registration]:
    reach = Registration.objects.within_reach_of(actor, Can.VIEW)
    return reach.filter(centre=centre) if centre else reach


def registrations(
    actor: Actor, centre: Centre, *, door: str = "", grade: str = "", text: str = ""
) -> QuerySet[Registration]:
    rows = visible_registrations(actor, centre)
    if door:
        rows = rows.filter(door=door)
    if grade:
        rows = rows.filter(grade=grade)
    if text:
        number = matters.whole_number(text) or text
        by_own = rows.filter(matter__number__startswith=number)
        rows = by_own | rows.filter(outside_number__startswith=text)
    return rows


def registrations_page(
    actor: Actor, centre: Centre, *, door: str, grade: str, text: str, after: str = "", before: str = ""
) -> tuple[Page[Registration], list[RegistrationRow]]:  # fmt: skip
    found = registrations(actor, centre, door=door, grade=grade, text=text)
    page = page_of(found, "-registered_at", "-id", after=after, before=before)
    standings = matters.standing_ids([row.matter_id for row in page.rows])
    return page, [registration_row(row, standings[row.matter_id]) for row in page.rows]


def registration_row(row: Registration, standing: Standing) -> RegistrationRow:
    door = by_code("doors").get(row.door, {})
    return RegistrationRow(row, door.get("name", row.door), door.get("link", ""), standing)


def registrations_table(rows: QuerySet[Registration]) -> Iterator[tuple[Any, ...]]:
    found = list(rows.order_by("-registered_at", "-id")[:50_000])
    standings = matters.standing_ids([row.matter_id for row in found])
    for row in found:
        of = standings[row.matter_id]
        yield (
            of.number, of.title, names("doors").get(row.door, row.door), row.outside_number,
            timezone.localtime(row.registered_at), str(of.state_label), row.grade,
        )  # fmt: skip


@dataclass(frozen=True)
class SideLine:
    """One side as the triage page shows it: masked, with what is on record."""

    id: int
    words: str
    name: str
    answer: bool | None
    has_signed: bool


@dataclass(frozen=True)
class Triage:
    """One dispute on its way from the counter to a mediator."""

    registration: Registration
    standing: Standing
    version: int
    kind_code: str
    kind_name: str
    grade: str
    grounds: list[Mapping[str, str]]
    hints: Mapping[str, Any]
    answers: list[tuple[str, str, str]]  # label, answer, papers it fills
    bodies: list[Any]
    body_id: int | None
    body_name: str
    sides: list[SideLine]
    mediators: list[
        tuple[int, str]
    ]  # best first, each with the body, the subjects and the open disputes
    people: int
    amount: Decimal | None
    door: str
    link: str


def registration(actor: Actor, number: str) -> Registration:
    """Return what was taken in under a number; OutOfReach beyond the actor's reach."""
    found = (
        visible_registrations(actor)
        .select_related("centre", "matter")
        .filter(matter__number=number)
        .first()
    )
    if found is None:
        raise OutOfReach
    return found


def triage(actor: Actor, number: str, *, at: datetime) -> Triage:
    """Return everything the triage page shows, without a name in full."""
    row = registration(actor, number)
    on = timezone.localdate(at)
    of = disputes.dispute(row.matter_id)
    kind = disputes.kind_at(of.kind_code, on=on)
    known = registration_row(row, matters.standing(row.matter_id))
    body = of.body
    return Triage(
        registration=row, standing=known.standing, version=row.matter.version, kind_code=of.kind_code, kind_name=kind.name,
        grade=of.grade or row.grade, grounds=list(grounds_words(row.grounds)), hints=row.suggested,
        answers=answer_lines(of.kind_code, of.answers),
        bodies=mediators.bodies_for(of.kind_code, row.matter.area_path, body_kind=kind.body_kind),
        body_id=of.body_id, body_name=body.name if body else "", sides=_sides(row.matter_id),
        mediators=disputes.mediator_choices(row.matter_id, on=on)[:OFFERED],
        people=of.people_count, amount=of.amount, door=known.door, link=known.link,
    )  # fmt: skip


def answer_lines(kind: str, answers: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the answered questions: label, answer, and which papers they fill."""
    return [
        (one.label, str(answers[one.code]), one.papers)
        for one in questions_for(kind)
        if answers.get(one.code) not in {None, ""}
    ]


def _sides(matter_id: int) -> list[SideLine]:
    unsigned = {party.pk for party in disputes.without_notice(matter_id)}
    said = {will.seq: will.answer for will in disputes.wills(matter_id, "mediation")}
    return [
        SideLine(face.id, face.words, face.name, said.get(face.seq), face.id not in unsigned)
        for face in disputes.faces(matter_id)
        if face.seq in said
    ]


def handovers_page(
    actor: Actor, *, decision: str, text: str, after: str = "", before: str = ""
) -> Page[Handover]:
    return page_of(
        handovers(actor, decision=decision, text=text), "-id", after=after, before=before
    )


def handovers(actor: Actor, *, decision: str, text: str) -> QuerySet[Handover]:
    rows = Handover.objects.within_reach_of(actor, Can.VIEW).select_related("matter")
    if decision:
        rows = rows.filter(decision=decision)
    return rows.filter(outside_number__startswith=text) if text else rows


def handovers_table(rows: QuerySet[Handover]) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("-id").iterator():
        yield (
            row.system, row.outside_number, timezone.localtime(row.received_at), str(row.get_decision_display()),
            row.matter.number if row.matter else "", row.why,
        )  # fmt: skip
