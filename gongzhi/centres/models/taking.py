"""Who waits in the hall, what was taken in, and what other offices handed over. No name stands here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.centres.lifecycle import Decision, TicketState
from gongzhi.centres.models.houses import BY_CENTRE, Centre, Counter


class Ticket(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    on = models.DateField()
    service = models.CharField(max_length=20)  # a code of content/services.csv
    serial = models.PositiveSmallIntegerField()  # of the service on that day
    number = models.CharField(max_length=8)  # A012
    needs = ArrayField(models.CharField(max_length=20), default=list)  # codes of needs.csv
    state = models.CharField(max_length=8, choices=TicketState.choices, default=TicketState.WAITING)
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    call_count = models.PositiveSmallIntegerField(default=0)
    served_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["Ticket"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "on", "number"], name="ticket_number_once")
        ]
        indexes = [models.Index(fields=["centre", "on", "state"], name="ticket_waiting")]

    def __str__(self) -> str:
        return f"{self.on} {self.number}"


class Registration(models.Model):
    """Through which door a dispute came to which centre, and what was suggested at triage."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    door = models.CharField(max_length=20)  # a code of content/doors.csv
    outside_number = models.CharField(max_length=60, blank=True)
    registered_at = models.DateTimeField()
    registered_by_name = models.CharField(max_length=150, blank=True)
    suggested = models.JSONField(default=dict)  # kind and body, with why; no name
    grade = models.CharField(max_length=8)
    grounds = ArrayField(models.CharField(max_length=40), default=list)  # codes of grades.csv

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["Registration"])()

    class Meta:
        indexes = [models.Index(fields=["centre", "-id"], name="registration_newest")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.door}"


class Handover(models.Model):
    """What another system handed over, once, and what was decided at its door."""

    system = models.CharField(max_length=20)  # 110, 12345, court …
    outside_number = models.CharField(max_length=60)
    is_police = models.BooleanField()
    is_urgent = models.BooleanField()
    decision = models.CharField(max_length=8, choices=Decision)
    why = models.CharField(max_length=300, blank=True)
    mark = models.CharField(
        max_length=64
    )  # hash of what was sent: the same number with other words is told apart
    received_at = models.DateTimeField()
    received_by = models.BigIntegerField()
    area_path = models.CharField(max_length=120)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Handover"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "outside_number"], name="handed_over_once"),
            models.CheckConstraint(
                name="only_what_is_not_for_the_police_is_taken",
                condition=models.Q(decision="refused") | models.Q(is_police=False, is_urgent=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.outside_number}"
