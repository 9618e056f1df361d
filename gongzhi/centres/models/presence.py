"""Partners of a centre: how they are there, on which days, and what they answer when they are called in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.centres.lifecycle import Presence, Reply
from gongzhi.centres.models.houses import BY_CENTRE, Centre, Counter, Room


class Partner(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # a code of content/partners.csv
    name = models.CharField(max_length=80)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    presence = models.CharField(max_length=10, choices=Presence)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)  # 1 Monday … 7
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=30, blank=True)  # of the office
    link = models.URLField(max_length=300, blank=True)  # the remote seat
    is_active = models.BooleanField(default=True)

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["Partner"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="partner_name_once")]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """One day a partner is at the centre beside or instead of its usual weekdays."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="turns")
    on = models.DateField()
    is_there = models.BooleanField()
    note = models.CharField(max_length=100, blank=True)

    scoped_by = ScopedBy(area="partner__centre__area_path", units="partner__centre__unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Turn"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "on"], name="turn_once_a_day")]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.on}"


class Summons(models.Model):
    """A partner is called in; it has until `due_at` to answer. The clock binds the office."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="summonses")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=150)
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=60)
    late_at = models.DateTimeField(null=True)  # noticed that nobody answered in time
    reply = models.CharField(max_length=10, choices=Reply, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by_name = models.CharField(max_length=150, blank=True)
    words = models.CharField(max_length=200, blank=True)

    unit_ids = ArrayField(models.BigIntegerField())  # of the centre and of the partner
    area_path = models.CharField(max_length=120)
    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Summons"])()

    class Meta:
        indexes = [
            models.Index(fields=["partner", "-id"], name="summons_newest"),
            models.Index(
                fields=["due_at"],
                name="summons_unanswered",
                condition=models.Q(replied_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.asked_at}"
