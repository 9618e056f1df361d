"""What every module that pays people shares: budgets, batches, three hands, many deeds at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.errors import Invalid, OutOfReach, Refused

M = TypeVar("M", bound=models.Model)


class BudgetRow(models.Model):
    """What one area may give in some time."""

    area_path = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()  # the day after the last
    amount = models.PositiveIntegerField()  # yuan
    source = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=150)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.area_path} {self.starts_on}"


class BatchRow(models.Model):
    """Payments made together. Frozen, the batch goes to the finance office and is not changed any more."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("batch", "Being put together")
        FROZEN = "frozen", pgettext_lazy("batch", "With the finance office")
        DONE = "done", pgettext_lazy("batch", "Paid")

    number = models.CharField(max_length=20, unique=True)
    area_path = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    frozen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    amount = models.PositiveIntegerField(default=0)  # as frozen
    count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


def next_number(rows: QuerySet[M], prefix: str, *, at: datetime, lock: int) -> str:
    """Return the next number of the day: JL20261123-01. `lock` is the module's own advisory lock."""
    day = f"{timezone.localtime(at):%Y%m%d}"
    with connection.cursor() as cursor:  # two towns put theirs together at the same moment
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
    made = rows.filter(number__startswith=f"{prefix}{day}").count()
    return f"{prefix}{day}-{made + 1:02}"


def nearest_budget(rows: QuerySet[M], area_path: str, *, on: date) -> M | None:
    """Return the nearest budget above a place that holds on the day: its town's, else the city's."""
    parts = area_path.rstrip("/").split("/")
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts) + 1)]
    found = rows.filter(area_path__in=above, starts_on__lte=on, ends_on__gt=on)
    return max(found, key=lambda row: len(row.area_path), default=None)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Outcome:
    """What came of one deed among many."""

    id: int
    number: str
    problem: str  # empty: done


def each_alone(
    ids: Sequence[int], deed: Callable[[int], Any], number_of: Callable[[int], str]
) -> list[Outcome]:
    """Do one deed on many rows; each succeeds or fails alone, and says why."""
    return [_one(row_id, deed, number_of) for row_id in ids]


def _one(row_id: int, deed: Callable[[int], Any], number_of: Callable[[int], str]) -> Outcome:
    try:
        done = deed(row_id)
    except OutOfReach:
        return Outcome(row_id, "", _("Not within your reach."))
    except (Refused, Invalid) as problem:
        return Outcome(row_id, number_of(row_id), str(problem))
    return Outcome(row_id, done.number, "")
