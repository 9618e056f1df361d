"""A centre, its rooms and counters, who uses a room when, and how it measures up to the standard."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet

BY_CENTRE = ScopedBy(area="centre__area_path", units="centre__unit_ids")


class Span(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Centre(models.Model):
    """A one-stop centre 综治中心 of a city, a town or a village."""

    unit = models.OneToOneField("accounts.Unit", models.PROTECT, related_name="+")
    code = models.SlugField(max_length=30, unique=True)  # in the address of its hall screen and QR
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()  # 0 city, 1 town, 2 village
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())  # the unit and all above it
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=100, blank=True)
    is_open = models.BooleanField(default=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Centre"])()

    class Meta:
        indexes = [
            models.Index(fields=["area_path"], name="centre_area", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["unit_ids"], name="centre_units"),
        ]
        constraints = [
            models.CheckConstraint(
                name="centre_area_path_ends_with_slash", condition=Q(area_path__endswith="/")
            )
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # a code of content/rooms.csv
    name = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField(default=0)
    has_step_free_way = models.BooleanField(default=True)
    link = models.URLField(max_length=300, blank=True)  # where those who join by link come in
    is_open = models.BooleanField(default=True)

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["Room"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="centre_room_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Booking(models.Model):
    """Who has a room when. That nobody else has it then is kept by the table itself."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=60)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")
    booked_by = models.BigIntegerField()
    booked_by_name = models.CharField(max_length=150)
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="room__centre__area_path", units="room__centre__unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Booking"])()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="room_is_booked_once_at_a_time",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="booking_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="booking_room_start")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.starts_at}"


class Counter(models.Model):
    """A window of the hall."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)  # what the screen shows: 1, 2 …
    name = models.CharField(max_length=60)
    services = ArrayField(models.CharField(max_length=20), default=list)  # codes of services.csv
    is_open = models.BooleanField(default=True)

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["Counter"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "code"], name="counter_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SelfCheck(models.Model):
    """How one item of the standard is met; the newest of an item counts, the others are its history."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    item = models.CharField(max_length=20)  # a code of content/standards.csv
    share = models.PositiveSmallIntegerField()  # percent of the item's points
    words = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.BigIntegerField()
    checked_by_name = models.CharField(max_length=150)

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["SelfCheck"])()

    class Meta:
        indexes = [models.Index(fields=["centre", "item", "-id"], name="self_check_newest")]
        constraints = [
            models.CheckConstraint(name="self_check_is_a_share", condition=Q(share__lte=100))
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.item} {self.share}"
