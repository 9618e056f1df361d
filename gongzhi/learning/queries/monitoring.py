"""How good suggestions are: on held-out matters, by class, and in what people chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek

from gongzhi.base.actor import Actor
from gongzhi.base.paging import page_of
from gongzhi.learning.capabilities import Can
from gongzhi.learning.models import Decision, Trained
from gongzhi.learning.queries import texts
from gongzhi.learning.queries.stored import ruling
from gongzhi.learning.rules.training import BINS
from gongzhi.matters import queries as matters

WEEKS = 12
SUBJECTS = tuple(Trained.Subject.values)


@dataclass(frozen=True)
class ClassLine:
    """How well one item or unit was found among held-out matters."""

    code: str
    name: str
    matters: int
    first: int
    among_three: int
    taken_for: Sequence[tuple[str, int]]

    @property
    def first_percent(self) -> int:
        return round(100 * self.first / self.matters) if self.matters else 0

    @property
    def three_percent(self) -> int:
        return round(100 * self.among_three / self.matters) if self.matters else 0


@dataclass(frozen=True)
class SureLine:
    """Held-out suggestions of one range of scores, and how many were right."""

    low: int
    high: int
    suggestions: int
    right: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.suggestions) if self.suggestions else 0


@dataclass(frozen=True)
class ModelPage:
    """A version with its accuracy; `is_missing` when its file cannot be read."""

    row: Trained
    classes: list[ClassLine]
    sure: list[SureLine]
    is_missing: bool

    def percent(self, count: int) -> int | None:
        return round(100 * count / self.row.judged_count) if self.row.judged_count else None

    @property
    def first_percent(self) -> int | None:
        return self.percent(self.row.first_count)

    @property
    def three_percent(self) -> int | None:
        return self.percent(self.row.three_count)

    @property
    def frequent_percent(self) -> int | None:
        return self.percent(self.row.frequent_count)


def model_page(subject: str) -> ModelPage | None:
    """Return the ruling version of a subject, else its newest; None when nothing was ever trained."""
    row = Trained.objects.filter(subject=subject).order_by("-is_ruling", "-version").first()
    if row is None:
        return None
    named = _namer(subject)
    classes = [
        ClassLine(
            one["code"], named(one["code"]), one["matters"], one["first"], one["among_three"],
            [(named(code), count) for code, count in one["taken_for"]],
        )
        for one in row.report.get("classes", ())
    ]  # fmt: skip
    edges = [0, *(round(100 * edge) for edge in BINS), 100]
    sure = [
        SureLine(edges[n], edges[n + 1], seen, right)
        for n, (seen, right) in enumerate(row.report.get("sure", ()))
        if seen
    ]
    return ModelPage(row, classes, sure, row.is_ruling and ruling(subject) is None)


def _namer(subject: str) -> Any:
    return texts.item_words if subject == Trained.Subject.ITEM else texts.label_words


def model_versions(subject: str) -> list[Trained]:
    """Return the versions of a subject, the newest first."""
    return list(Trained.objects.filter(subject=subject).defer("report").order_by("-version")[:20])


@dataclass(frozen=True)
class Share:
    """What people chose in some time: the first suggestion, another of the three, something else."""

    since: date
    decisions: int
    first: int
    among: int

    @property
    def second(self) -> int:
        """Return how often another one than the first suggestion was chosen."""
        return self.among - self.first

    @property
    def other(self) -> int:
        return self.decisions - self.among

    @property
    def first_percent(self) -> int | None:
        return round(100 * self.first / self.decisions) if self.decisions else None

    @property
    def among_percent(self) -> int | None:
        return round(100 * self.among / self.decisions) if self.decisions else None


_SUMS = {
    "n": Count("pk"),
    "first": Count("pk", filter=Q(rank=1)),
    "among": Count("pk", filter=Q(rank__gt=0)),
}


def accepted(actor: Actor, subject: str, *, at: datetime) -> tuple[Share, list[Share]]:
    """Return the shares of the last weeks within reach, in all and week by week; two statements."""
    since = at - timedelta(weeks=WEEKS)
    rows = _within(actor, subject).filter(decided_at__gte=since).order_by()
    total = rows.aggregate(**_SUMS)
    weekly = rows.annotate(week=TruncWeek("decided_at")).values("week").annotate(**_SUMS)
    return (
        Share(since.date(), total["n"], total["first"], total["among"]),
        [Share(r["week"].date(), r["n"], r["first"], r["among"]) for r in weekly.order_by("week")],
    )


@dataclass(frozen=True)
class Correction:
    """A decision against the suggestions, with the matter it was made for."""

    pk: int
    number: str
    title: str
    suggested: Sequence[str]
    chosen: str
    rank: int
    decided_at: datetime


def corrections(
    actor: Actor, subject: str, *, after: str = "", before: str = ""
) -> tuple[list[Correction], Any]:
    """Return a page of decisions where the first suggestion was not chosen, the newest first."""
    rows = _within(actor, subject).exclude(rank=1)
    page = page_of(rows, "-decided_at", "-pk", after=after, before=before)
    known = matters.standing_ids([row.matter_id for row in page.rows])
    named = _namer(subject)
    found = [
        Correction(
            row.pk, known[row.matter_id].number, known[row.matter_id].title,
            [named(code) for code in row.suggested], named(row.chosen), row.rank, row.decided_at,
        )
        for row in page.rows
        if row.matter_id in known
    ]  # fmt: skip
    return found, page


def class_rows(subject: str) -> list[tuple[Any, ...]]:
    """Return the accuracy by class for a file."""
    page = model_page(subject)
    return [
        (one.code, one.name, one.matters, one.first, one.among_three, "；".join(f"{name} {count}" for name, count in one.taken_for))
        for one in (page.classes if page else ())
    ]  # fmt: skip


def _within(actor: Actor, subject: str) -> Any:
    return Decision.objects.within_reach_of(actor, Can.VIEW).filter(subject=subject)
