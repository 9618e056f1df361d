"""Rows of the catalogue. A version that has been in force is never changed, only followed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class Family(models.TextChoices):
    PART = "part", _("Part")
    EVENT = "event", _("Event")


class Level(models.TextChoices):
    VILLAGE = "village", _("Village")
    TOWN = "town", _("Town")
    CITY = "city", _("City")


class Kind(models.TextChoices):
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("A number")
    CHOICE = "choice", _("One of several")
    TEXT = "text", _("Free text")
    PHOTO = "photo", _("Photo")


class _Validity(models.Model):
    """From the first day on, up to but not including the last."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def _days() -> Func:
    return Func(F("valid_from"), F("valid_to"), function="daterange")


class Item(_Validity):
    """One version of one thing that can be reported."""

    code = models.CharField(max_length=24)
    version = models.PositiveIntegerField(default=1)
    family = models.CharField(max_length=8, choices=Family.choices)
    class_code = models.CharField(max_length=4)
    class_name = models.CharField(max_length=40)
    number = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    department = models.CharField(max_length=40, blank=True)
    department_name = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.TOWN)
    synonyms = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    anonymous_allowed = models.BooleanField(default=True)
    publishes_description = models.BooleanField(default=True)
    self_handled_allowed = models.BooleanField(default=False)
    emergency_notice = models.CharField(max_length=200, blank=True)
    icon = models.CharField(max_length=40, blank=True)
    popular_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    report_photos = models.PositiveSmallIntegerField(default=1)
    after_photos = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="item_version_is_unique"),
            models.CheckConstraint(
                name="item_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="item_family_is_known", condition=Q(family__in=Family.values)
            ),
            models.CheckConstraint(name="item_level_is_known", condition=Q(level__in=Level.values)),
            ExclusionConstraint(
                name="one_version_of_an_item_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Standard(models.Model):
    """When the item counts as a case, when it is done, and within which time."""

    item = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    when_counts = models.TextField()
    when_done = models.TextField()
    amount = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=8, blank=True)
    counting = models.CharField(max_length=12, blank=True)
    from_next_day = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    original = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="standard_number_is_unique"),
            models.CheckConstraint(
                name="standard_limit_is_whole_or_absent",
                condition=Q(amount__isnull=True, unit="", counting="")
                | Q(
                    amount__gt=0,
                    unit__in=["minute", "hour", "day"],
                    counting__in=["continuous", "service", "working", "calendar"],
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}.{self.number}"


class Question(models.Model):
    """What the form asks whoever reports the item."""

    item = models.ForeignKey("catalogue.Item", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    required = models.BooleanField(default=False)
    choices = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    unit = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="question_number_is_unique"),
            models.CheckConstraint(
                name="question_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Responsibility(_Validity):
    """One row of the matrix; rules/matrix.py says how scope and targets are written."""

    scope = models.CharField(max_length=24)
    level = models.CharField(max_length=8, choices=Level.choices, blank=True)
    area_path = models.CharField(max_length=80, blank=True)
    finder = models.CharField(max_length=40, default="grid_officer")
    verifier = models.CharField(max_length=40, default="grid_officer")
    handler = models.CharField(max_length=48)
    joint = ArrayField(models.CharField(max_length=48), default=list, blank=True)
    priority = models.SmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="responsibility_area_is_a_path",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            models.CheckConstraint(
                name="responsibility_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} × {self.level or '*'} → {self.handler}"


class NoReport(_Validity):
    """Where and when an item is not to be reported, and what to tell who tries."""

    scope = models.CharField(max_length=24)
    area_path = models.CharField(max_length=80, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    tip = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_report_area_is_a_path",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            models.CheckConstraint(
                name="no_report_hours_come_in_pairs",
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.tip}"


class Edition(models.Model):
    """One row whose token changes with every change, so that processes know when to read again."""

    token = models.UUIDField()

    def __str__(self) -> str:
        return str(self.token)


class ImportDraft(models.Model):
    """A table that was checked and waits for its sender to confirm; swept after a day."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sender = models.BigIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
