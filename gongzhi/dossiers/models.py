"""The file of a dispute: what was put in, who keeps it, what a second person scored."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Dossier(models.Model):
    """One file; begun when the dispute is ready to be archived or somebody puts a document in."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("file", "To complete")
        BOUND = "bound", pgettext_lazy("file", "Archived")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+"
    )
    matter_number = models.CharField(max_length=20)
    kind_name = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    body_id = models.BigIntegerField(default=0)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=80, blank=True)  # 卷号, given when it is archived
    statement = EncryptedTextField(blank=True)  # 卷宗情况说明
    missing = ArrayField(models.CharField(max_length=20), default=list)  # codes of lines
    kept_by = models.BigIntegerField(default=0)
    kept_name = models.CharField(max_length=60, blank=True)
    bound_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=3, decimal_places=1, null=True)  # of seven
    reviewed_at = models.DateTimeField(null=True)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    opened_at = models.DateTimeField()

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Dossier"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_id", "year", "serial"],
                name="file_number_once",
                condition=Q(serial__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["state", "-matter"], name="dossier_state"),
            models.Index(fields=["-matter"], name="dossier_to_score", condition=Q(state="bound", score__isnull=True)),
            models.Index(fields=["-matter"], name="dossier_lacking", condition=Q(state="bound") & ~Q(missing=[])),
            models.Index(fields=["score", "matter"], name="dossier_by_score", condition=Q(score__isnull=False)),
            models.Index(fields=["-matter"], name="dossier_reviewed", condition=Q(score__isnull=False)),
            models.Index(fields=["kind_name", "-matter"], name="dossier_kind"),
            models.Index(fields=["matter_number"], name="dossier_matter", opclasses=["text_pattern_ops"]),
            models.Index(fields=["area_path"], name="dossier_area", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["unit_ids"], name="dossier_units"),
            GinIndex(OpClass(Upper("number"), name="gin_trgm_ops"), name="dossier_numbers"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"file {self.matter_number}"


class Document(models.Model):
    """Something put into the file by hand: a scan, a photo, evidence."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="documents")
    place = models.CharField(max_length=20)  # code of content/positions.csv
    title = EncryptedTextField()
    token = models.CharField(max_length=32)
    by = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place}"


class Review(models.Model):
    """The seven points, by somebody who does not keep the file. A later review counts instead."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reviews")
    kept_by = models.BigIntegerField()  # whose work it is about, at the moment of the review
    reviewed_by = models.BigIntegerField()
    reviewer_name = models.CharField(max_length=60)
    points = models.JSONField()  # code → full, half, none
    score = models.DecimalField(max_digits=3, decimal_places=1)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_second_person_reviews", condition=~Q(reviewed_by=F("kept_by"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.score}"
