"""The area tree and its shapes over time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Area(models.Model):
    """A city, town, village, grid …: as many levels as the city has."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=240, unique=True)
    parent = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    lon = models.FloatField(null=True)  # where the name is written on the map
    lat = models.FloatField(null=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)  # the first day on which it is no longer valid
    replaced_by = ArrayField(models.CharField(max_length=40), default=list)

    scoped_by = ScopedBy(area="path")
    objects = ScopedQuerySet["Area"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="area_path_ends_with_slash", condition=Q(path__endswith="/")
            ),
            models.CheckConstraint(
                name="only_the_top_area_has_no_parent",
                condition=Q(parent__isnull=True, level=0) | Q(parent__isnull=False, level__gt=0),
            ),
            models.CheckConstraint(
                name="area_closes_after_it_opens",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class AreaShape(models.Model):
    """One version of an area's outline, valid from a day until the day before `valid_to`."""

    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    outline = models.BinaryField()  # WKB, WGS-84
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "version"], name="shape_version_is_unique"),
            models.CheckConstraint(
                name="shape_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            ExclusionConstraint(
                name="an_area_has_one_shape_a_day",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} v{self.version}"


class Edition(models.Model):
    """One row whose mark changes with the area tree; processes that hold a copy compare it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.mark)
