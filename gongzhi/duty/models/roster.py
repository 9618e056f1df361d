"""A unit's desk, its shifts, who is on duty when, and who changes with whom."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Deferrable, F, Func, Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.duty.lifecycle import Days, Every, Post, SwapState

BY_DESK = ScopedBy(area="desk__area_path", units="desk__unit_ids")


class Span(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Desk(models.Model):
    """Where a unit answers around the clock, or in the hours its shifts say."""

    unit = models.OneToOneField("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())  # the unit and all above it
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=150)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Desk"])()

    class Meta:
        indexes = [
            models.Index(
                fields=["area_path"], name="duty_desk_area", opclasses=["text_pattern_ops"]
            ),
            GinIndex(fields=["unit_ids"], name="duty_desk_units"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.area_path}"


class Pattern(models.Model):
    """One kind of shift of a desk, from one day until another: hours, and how many each post needs."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="patterns")
    name = models.CharField(max_length=20)
    starts = models.TimeField()
    ends = models.TimeField()  # not later than `starts`: on the next day
    leaders = models.PositiveSmallIntegerField()
    dispatchers = models.PositiveSmallIntegerField()
    partners = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the day after the last
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_pattern_is_valid_some_day",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts:%H:%M}"


class Stint(models.Model):
    """One person, or one partner unit, on duty at a desk for one shift."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="stints")
    pattern = models.ForeignKey(Pattern, models.PROTECT, related_name="+")
    on = models.DateField()  # on which it starts
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    post = models.CharField(max_length=10, choices=Post.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)  # as it was when the roster was made
    note = models.CharField(max_length=200, blank=True)
    batch = models.UUIDField(null=True)  # what was written together can be taken back together
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=150)

    scoped_by = BY_DESK
    objects = models.Manager.from_queryset(ScopedQuerySet["Stint"])()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="nobody_is_on_duty_twice_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,  # two people change places in one statement
            ),
            models.UniqueConstraint(
                fields=["desk", "pattern", "on", "partner"],
                name="partner_is_on_call_once",
                condition=Q(partner__isnull=False),
            ),
            models.CheckConstraint(
                name="stint_is_a_person_or_a_partner",
                condition=Q(post="partner", partner__isnull=False, user=None)
                | (~Q(post="partner") & Q(partner=None, user__isnull=False)),
            ),
            models.CheckConstraint(
                name="stint_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "on", "id"], name="duty_stint_roster"),
            models.Index(fields=["ends_at", "starts_at"], name="duty_stint_now"),
            models.Index(
                fields=["batch"], name="duty_stint_batch", condition=Q(batch__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class Rotation(models.Model):
    """An order in which people or partner units take turns; kept to go on from where it stands."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="rotations")
    name = models.CharField(max_length=60)
    post = models.CharField(max_length=10, choices=Post.choices)
    patterns = ArrayField(models.BigIntegerField())
    days = models.CharField(max_length=8, choices=Days.choices)
    every = models.CharField(max_length=6, choices=Every.choices)
    members = ArrayField(models.BigIntegerField())  # ids of people, or of units for partners
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=150)

    scoped_by = BY_DESK
    objects = models.Manager.from_queryset(ScopedQuerySet["Rotation"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "name"], name="rotation_name_once")]

    def __str__(self) -> str:
        return self.name


class Swap(models.Model):
    """Somebody asks to change a shift with a colleague's, or to be replaced; a colleague agrees, a third approves."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="swaps")
    stint = models.ForeignKey(Stint, models.CASCADE, related_name="+")
    other = models.ForeignKey(Stint, models.CASCADE, null=True, related_name="+")  # given in return
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)  # what is changed, in the words of the day
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=SwapState.choices, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(default=0)
    decided_by_name = models.CharField(max_length=150, blank=True)
    answer = models.CharField(max_length=200, blank=True)

    scoped_by = BY_DESK
    objects = models.Manager.from_queryset(ScopedQuerySet["Swap"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stint"],
                name="one_open_swap_a_stint",
                condition=Q(state__in=["asked", "agreed"]),
            ),
            models.CheckConstraint(
                name="nobody_swaps_with_themself", condition=~Q(asker=F("taker"))
            ),
        ]
        indexes = [models.Index(fields=["desk", "-id"], name="duty_swap_newest")]

    def __str__(self) -> str:
        return f"{self.stint_id} {self.state}"
