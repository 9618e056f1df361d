"""The ledger of major disputes: of the city, of each town."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.centres.capabilities import Can
from gongzhi.centres.models import LedgerLine, Major
from gongzhi.centres.queries.content import grounds_words, names
from gongzhi.matters import queries as matters
from gongzhi.matters.queries import Standing
from gongzhi.places import queries as places

STATES: dict[str, Q] = {
    "open": Q(ended_at__isnull=True),
    "due": Q(ended_at__isnull=True),
    "unowned": Q(ended_at__isnull=True, owner__isnull=True),
    "ended": Q(ended_at__isnull=False),
}
SORTS = {"": ("-id",), "next": ("next_on", "id"), "entered": ("id",)}
MOST_OWNERS = 200


@dataclass(frozen=True)
class MajorRow:
    major: Major
    standing: Standing
    stage: str
    place: str
    grounds: str
    is_due: bool


def visible_majors(actor: Actor) -> QuerySet[Major]:
    return Major.objects.within_reach_of(actor, Can.LEDGER)


def majors(
    actor: Actor, *, state: str, level: int | None, grade: str, text: str, on: date
) -> QuerySet[Major]:
    rows = visible_majors(actor).filter(STATES[state])
    if state == "due":
        rows = rows.filter(Q(next_on__lte=on) | Q(next_on__isnull=True))
    if level is not None:
        rows = rows.filter(level=level)
    if grade:
        rows = rows.filter(grade=grade)
    if text:
        number = matters.whole_number(text) or text
        rows = rows.filter(
            Q(matter__number__startswith=number)
            | Q(matter__title__icontains=text)
            | Q(owner_name__icontains=text)
        )
    return rows


def majors_page(
    rows: QuerySet[Major], *, sort: str, on: date, after: str = "", before: str = ""
) -> tuple[Page[Major], list[MajorRow]]:
    if sort == "next":
        rows = rows.filter(next_on__isnull=False)
    page = page_of(rows, *SORTS[sort], after=after, before=before)
    standings = matters.standing_ids([row.matter_id for row in page.rows])
    return page, [_row(row, standings[row.matter_id], on) for row in page.rows]


def _row(row: Major, standing: Standing, on: date) -> MajorRow:
    return MajorRow(
        row, standing, names("stages").get(row.stage, row.stage), places.full_name(row.area_path),
        "、".join(line["words"] for line in grounds_words(row.grounds)),
        row.ended_at is None and (row.next_on is None or row.next_on <= on),
    )  # fmt: skip


def major_counts(actor: Actor, *, on: date) -> Mapping[str, int]:
    due = STATES["due"] & (Q(next_on__lte=on) | Q(next_on__isnull=True))
    return visible_majors(actor).order_by().aggregate(
        open=Count("id", filter=STATES["open"]), due=Count("id", filter=due),
        unowned=Count("id", filter=STATES["unowned"]), ended=Count("id", filter=STATES["ended"]),
    )  # fmt: skip


def majors_table(rows: QuerySet[Major], on: date) -> Iterator[tuple[Any, ...]]:
    found = list(rows.order_by("-id")[:50_000])
    standings = matters.standing_ids([row.matter_id for row in found])
    for major in found:
        row = _row(major, standings[major.matter_id], on)
        yield (
            row.standing.number, row.standing.title, row.place, str(major.grade), row.grounds, major.owner_name, row.stage,
            major.next_step, major.next_on, timezone.localtime(major.entered_at),
            timezone.localtime(major.ended_at) if major.ended_at else "",
        )  # fmt: skip


@dataclass(frozen=True)
class MajorDetail:
    row: MajorRow
    lines: list[LedgerLine]
    grounds: list[Mapping[str, str]]
    helpers: list[str]
    batch_query: str  # opens the like matters of the register


def major(actor: Actor, number: str, *, on: date) -> MajorDetail:
    found = visible_majors(actor).filter(matter__number=number).first()
    if found is None:
        raise OutOfReach
    row = _row(found, matters.standing(found.matter_id), on)
    lines = list(LedgerLine.objects.filter(major=found).order_by("-id"))
    return MajorDetail(
        row, lines, list(grounds_words(found.grounds)), [accounts.unit_name(one) for one in found.helper_ids],
        row.standing.title.partition("（")[0],
    )  # fmt: skip


def may_own(area_path: str, *, at: datetime) -> list[tuple[int, str]]:
    """Return the officials whose posting covers a place: who may be named as owner."""
    on = timezone.localdate(at)
    people = accounts.people_with(
        "duty_officer", "unit_lead", "supervisor", area_path=area_path, on=on
    )
    return [(one.id, one.name) for one in people][:MOST_OWNERS]


def on_ledger(matter_id: int) -> Major | None:
    return Major.objects.filter(matter_id=matter_id, ended_at__isnull=True).first()
