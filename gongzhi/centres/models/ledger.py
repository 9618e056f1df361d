"""The ledger of major disputes of the city and its towns: matters, never persons."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Major(models.Model):
    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()  # whose ledger: 0 the city's, 1 a town's
    grade = models.CharField(max_length=8)
    grounds = ArrayField(models.CharField(max_length=40), default=list)  # codes of grades.csv
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField(max_length=150, blank=True)
    stage = models.CharField(max_length=20)  # a code of content/stages.csv
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True)
    helper_ids = ArrayField(models.BigIntegerField(), default=list)  # units of the joint handling
    entered_at = models.DateTimeField()
    entered_by_name = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Major"])()

    class Meta:
        indexes = [
            models.Index(fields=["area_path"], name="major_area", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["unit_ids"], name="major_units"),
            models.Index(fields=["level", "-id"], name="major_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.grade}"


class LedgerLine(models.Model):
    """One thing done about a major dispute. Lines are added, never changed."""

    major = models.ForeignKey(Major, models.PROTECT, related_name="lines")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    stage = models.CharField(max_length=20)
    words = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return f"{self.major_id} {self.at}"
