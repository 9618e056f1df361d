"""Sweep campaigns 拉网式排查: a plan, units with their parts, what they found and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.centres.lifecycle import CampaignState
from gongzhi.centres.models.houses import BY_CENTRE, Centre


class Campaign(models.Model):
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    sector = models.CharField(max_length=20)  # a code of content/sectors.csv
    text = models.TextField()
    check_list = models.JSONField()  # the lines as they stood when the campaign began
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=150)
    result = models.CharField(max_length=1000, blank=True)

    scoped_by = BY_CENTRE
    objects = models.Manager.from_queryset(ScopedQuerySet["Campaign"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """What one unit does of a campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="parts")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    unit_ids = ArrayField(models.BigIntegerField())  # the unit and all above, and the centre's
    area_path = models.CharField(max_length=120)
    planned = models.PositiveIntegerField()  # places to look at
    checked = models.PositiveIntegerField(default=0)
    reported_at = models.DateTimeField(null=True)
    reported_by_name = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Part"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="one_part_a_unit")]
        indexes = [GinIndex(fields=["unit_ids"], name="campaign_part_units")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.unit_id}"


class Finding(models.Model):
    """A sign of trouble at a place, in words without names; it may become a dispute of the register."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="findings")
    line = models.CharField(max_length=20)  # the line of the check-list
    address = models.CharField(max_length=200)
    words = models.CharField(max_length=500)
    found_on = models.DateField()
    found_by_name = models.CharField(max_length=150)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)  # settled on the spot, without a dispute
    settled_how = models.CharField(max_length=300, blank=True)

    scoped_by = ScopedBy(area="part__area_path", units="part__unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Finding"])()

    def __str__(self) -> str:
        return f"{self.part_id} {self.found_on}"
