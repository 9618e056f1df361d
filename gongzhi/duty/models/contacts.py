"""Duty telephones of units, own numbers people entered themselves, and rooms to meet in by video or voice."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Contact(models.Model):
    """How a post of a unit is reached. With `user`, it is somebody's own number, entered by themself."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    post = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)
    hours = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=150)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Contact"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "post", "phone"], name="contact_once"),
            models.UniqueConstraint(
                fields=["unit", "user"], name="own_number_once", condition=Q(user__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["area_path", "unit", "id"],
                name="duty_contact_area",
                opclasses=["text_pattern_ops", "int8_ops", "int8_ops"],
            ),
            GinIndex(fields=["unit_ids"], name="duty_contact_units"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.phone}"


class Room(models.Model):
    """A video or voice room of a unit: an address, nothing more."""

    class Kind(models.TextChoices):
        VIDEO = "video", pgettext_lazy("room", "Video")
        VOICE = "voice", pgettext_lazy("room", "Voice")

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    url = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=150)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Room"])()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name
