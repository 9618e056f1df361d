"""Schemes in versions, publications with what was frozen for them, findings and appeals; no arithmetic."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gongzhi.assessment.lifecycle import (
    OPEN_APPEALS,
    AppealState,
    PublicationState,
    SchemeState,
    Subject,
)
from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Scheme(models.Model):
    """One version of how scores are reckoned. In force it is not changed any more: a draft of the next version is."""

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=12, choices=Subject)
    post = models.CharField(
        max_length=20, blank=True
    )  # code of a post; "": the area or unit as a whole
    least = models.PositiveIntegerField()  # matters; who has fewer is not ranked
    ahead = models.DecimalField(max_digits=4, decimal_places=3)  # share of the list that is named
    behind = models.DecimalField(max_digits=4, decimal_places=3)
    lines = models.JSONField()  # of rules.Line, numbers as text
    grades = models.JSONField(default=list)  # [name, least per cent] from the best down
    source = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=SchemeState, default=SchemeState.DRAFT)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # the day after the last
    changed_at = models.DateTimeField()
    drafted_by = models.BigIntegerField(default=0)
    drafted_by_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="scheme_version_once"),
            models.UniqueConstraint(
                fields=["code"], name="one_draft_of_a_scheme", condition=Q(state="draft")
            ),
            models.UniqueConstraint(
                fields=["code"], name="one_scheme_in_force", condition=Q(state="in_force")
            ),
            models.CheckConstraint(
                name="scheme_in_force_has_a_first_day",
                condition=Q(state="draft") | Q(valid_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Publication(models.Model):
    """
    The results of a period under one version of a scheme, frozen: values, definitions, cut-off, lists.

    A correction is a publication of its own (`corrects`), reckoned from the same frozen lists (`base`).
    """

    number = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=60)  # whose subjects are compared
    span = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField()  # the day after the last
    state = models.CharField(
        max_length=10, choices=PublicationState, default=PublicationState.FREEZING
    )
    as_of = models.DateTimeField()  # the cut-off
    inputs = models.JSONField(default=list)  # definitions as they were, in the order of the bits
    totals = models.JSONField(default=dict)  # of the area as a whole, by input: [asked, kept]
    matter_count = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(default=0)
    asked_by_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.BigIntegerField(default=0)
    signed_by_name = models.CharField(max_length=150, blank=True)
    appeal_until = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)  # why it failed, was dropped or corrects

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Publication"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="publication_version_once"),
            models.CheckConstraint(
                name="publication_period_ends", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="publication_is_signed_by_somebody_else",
                condition=Q(signed_at=None) | ~Q(signed_by=F("asked_by")),
            ),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="publication_newest")]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"


class Result(models.Model):
    """What one area, unit or post has in a publication."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="results")
    key = models.CharField(max_length=60)  # path of an area or id of a unit
    name = models.CharField(max_length=120)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)  # who answers, and all above
    matters = models.PositiveIntegerField(default=0)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    most = models.DecimalField(max_digits=7, decimal_places=2)
    rank = models.PositiveIntegerField(null=True)  # null: too few matters to be ranked
    standing = models.CharField(max_length=8, blank=True)
    grade = models.CharField(max_length=4, blank=True)
    lines = models.JSONField()  # [input, asked, kept, points or null] in the scheme's order

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Result"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "key"], name="result_once")]
        indexes = [models.Index(fields=["publication", "rank"], name="result_rank")]

    def __str__(self) -> str:
        return f"{self.name} {self.points}"


class FrozenMatter(models.Model):
    """A matter as it stood at the cut-off: which denominators and numerators it was counted in."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+")
    matter_id = models.BigIntegerField()
    key = models.CharField(max_length=60)
    asked = models.BigIntegerField()  # bit i: the i-th of Publication.inputs asks for it
    kept = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "matter_id"], name="frozen_matter_once")
        ]
        indexes = [models.Index(fields=["publication", "key", "matter_id"], name="frozen_by_key")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.matter_id}"


class Finding(models.Model):
    """Something the office found out about an area or a unit that takes points; with its evidence."""

    nature = models.CharField(max_length=30)
    subject = models.CharField(max_length=12, choices=Subject)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    found_on = models.DateField()  # it counts in the period that holds this day
    number = models.CharField(max_length=14, blank=True)  # of the matter it was found at
    evidence = models.CharField(max_length=1000)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField(default=0)
    noted_by_name = models.CharField(max_length=150)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by_name = models.CharField(max_length=150, blank=True)
    cancelled_for = models.CharField(max_length=500, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Finding"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cancelled_finding_says_why",
                condition=Q(cancelled_at=None) | ~Q(cancelled_for=""),
            )
        ]
        indexes = [models.Index(fields=["subject", "found_on"], name="finding_day")]

    def __str__(self) -> str:
        return f"{self.nature} {self.name} {self.found_on}"


class Appeal(models.Model):
    """The assessed unit does not agree that a matter, or a finding, counts. Two different people review it."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="+"
    )  # the first version
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    matter_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=14, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.FILED)
    filed_at = models.DateTimeField()
    filed_by = models.BigIntegerField(default=0)
    filed_by_name = models.CharField(max_length=150)
    first_due_at = models.DateTimeField()
    first_at = models.DateTimeField(null=True)
    first_by = models.BigIntegerField(default=0)
    first_by_name = models.CharField(max_length=150, blank=True)
    first_for = models.BooleanField(null=True)
    first_note = models.CharField(max_length=1000, blank=True)
    second_due_at = models.DateTimeField(null=True)
    second_at = models.DateTimeField(null=True)
    second_by = models.BigIntegerField(default=0)
    second_by_name = models.CharField(max_length=150, blank=True)
    second_for = models.BooleanField(null=True)
    second_note = models.CharField(max_length=1000, blank=True)
    applied = models.ForeignKey(Publication, models.SET_NULL, null=True, related_name="+")

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Appeal"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_is_about_a_matter_or_a_finding",
                condition=Q(matter_id__isnull=False, finding__isnull=True)
                | Q(matter_id__isnull=True, finding__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_are_by_different_people",
                condition=Q(second_at=None) | ~Q(second_by=F("first_by")),
            ),
            models.UniqueConstraint(
                fields=["publication", "matter_id"], name="one_open_appeal_of_a_matter",
                condition=Q(state__in=OPEN_APPEALS, matter_id__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["publication", "finding"], name="one_open_appeal_of_a_finding",
                condition=Q(state__in=OPEN_APPEALS, finding__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "-id"], name="appeal_list"),
            models.Index(fields=["publication", "key"], name="appeal_of_result"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number or self.finding_id}"
