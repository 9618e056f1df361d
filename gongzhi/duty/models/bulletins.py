"""Bulletins and which unit has read them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Bulletin(models.Model):
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")  # who says it
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    title = models.CharField(max_length=120)
    text = models.TextField()
    is_urgent = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=150)
    recalled_at = models.DateTimeField(null=True)
    recalled_by_name = models.CharField(max_length=150, blank=True)
    recall_reason = models.CharField(max_length=300, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Bulletin"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bulletin_is_valid_for_some_time",
                condition=Q(valid_until__gt=F("published_at")),
            ),
            models.CheckConstraint(
                name="recalled_bulletin_says_why",
                condition=Q(recalled_at=None) | ~Q(recall_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reader(models.Model):
    """One unit that is to read a bulletin, and when somebody there confirmed it."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="readers")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    read_at = models.DateTimeField(null=True)
    read_by_name = models.CharField(max_length=150, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Reader"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "unit"], name="reader_once")]
        indexes = [
            models.Index(
                fields=["area_path"], name="duty_reader_area", opclasses=["text_pattern_ops"]
            ),
            GinIndex(fields=["unit_ids"], name="duty_reader_units"),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.unit_id}"


class BulletinFile(models.Model):
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.file_id}"
