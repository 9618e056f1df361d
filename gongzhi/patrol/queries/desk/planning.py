"""Plans as the desk lists and edits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.db.models.functions import Length

from gongzhi.base.actor import Actor
from gongzhi.base.paging import PAGE, Page, page_of
from gongzhi.patrol.models import Plan
from gongzhi.patrol.queries.lists import GRADE_IDS, KIND_IDS, classes, groups, valid_on
from gongzhi.patrol.queries.plans import PlanRow, plan_rows, visible_plans
from gongzhi.patrol.rules.forecast import days_for

SORTS: Final = {
    "": ("kind", "code", "version"), "name": ("name", "pk"), "-name": ("-name", "-pk"),
    "from": ("valid_from", "pk"), "-from": ("-valid_from", "-pk"),
}  # fmt: skip
LETTERS: Final = tuple(letter for letter in GRADE_IDS if letter)
PLAN_STATES: Final = Plan.State.choices
Periods = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class PlanFilter:
    text: str = ""
    state: str = ""
    kind: str = ""
    area_path: str = ""


@dataclass(frozen=True)
class Cell:
    """One period of the table: what is typed, what holds when nothing is, what was there before."""

    name: str  # of its input
    klass: str
    grade: str
    days: int | None
    falls_back: int | None
    before: int | None
    has_before: bool

    @property
    def is_changed(self) -> bool:
        return self.has_before and (self.days or self.falls_back) != self.before


@dataclass(frozen=True)
class Row:
    klass: str
    name: str
    cells: list[Cell]


def plans(
    actor: Actor, *, by: PlanFilter, sort: str = "", after: str = "", before: str = ""
) -> tuple[list[PlanRow], Page[Plan]]:  # fmt: skip
    """Return a page of plans with their periods; two statements."""
    rows = visible_plans(actor)
    if by.text:
        rows = rows.filter(Q(name__contains=by.text) | Q(code__contains=by.text.upper()))
    rows = rows.filter(state=by.state) if by.state else rows
    rows = rows.filter(kind=KIND_IDS[by.kind]) if by.kind else rows
    rows = rows.filter(area_path__startswith=by.area_path) if by.area_path else rows
    page = page_of(rows, *SORTS.get(sort, SORTS[""]), after=after, before=before, size=PAGE)
    return plan_rows(page.rows), page


def every_plan(actor: Actor) -> list[PlanRow]:
    return plan_rows(visible_plans(actor).order_by("kind", "code", "version"))


def plan(actor: Actor, plan_id: int) -> PlanRow:
    return plan_rows([visible_plans(actor).get(pk=plan_id)])[0]


def version_before(actor: Actor, row: PlanRow) -> PlanRow | None:
    """Return the version a draft would follow."""
    held = visible_plans(actor).filter(code=row.code, version__lt=row.version)
    return next(iter(plan_rows(held.order_by("-version")[:1])), None)


def rule_before(actor: Actor, row: PlanRow) -> PlanRow | None:
    """Return what rules until a draft does: the version before, else the plan of the nearest area around."""
    if before := version_before(actor, row):
        return before
    parts = row.area_path.split("/")
    around = ["", *("/".join(parts[:n]) + "/" for n in range(1, len(parts)))]
    ruling = visible_plans(actor).filter(
        valid_on(row.valid_from), area_path__in=around, group=row.group, kind=KIND_IDS[row.kind]
    )
    held = ruling.exclude(state=Plan.State.DRAFT).exclude(code=row.code)
    return next(iter(plan_rows(held.order_by(Length("area_path").desc(), "pk")[:1])), None)


def periods_of(row: PlanRow | None) -> dict[tuple[str, str], int]:
    return {(klass, grade): days for klass, grade, days in row.days} if row else {}


def cell_name(klass: str, grade: str) -> str:
    return f"days-{klass}-{grade}"


def table_of(
    *, kind: str, now: Periods, before: Periods | None, on: date, every_class: str
) -> list[Row]:
    """
    Return the table of periods: classes down, grades across, "every" first in both directions.

    An empty cell takes the period of the narrowest wider one; it is shown where it would be typed.
    """
    names = [("", every_class)] + [
        (one.code, one.name) for one in classes(on=on) if one.kind_code == kind
    ]
    return [
        Row(klass, name, [_cell(klass, grade, now, before) for grade in ("", *LETTERS)])
        for klass, name in names
    ]


def _cell(klass: str, grade: str, now: Periods, before: Periods | None) -> Cell:
    own = now.get((klass, grade))
    others = {key: days for key, days in now.items() if key != (klass, grade)}
    return Cell(
        cell_name(klass, grade), klass, grade, own, days_for(others, klass, grade) or None,
        (days_for(before, klass, grade) or None) if before is not None else None,
        before is not None,
    )  # fmt: skip


def cells_of(kind: str, on: date) -> list[tuple[str, str]]:
    """Return every class and grade a plan of a kind may name."""
    codes = ["", *(one.code for one in classes(on=on) if one.kind_code == kind)]
    return [(klass, grade) for klass in codes for grade in ("", *LETTERS)]


def groups_for(on: date) -> Sequence[tuple[str, int]]:
    return groups(on=on)
