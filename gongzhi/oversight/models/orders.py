"""Supervision orders 督办单 and named owners 包案."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.oversight.lifecycle import OPEN_ORDERS, Level, OrderState, OwnerState


class Order(models.Model):
    """A unit is put under supervision for a matter, and must reply in writing by a moment."""

    number = models.CharField(max_length=14, unique=True)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    matter_number = models.CharField(max_length=14)
    title = models.CharField(max_length=120)
    reason = models.CharField(max_length=20)  # a code of content/order_reasons.csv
    level = models.SmallIntegerField(choices=Level)
    text = models.TextField()  # what is demanded
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.ISSUED)
    rule = models.CharField(max_length=30, blank=True)  # empty: a person issued it

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")  # must reply
    by_unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=80)
    by_id = models.BigIntegerField(default=0)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)

    issued_at = models.DateTimeField()
    due_at = models.DateTimeField()  # of the reply
    escalations = models.SmallIntegerField(default=0)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.BigIntegerField(default=0)
    replied_by_name = models.CharField(max_length=80, blank=True)
    return_count = models.SmallIntegerField(default=0)
    decision = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Order"])()

    class Meta:
        constraints = [
            models.CheckConstraint(name="order_level_is_known", condition=Q(level__in=[1, 2])),
            models.CheckConstraint(
                name="open_order_has_not_ended",
                condition=Q(state__in=OPEN_ORDERS, ended_at__isnull=True)
                | ~Q(state__in=OPEN_ORDERS) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="order_owes_reply",
                condition=Q(state__in=["issued", "returned"]),
            ),
            models.Index(fields=["matter"], name="order_of_matter"),
            models.Index(fields=["area_path", "-id"], name="order_in_area"),
            models.Index(fields=["state", "-id"], name="order_in_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Ownership(models.Model):
    """An official is named as the owner of a long-pending matter, until it is settled with evidence."""

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    matter_number = models.CharField(max_length=14)
    title = models.CharField(max_length=120)
    reported_at = models.DateTimeField()
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=80)
    owner_role = models.CharField(max_length=120)  # unit and role on the day they were named
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=OwnerState, default=OwnerState.ACTIVE)
    stage = models.CharField(max_length=20)  # a code of content/owner_stages.csv
    next_on = models.DateField()
    reminded_on = models.DateField(null=True)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    named_at = models.DateTimeField()
    named_by_name = models.CharField(max_length=80)
    settlement = models.CharField(max_length=20, blank=True)  # a code of content/settlements.csv
    evidence = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Ownership"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="one_owner_at_a_time", condition=Q(state="active")
            ),
            models.CheckConstraint(
                name="settled_with_evidence",
                condition=~Q(state="settled") | ~Q(evidence="") & ~Q(settlement=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_on", "id"], name="owner_next_step", condition=Q(state="active")
            ),
            models.Index(fields=["area_path", "-id"], name="owner_in_area"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_number} {self.owner_name}"
