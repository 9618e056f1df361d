"""Columns of the facts and of what is counted from them; no arithmetic."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class FactQuerySet(ScopedQuerySet["Fact"]):
    pass


class NewsQuerySet(ScopedQuerySet["News"]):
    pass


class Fact(models.Model):
    """
    What one matter says to statistics: where, what, whose, when, and which promises were kept.

    A promise that was never owed is null: verified_in_time is null where nobody had to verify. Times
    are UTC; days are the city's. No column is about a person.
    """

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+", db_constraint=False
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
    response_due_at = models.DateTimeField(null=True)  # of the first answer; null: none was owed
    responded_in_time = models.BooleanField(null=True)  # null: not answered yet
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
    line_count = models.IntegerField(default=0, db_default=0)  # of the file, when it was read

    scoped_by = ScopedBy(area="area_path", units="matter__unit_ids")
    objects = models.Manager.from_queryset(FactQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["reported_on"], name="fact_day"),
            models.Index(fields=["town", "reported_on"], name="fact_town_day"),
            models.Index(fields=["department_id", "reported_on"], name="fact_department_day"),
            models.Index(fields=["item_id", "reported_on"], name="fact_item_day"),
            models.Index(fields=["town", "state"], name="fact_open", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"facts of {self.matter_id}"


class Change(models.Model):
    """A matter was written: its facts are to be read anew. A trigger on the register fills this queue."""

    matter_id = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"change of {self.matter_id}"


class OpenMatter(models.Model):
    """A matter that somebody owes something now: the small table that “now” is counted from."""

    matter_id = models.BigIntegerField(primary_key=True)
    area_path = models.CharField(max_length=60)
    town = models.CharField(max_length=20, blank=True)
    village = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    source = models.CharField(max_length=12)
    item_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    is_urgent = models.BooleanField(default=False)
    is_supervised = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)  # of the stage
    handle_due_at = models.DateTimeField(null=True)  # while a unit owes its work
    reported_at = models.DateTimeField()
    reported_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="open_matter_due"),
            models.Index(fields=["handle_due_at"], name="open_matter_handle_due"),
        ]

    def __str__(self) -> str:
        return f"open {self.matter_id}"


class Measures(models.Model):
    """What is counted of matters; queries/measures.py says which matters each column counts."""

    reported = models.IntegerField(default=0)
    valid = models.IntegerField(default=0)
    registered = models.IntegerField(default=0)
    missed = models.IntegerField(default=0)
    urgent = models.IntegerField(default=0)
    suspended = models.IntegerField(default=0)
    exempt = models.IntegerField(default=0)
    supervised = models.IntegerField(default=0)
    to_respond = models.IntegerField(default=0)
    responded_in_time = models.IntegerField(default=0)
    to_verify = models.IntegerField(default=0)
    verified_in_time = models.IntegerField(default=0)
    to_register = models.IntegerField(default=0)
    registered_in_time = models.IntegerField(default=0)
    registered_right = models.IntegerField(default=0)
    to_dispatch = models.IntegerField(default=0)
    dispatched_in_time = models.IntegerField(default=0)
    dispatched = models.IntegerField(default=0)
    dispatched_right = models.IntegerField(default=0)
    to_handle = models.IntegerField(default=0)
    handled = models.IntegerField(default=0)
    handled_in_time = models.IntegerField(default=0)
    to_check = models.IntegerField(default=0)
    checked_in_time = models.IntegerField(default=0)
    to_close = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    closed_in_time = models.IntegerField(default=0)
    reworked = models.IntegerField(default=0)
    reopened = models.IntegerField(default=0)
    extended = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    urged = models.IntegerField(default=0)
    rated = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    half_solved = models.IntegerField(default=0)
    not_solved = models.IntegerField(default=0)
    minutes = models.BigIntegerField(default=0)  # from report to closing, of closed matters
    handling_minutes = models.BigIntegerField(default=0)  # from dispatch to first hand-in

    class Meta:
        abstract = True


class Count(Measures):
    """Sums over the matters reported on a day, by one dimension. Small: a row a day and key."""

    class Dimension(models.TextChoices):
        CITY = "city"
        TOWN = "town"
        VILLAGE = "village"
        UNIT = "unit"
        DEPARTMENT = "department"
        ITEM = "item"
        ITEM_CLASS = "item_class"
        SOURCE = "source"

    dimension = models.CharField(max_length=12, choices=Dimension)
    key = models.CharField(max_length=30, blank=True)  # a path, an id or a code; "" of the city
    day = models.DateField()  # of the report

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dimension", "key", "day"], name="count_is_kept_once")
        ]
        indexes = [models.Index(fields=["dimension", "day"], name="count_by_day")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key} {self.day}"


class Closing(models.Model):
    """How many matters were settled on a day, whenever they were reported: the day's work, not a rate."""

    village = models.CharField(max_length=30, blank=True)
    town = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    closed = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "town", "village"], name="closing_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.day}"


class News(models.Model):
    """One line of the ticker; `seq` has no gaps, so a viewer knows what they missed."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    matter_id = models.BigIntegerField()
    number = models.CharField(max_length=14)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    move = models.CharField(max_length=30)
    state = models.CharField(max_length=20)
    area_path = models.CharField(max_length=60)
    is_urgent = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    written_at = models.DateTimeField(db_default=Now())

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(NewsQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["written_at"], name="news_written")]

    def __str__(self) -> str:
        return f"{self.seq} {self.number} {self.move}"


class Tile(models.Model):
    """A figure of an area, computed once and published to every viewer. `version` grows with each publication."""

    code = models.CharField(max_length=30)
    area_path = models.CharField(max_length=60)
    version = models.BigIntegerField()
    as_of = models.DateTimeField()
    digest = models.CharField(
        max_length=32
    )  # of the payload: what is the same is not published again
    payload = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_path", "code"], name="tile_is_kept_once")
        ]
        indexes = [models.Index(fields=["version"], name="tile_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.area_path} {self.version}"


class OnShift(models.Model):
    """How many officers are on shift in a grid, and when work was last recorded there. Nobody by name."""

    area_path = models.CharField(max_length=60, primary_key=True)
    officers = models.IntegerField(default=0)
    worked_at = models.DateTimeField(null=True)
    is_published = models.BooleanField(default=False)  # the tiles say it already

    def __str__(self) -> str:
        return f"{self.area_path} {self.officers}"


class Consumer(models.Model):
    """Where the one consumer of changes stands; a single row."""

    seq = models.BigIntegerField(default=0)  # of the last news
    version = models.BigIntegerField(default=0)  # of the last publication of tiles
    ran_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    whole_at = models.DateTimeField(null=True)  # when all areas were last computed

    def __str__(self) -> str:
        return f"news {self.seq}, tiles {self.version}"
