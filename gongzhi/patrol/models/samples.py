"""Sample re-checks 抽查: visits and officers drawn by a seed that was fixed before anybody could know the draw."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Sample(models.Model):
    """What is drawn from is frozen and its mark published first; the seed is opened with the draw."""

    class State(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("patrol sample", "Published, not drawn")
        DRAWN = "drawn", pgettext_lazy("patrol sample", "Drawn")
        CLOSED = "closed", pgettext_lazy("patrol sample", "Closed")

    name = models.CharField(_("Name"), max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    area_path = models.CharField(max_length=240, blank=True)
    premises_kind = models.PositiveSmallIntegerField(null=True)
    since = models.DateField(_("From"))
    until = models.DateField(_("Until"))
    size = models.PositiveIntegerField()
    due_on = models.DateField()
    visit_ids = ArrayField(models.BigIntegerField())  # the population, in ascending order
    officer_ids = ArrayField(models.BigIntegerField())
    population_hash = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)  # shown only once it is drawn
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=80)
    published_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Sample"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sample_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class SampleItem(models.Model):
    """One visit that is checked again by another officer, and how the two compare."""

    sample = models.ForeignKey("patrol.Sample", models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    visit = models.ForeignKey("patrol.Visit", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    task = models.ForeignKey("patrol.Task", models.SET_NULL, null=True, related_name="+")
    recheck = models.ForeignKey("patrol.Visit", models.PROTECT, null=True, related_name="+")
    agrees = models.BooleanField(null=True)
    differences = models.JSONField(default=list)  # [{n, before, now}]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "visit"], name="visit_once_in_a_sample"),
            models.UniqueConstraint(
                fields=["sample", "position"], name="position_once_in_a_sample"
            ),
        ]
        indexes = [models.Index(fields=["officer"], name="sample_item_of_officer")]

    def __str__(self) -> str:
        return f"{self.sample_id}.{self.position}"
