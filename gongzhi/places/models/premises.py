"""Premises: one narrow table for everything that has a door, a plate or a pole."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Kind(models.IntegerChoices):
    ADDRESS = 1, _("Address")
    BUILDING = 2, _("Building")
    RENTAL_BUILDING = 3, _("Rental building")
    SMALL_PREMISES = 4, _("Small premises")
    ORGANISATION = 5, pgettext_lazy("premises", "Organisation")
    FACILITY = 6, _("Public facility")


class Status(models.IntegerChoices):
    IN_USE = 1, _("In use")
    VACANT = 2, _("Vacant")
    CLOSED = 3, _("Shut down")


class Grade(models.IntegerChoices):
    """How closely the premises are looked after; it grades the place, never a person."""

    NONE = 0, _("Not graded")
    A = 1, "A"
    B = 2, "B"
    C = 3, "C"
    D = 4, "D"


def SearchText() -> Any:  # noqa: N802 - an expression, named like Django's own
    """Build what people search in; each part starts with a space so that short words match at its start."""
    return Lower(
        Concat(Value(" "), "name", Value(" "), "address", Value(" "), "code"),
        output_field=models.TextField(),
    )


class Where(models.Func):
    """The point as PostgreSQL's own type, for boxes on the map."""

    function = "point"
    output_field = models.TextField()

    def __init__(self) -> None:
        super().__init__("lon", "lat")


class Premises(models.Model):
    # Wide columns first: fixed widths without padding keep 55 million rows small.
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area = models.ForeignKey(
        "places.Area", models.PROTECT, related_name="+", null=True, db_index=False
    )
    changed_at = models.DateTimeField()
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    status = models.PositiveSmallIntegerField(choices=Status.choices, default=Status.IN_USE)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices, default=Grade.NONE)
    code = models.CharField(max_length=40)
    parent_code = models.CharField(max_length=40, default="", blank=True)
    area_path = models.CharField(max_length=240)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240)
    details = models.JSONField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Premises"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="premises_code_is_unique"),
            models.CheckConstraint(
                name="premises_path_ends_with_slash", condition=Q(area_path__endswith="/")
            ),
            models.CheckConstraint(
                name="premises_have_a_whole_point",
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
        ]
        indexes = [
            models.Index(
                OpClass("area_path", name="varchar_pattern_ops"), "id", name="premises_by_area"
            ),
            models.Index("parent_code", name="premises_by_parent", condition=~Q(parent_code="")),
            # A fiftieth of the register is visited by plan; every morning all of it is asked for.
            models.Index(
                fields=["kind"], name="premises_under_plans", condition=Q(kind__in=[3, 4, 5])
            ),
            GinIndex(OpClass(SearchText(), name="gin_trgm_ops"), name="premises_search"),
            GistIndex(Where(), name="premises_where"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
