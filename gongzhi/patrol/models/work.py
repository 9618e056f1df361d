"""What is due, who does it on which day, what was found, who is on shift."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Due(models.Model):
    """
    Premises in a plan: when they were last visited and when they are due.

    A million rows that are computed at once; their premises are in the register, so the database
    need not look each of them up again (no key constraint).
    """

    premises = models.ForeignKey(
        "places.Premises", models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    plan = models.ForeignKey("patrol.Plan", models.PROTECT, related_name="+", db_constraint=False)
    last_on = models.DateField(null=True)  # null: never
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()  # the period
    kind = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()
    nobody_count = models.PositiveSmallIntegerField(default=0)  # in a row
    group = models.CharField(max_length=24)
    list_code = models.CharField(max_length=24)
    klass = models.CharField(max_length=20, blank=True)
    area_path = models.CharField(max_length=240)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Due"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["premises", "group"], name="due_once_in_a_group"),
        ]
        indexes = [
            models.Index(
                OpClass("area_path", name="varchar_pattern_ops"), "due_on", name="due_in_area"
            ),
            models.Index(fields=["due_on", "id"], name="due_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.premises_id} {self.group} {self.due_on}"


class Task(models.Model):
    """One premises to visit, by one officer, on a day. It stays open until it is done: nothing is lost."""

    class Kind(models.TextChoices):
        PATROL = "patrol", pgettext_lazy("patrol task", "Patrol")
        REVISIT = "revisit", pgettext_lazy("patrol task", "Re-visit")
        SAMPLE = "sample", pgettext_lazy("patrol task", "Sample re-check")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("patrol task", "Open")
        DONE = "done", pgettext_lazy("patrol task", "Done")
        DROPPED = "dropped", pgettext_lazy("patrol task", "No longer needed")

    premises = models.ForeignKey(
        "places.Premises", models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    user = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", db_index=False
    )  # null: nobody works in the grid
    due_on = models.DateField()
    planned_on = models.DateField()
    first_on = models.DateField()  # the day it was drawn for first; later days carried it over
    done_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PATROL)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    group = models.CharField(max_length=24)
    list_code = models.CharField(max_length=24)
    area_path = models.CharField(max_length=240)
    why = models.CharField(max_length=200, blank=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Task"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "group", "kind"],
                name="one_open_task_of_a_kind",
                condition=Q(state="open"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "planned_on"],
                name="task_open_of_officer",
                condition=Q(state="open"),
            ),
            models.Index(
                OpClass("area_path", name="varchar_pattern_ops"),
                "planned_on",
                name="task_open_in_area",
                condition=Q(state="open"),
            ),
            models.Index(fields=["planned_on", "user"], name="task_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.premises_id} {self.planned_on}"


class Visit(models.Model):
    """Somebody was there. Results are kept in the numbering of the list's own version."""

    class Outcome(models.TextChoices):
        VISITED = "visited", pgettext_lazy("patrol visit", "Visited")
        NOBODY = "nobody", pgettext_lazy("patrol visit", "Nobody there")
        NO_ENTRY = "no_entry", pgettext_lazy("patrol visit", "Entry refused")
        GONE = "gone", pgettext_lazy("patrol visit", "No longer there")

    key = models.CharField(max_length=64, unique=True)  # of the operation: sent twice, kept once
    premises = models.ForeignKey(
        "places.Premises", models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.BigIntegerField(null=True)
    task = models.ForeignKey("patrol.Task", models.SET_NULL, null=True, related_name="+")
    list = models.ForeignKey("patrol.CheckList", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    on = models.DateField()
    received_at = models.DateTimeField(db_default=Now())
    # Where the officer stood when the record was made; nothing else keeps a position.
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    kind = models.CharField(max_length=8, choices=Task.Kind, default=Task.Kind.PATROL)
    premises_kind = models.PositiveSmallIntegerField()
    line_count = models.PositiveSmallIntegerField(default=0)
    fail_count = models.PositiveSmallIntegerField(default=0)
    verdicts = models.JSONField(default=dict)  # {"1": "pass", "2": "na", …}
    note = models.CharField(max_length=500, blank=True)
    next_on = models.DateField(null=True)
    area_path = models.CharField(max_length=240)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Visit"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_has_a_whole_point",
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
            ),
        ]
        indexes = [
            models.Index(fields=["premises", "-at"], name="visit_of_premises"),
            models.Index(fields=["user", "on"], name="visit_of_officer"),
            models.Index(fields=["on", "id"], name="visit_by_day"),
            models.Index(
                OpClass("area_path", name="varchar_pattern_ops"), "on", name="visit_in_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.premises_id} {self.on} {self.outcome}"


class Finding(models.Model):
    """A line that was not as it should be, and the matter it became (matters keep the same key)."""

    visit = models.ForeignKey("patrol.Visit", models.CASCADE, related_name="+")
    n = models.PositiveSmallIntegerField()
    item_code = models.CharField(max_length=24)
    note = models.CharField(max_length=500, blank=True)
    revisit_on = models.DateField(null=True)
    matter_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "n"], name="finding_once_a_line")]
        indexes = [
            models.Index(
                fields=["matter_key"], name="finding_of_matter", condition=~Q(matter_key="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}.{self.n}"


class Shift(models.Model):
    """When somebody was on duty: two moments, no way between them."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_itself = models.BooleanField(default=False)  # forgotten, and ended by the night's job
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_open_shift", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="shift_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
            ),
        ]
        indexes = [models.Index(fields=["user", "-started_at"], name="shift_of_officer")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"
