"""Columns of forecasts, models, decisions and briefs; no arithmetic."""

from django.db import models
from django.db.models import Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Forecast(models.Model):
    """One nightly version: trained on the days up to its cut-off, never changed afterwards."""

    cutoff = models.DateField()  # the last day it was trained on
    since = models.DateField(null=True)  # the first one
    made_at = models.DateTimeField()
    held_out_from = models.DateField(null=True)  # first day of the test
    needed_days = models.IntegerField(default=0)  # when the history is too short; else 0
    series_count = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)  # of the processor
    is_bounded = models.BooleanField(default=False)  # the seconds ran out: some series got averages
    plan = models.JSONField(default=dict)  # the parameters of the day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cutoff", "made_at"], name="forecast_version_once")
        ]

    def __str__(self) -> str:
        return f"forecast to {self.cutoff}"


class ForecastSeries(models.Model):
    """What a version says of one area and group; "" is every group. Values are matters a day."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="series")
    area_path = models.CharField(max_length=60)  # the city or a town
    item_class = models.CharField(max_length=8, blank=True)
    method = models.CharField(max_length=10)
    mean = models.FloatField()  # a day, over the last four weeks of training
    wape = models.FloatField(null=True)
    naive_wape = models.FloatField(null=True)
    mase = models.FloatField(null=True)
    covered = models.FloatField(null=True)  # share of the held-out days within the interval
    ahead = models.JSONField(default=list)  # by day after the cut-off: expected
    low = models.JSONField(default=list)
    high = models.JSONField(default=list)
    week = models.FloatField(default=0)  # expected from tomorrow on, seven days
    week_low = models.FloatField(default=0)
    week_high = models.FloatField(default=0)
    came = models.JSONField(default=list)  # the last days of training
    held_out = models.JSONField(default=list)  # what was said of the last ones of them

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["ForecastSeries"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "area_path", "item_class"], name="forecast_series_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_path} {self.item_class}"


class Trained(models.Model):
    """One version of a model: where its bytes are, their hash, and how good it was on later matters."""

    class Subject(models.TextChoices):
        ITEM = "item"
        UNIT = "unit"

    subject = models.CharField(max_length=8, choices=Subject)
    version = models.IntegerField()
    trained_at = models.DateTimeField()
    is_ruling = models.BooleanField(default=False)  # the one that suggests
    file = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.IntegerField(default=0)  # bytes
    since = models.DateField(null=True)  # first day of what it was trained on
    held_out_from = models.DateField(null=True)
    until = models.DateField(null=True)
    learned_count = models.IntegerField(default=0)  # matters
    left_out_count = models.IntegerField(default=0)  # matters whose words single out a person
    class_count = models.IntegerField(default=0)
    feature_count = models.IntegerField(default=0)
    judged_count = models.IntegerField(default=0)  # held-out matters
    first_count = models.IntegerField(default=0)  # of them: the first suggestion was right
    three_count = models.IntegerField(default=0)
    frequent_count = models.IntegerField(default=0)  # of them: the most frequent class was right
    report = models.JSONField(default=dict)  # by class, by how sure
    seconds = models.FloatField(default=0)
    needed_count = models.IntegerField(default=0)  # when there are too few matters; else 0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="trained_version_once"),
            models.UniqueConstraint(
                fields=["subject"], name="one_ruling_model", condition=Q(is_ruling=True)
            ),
            models.CheckConstraint(
                name="ruling_model_has_a_hash", condition=Q(is_ruling=False) | ~Q(sha256="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.version}"

    @property
    def first_percent(self) -> int:
        return round(100 * self.first_count / self.judged_count) if self.judged_count else 0

    @property
    def three_percent(self) -> int:
        return round(100 * self.three_count / self.judged_count) if self.judged_count else 0


class Decision(models.Model):
    """What a person chose for one matter, beside what had been suggested; the person is not kept."""

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=8, choices=Trained.Subject)
    trained = models.ForeignKey(Trained, models.CASCADE, related_name="+")
    area_path = models.CharField(max_length=60)
    suggested = models.JSONField(default=list)  # codes, the best first
    chosen = models.CharField(max_length=40)
    rank = models.SmallIntegerField(default=0)  # of the chosen among the suggested; 0: not among
    likelihood = models.FloatField(default=0)  # of the first suggestion
    decided_at = models.DateTimeField()

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Decision"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "subject"], name="decision_of_a_matter_once")
        ]
        indexes = [
            models.Index(fields=["subject", "-decided_at", "-id"], name="decision_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.subject} {self.rank}"


class Brief(models.Model):
    """One morning's brief of an area: sentences, each with its figures, source and list. A version is never changed."""

    area_path = models.CharField(max_length=60)
    day = models.DateField()  # the day it tells of
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()  # also the cut-off of its figures
    lines = models.JSONField(default=list)

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Brief"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_path", "day", "version"], name="brief_once")
        ]
        indexes = [models.Index(fields=["area_path", "-day", "-version"], name="brief_newest")]

    def __str__(self) -> str:
        return f"{self.area_path} {self.day}"
