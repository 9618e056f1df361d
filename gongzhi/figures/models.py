"""Columns of the facts and of what is counted from them; no arithmetic."""

from django.db import models
from django.db.models import Q


class Fact(models.Model):
    """
    What one matter says to statistics: where, what, whose, when, and which promises were kept.

    A promise that was never owed is null: verified_in_time is null where nobody had to verify. Times
    are UTC; days are the city's. No column is about a person.
    """

    matter = models.OneToOneField(
        "matters.Matter", models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=12)
    state = models.CharField(max_length=20)
    is_open = models.BooleanField(default=True)
    item_id = models.BigIntegerField(null=True)
    item_class = models.CharField(max_length=8, blank=True)  # family and two digits, such as E01
    is_urgent = models.BooleanField(default=False)
    level = models.SmallIntegerField(
        default=1
    )  # of command that dispatches: 0 city, 1 town, 2 village

    area_path = models.CharField(max_length=60)  # of the grid, when known
    town = models.CharField(max_length=20, blank=True)  # the path's first two levels
    village = models.CharField(max_length=30, blank=True)  # the path's first three levels
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)  # H3 cell of resolution 9, about 0.1 km²

    unit_id = models.BigIntegerField(null=True)  # the lead unit
    department_id = models.BigIntegerField(null=True)  # the city department above it, or itself

    reported_at = models.DateTimeField()
    reported_on = models.DateField()
    is_valid = models.BooleanField(default=True)  # 有效上报: not refused, not void, not merged
    is_missed = models.BooleanField(
        default=False
    )  # 漏报: registered, and not found by the grid's officers
    verified_in_time = models.BooleanField(null=True)
    registered_at = models.DateTimeField(null=True)
    registered_in_time = models.BooleanField(null=True)
    registered_right = models.BooleanField(null=True)  # never sent back to the clerk
    dispatched_at = models.DateTimeField(null=True)  # first
    dispatched_in_time = models.BooleanField(null=True)
    dispatched_right = models.BooleanField(null=True)  # the first unit did not send it back
    handle_due_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)  # handed in for the first time
    handled_in_time = models.BooleanField(null=True)
    checked_in_time = models.BooleanField(null=True)
    whole_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_in_time = models.BooleanField(null=True)
    hours = models.FloatField(null=True)  # from report to closing, on the clock of the wall
    handling_hours = models.FloatField(null=True)  # from first dispatch to first hand-in

    rework_count = models.SmallIntegerField(default=0)
    reopen_count = models.SmallIntegerField(default=0)
    extension_count = models.SmallIntegerField(default=0)
    urge_count = models.SmallIntegerField(default=0)
    return_count = models.SmallIntegerField(default=0)  # units that sent it back: where it bounces
    is_suspended = models.BooleanField(default=False)  # now: out of denominators
    is_exempt = models.BooleanField(
        default=False
    )  # an upheld appeal: the fact stays, the figure not
    is_supervised = models.BooleanField(default=False)
    rating = models.SmallIntegerField(null=True)  # 3 solved, 2 half, 1 not

    class Meta:
        indexes = [
            models.Index(fields=["reported_on"], name="fact_day"),
            models.Index(fields=["town", "reported_on"], name="fact_town_day"),
            models.Index(fields=["department_id", "reported_on"], name="fact_department_day"),
            models.Index(fields=["item_id", "reported_on"], name="fact_item_day"),
            models.Index(fields=["cell", "reported_on"], name="fact_cell_day"),
            models.Index(fields=["town", "state"], name="fact_open", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"facts of {self.matter_id}"
