"""What is looked at, and how often: data with versions, never changed once in force, only followed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Validity(models.Model):
    """From the first day on, up to but not including the last."""

    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)

    class Meta:
        abstract = True


def _days() -> Func:
    return Func(F("valid_from"), F("valid_to"), function="daterange")


class PremisesClass(Validity):
    """One of the classes premises of a kind fall into; the premises keep its code in their details."""

    kind = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_version_of_a_class_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CheckList(Validity):
    """One version of a check-list, for premises of a kind and of some classes and grades (none: all)."""

    code = models.CharField(max_length=24)
    version = models.PositiveIntegerField(default=1)
    group = models.CharField(
        max_length=24
    )  # what a plan plans: every premises has one list of a group
    name = models.CharField(max_length=80)
    kind = models.PositiveSmallIntegerField()
    classes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    grades = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], name="check_list_version_is_unique"
            ),
            models.CheckConstraint(
                name="check_list_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="one_version_of_a_check_list_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version} {self.name}"


class Line(models.Model):
    """One thing to look at, and the item of the catalogue it becomes when it is not as it should be."""

    list = models.ForeignKey("patrol.CheckList", models.CASCADE, related_name="+")
    n = models.PositiveSmallIntegerField()
    item_code = models.CharField(max_length=24)
    text = models.CharField(max_length=120)
    how = models.CharField(max_length=200, blank=True)
    standard = models.CharField(max_length=200, blank=True)
    self_fix = models.BooleanField(default=False)
    revisit_days = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "n"], name="line_number_is_unique")]

    def __str__(self) -> str:
        return f"{self.list_id}.{self.n} {self.text}"


class Plan(Validity):
    """One version of a plan: which premises of an area are visited, how often, with the lists of a group."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("patrol plan", "Draft")
        IN_FORCE = "in_force", pgettext_lazy("patrol plan", "In force")
        ENDED = "ended", pgettext_lazy("patrol plan", "Ended")

    code = models.CharField(_("Code"), max_length=24)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    name = models.CharField(_("Name"), max_length=80)
    group = models.CharField(_("Check-lists"), max_length=24)
    kind = models.PositiveSmallIntegerField(_("Kind of premises"))
    area_path = models.CharField(_("Area"), max_length=240, blank=True)  # "": the whole city
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    made_by = models.BigIntegerField(default=0)
    made_by_name = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    released_by = models.BigIntegerField(null=True)
    released_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Plan"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="plan_version_is_unique"),
            models.UniqueConstraint(
                fields=["code"], name="plan_has_one_draft", condition=Q(state="draft")
            ),
            models.CheckConstraint(
                name="plan_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            models.CheckConstraint(
                name="plan_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="one_version_of_a_plan_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=~Q(state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version} {self.name}"


class Frequency(models.Model):
    """Every how many days; "" is every class, no grade every grade; the narrowest row rules."""

    plan = models.ForeignKey("patrol.Plan", models.CASCADE, related_name="+")
    klass = models.CharField(max_length=20, blank=True)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "klass", "grade"],
                name="frequency_is_said_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="frequency_is_a_day_or_more", condition=Q(days__range=(1, 731))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.klass or '*'}/{self.grade} {self.days}"


class Norm(Validity):
    """A number the work is planned with: visits an officer and day, days until a new try …"""

    code = models.CharField(max_length=24)
    area_path = models.CharField(max_length=240, blank=True)
    value = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="norm_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            ExclusionConstraint(
                name="one_value_of_a_norm_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("area_path", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
