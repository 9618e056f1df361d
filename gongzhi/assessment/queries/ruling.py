"""Schemes: those in force, their versions, and their lines in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.assessment.lifecycle import SchemeState
from gongzhi.assessment.models import Scheme
from gongzhi.assessment.queries.content import named
from gongzhi.assessment.queries.counting import lines_of
from gongzhi.assessment.rules import GIVING, Line, Nature
from gongzhi.base.errors import OutOfReach

NATURES: dict[str, Any] = {
    Nature.SHARE: gettext_lazy("Rate × points"), Nature.INVERSE: gettext_lazy("(1 − rate) × points"),
    Nature.THRESHOLD: gettext_lazy("Full points from a threshold on"),
    Nature.DEDUCTION: gettext_lazy("Points off for each counted matter"),
    Nature.FINDING: gettext_lazy("Points off for each finding"),
}  # fmt: skip


@dataclass(frozen=True)
class LineWords:
    """A line as it is read: what it counts, and how points come of it."""

    line: Line
    name: str
    words: str

    @property
    def gives(self) -> bool:
        return self.line.nature in GIVING


def scheme(scheme_id: int) -> Scheme:
    found = Scheme.objects.filter(pk=scheme_id).first()
    if found is None:
        raise OutOfReach
    return found


def schemes_now() -> QuerySet[Scheme]:
    """Return schemes in force and drafts; the versions before stand on their pages."""
    now = Scheme.objects.exclude(state=SchemeState.ENDED)
    return now.order_by("post", "code", "-version")


def versions_of(code: str) -> QuerySet[Scheme]:
    return Scheme.objects.filter(code=code).order_by("-version")


def usable_schemes(*, on: date) -> QuerySet[Scheme]:
    """Return versions that results may be published under: in force now, or when a period still counted."""
    return Scheme.objects.filter(
        Q(state=SchemeState.IN_FORCE) | Q(state=SchemeState.ENDED), valid_from__lte=on
    ).order_by("state", "post", "code", "-version")


def in_force(code: str) -> Scheme | None:
    return Scheme.objects.filter(code=code, state=SchemeState.IN_FORCE).first()


def line_words(row: Scheme) -> Sequence[LineWords]:
    return [LineWords(line, named(line.input), words_of(line)) for line in lines_of(row)]


def words_of(line: Line) -> str:
    """Say in words how a line is reckoned."""
    name, points = named(line.input), plain(line.points)
    if line.nature == Nature.SHARE:
        return _("{name} × {points}").format(name=name, points=points)
    if line.nature == Nature.INVERSE:
        return _("(1 − {name}) × {points}").format(name=name, points=points)
    if line.nature == Nature.THRESHOLD:
        return _threshold_words(line, name, points)
    most = _(", at most {most}").format(most=plain(line.most)) if line.most is not None else ""
    return _("{points} points off for each: {name}").format(points=points, name=name) + most


def _threshold_words(line: Line, name: str, points: str) -> str:
    start = _("{name} from {threshold} % on: {points} points").format(
        name=name, threshold=plain(line.threshold or Decimal(0)), points=points
    )
    if line.per_point is None:
        return start + _("; below, none")
    return start + _("; {per_point} less for each percentage point below").format(per_point=plain(line.per_point))  # fmt: skip


def plain(number: Decimal) -> str:
    """Write a number without zeros that say nothing."""
    return f"{number.normalize():f}"
