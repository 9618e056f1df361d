"""Calendars, holidays, time rules and running clocks, as tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ServiceCalendar(models.Model):
    """A calendar of the city or of one unit; units below inherit it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    unit = models.OneToOneField(
        "accounts.Unit", models.CASCADE, null=True, blank=True, related_name="+"
    )
    zone = models.CharField(max_length=40, blank=True)  # empty: the city's
    keeps_holidays = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class ServiceHours(models.Model):
    """One version of a calendar's hours, in force from a date until the next version."""

    calendar = models.ForeignKey(ServiceCalendar, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    hours = models.CharField(max_length=400)  # "1-5 08:00-12:00 14:00-18:00"
    makeup = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "version"], name="hours_version_once"),
            models.UniqueConstraint(fields=["calendar", "valid_from"], name="hours_begin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} v{self.version}"


class HolidayDay(models.Model):
    """A day the city sets apart from what the shipped arrangement says."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Day off")
        WORKDAY = "workday", _("Make-up workday")
        ORDINARY = "ordinary", _("Ordinary day")  # takes back what the shipped arrangement says

    calendar = models.SlugField(max_length=40, default="default")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="holiday_day_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "workday", "ordinary"]), name="holiday_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class HolidayYear(models.Model):
    """A year whose arrangement is complete in the table: deadlines in it need no warning."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class Revision(models.Model):
    """Counts changes of calendars, holidays and rules, so that processes know when to reload."""

    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class TimeRule(models.Model):
    """One version of a rule about time; the shipped rules stand in content/*.csv."""

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    amount = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=8, blank=True)
    counting = models.CharField(max_length=12, blank=True)
    from_next_day = models.BooleanField(default=False)
    rolls_over = models.BooleanField(default=False)
    ends_at = models.CharField(max_length=8, default="day")
    warn_percent = models.PositiveSmallIntegerField(default=25)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    levels = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="time_rule_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="time_rule_is_valid_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class RunningClock(models.Model):
    """One limit that runs, or ran, for a subject. Its rule and calendar are kept as they were."""

    subject = models.BigIntegerField()  # id of a matter; clocks know nothing else of it
    name = models.CharField(max_length=40)
    party = models.CharField(max_length=200, blank=True)  # who owes, in the words of the caller
    rule = models.CharField(max_length=80, blank=True)  # code@version
    limit = models.JSONField()
    calendar = models.CharField(max_length=40)
    calendar_version = models.PositiveSmallIntegerField()
    uncovered = ArrayField(models.PositiveSmallIntegerField(), default=list)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()  # while paused: as it was before the pause
    warn_at = models.DateTimeField()
    alert_at = models.DateTimeField(null=True)  # when somebody is to be told next
    warned_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    escalated_level = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True)  # kept, late
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    pause_kind = models.CharField(max_length=12, blank=True)  # pause, suspension
    pause_reason = models.CharField(max_length=200, blank=True)
    pauses = models.JSONField(default=list)
    exclusions = models.JSONField(default=list)
    extensions = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "name"],
                condition=Q(stopped_at__isnull=True),
                name="clock_runs_once",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, outcome="")
                | Q(stopped_at__isnull=False, outcome__in=["kept", "late"]),
                name="stopped_clock_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], name="clock_subject"),
            models.Index(
                fields=["alert_at"],
                name="clock_alert",
                condition=Q(
                    stopped_at__isnull=True, paused_at__isnull=True, alert_at__isnull=False
                ),
            ),
            models.Index(
                fields=["paused_until"],
                name="clock_wakes",
                condition=Q(stopped_at__isnull=True, paused_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.name}"
