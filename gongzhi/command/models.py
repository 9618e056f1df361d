"""Alarms with who acknowledged them at which desk; big screens with all their versions."""

from django.db import models
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Alarm(models.Model):
    """An urgent matter came in: rung once at the desk that commands it."""

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+"
    )
    number = models.CharField(max_length=14)
    title = models.CharField(max_length=120)
    area_path = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()  # whose desk answers first
    raised_at = models.DateTimeField()

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Alarm"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["-raised_at"], name="alarm_newest")]

    def __str__(self) -> str:
        return f"{self.number} {self.raised_at:%Y-%m-%d %H:%M}"


class Acknowledgement(models.Model):
    """A desk's answer to an alarm; the desk is the area it commands."""

    alarm = models.ForeignKey("command.Alarm", models.CASCADE, related_name="+")
    desk_path = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    by = models.BigIntegerField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alarm", "desk_path"], name="a_desk_answers_once")
        ]

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.desk_path}"


class Ratio(models.TextChoices):
    WIDE = "16:9", "16:9"
    WALL = "32:9", "32:9"


class Screen(models.Model):
    """A big screen of a unit: what it shows is its newest version."""

    class Share(models.TextChoices):
        UNIT = "unit", pgettext_lazy("screen", "Own unit only")
        REACH = "reach", pgettext_lazy("screen", "Everybody whose area includes it")
        BELOW = "below", pgettext_lazy("screen", "As a template for the levels below, too")

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    ratio = models.CharField(max_length=5, choices=Ratio)
    share = models.CharField(max_length=5, choices=Share, default=Share.UNIT)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=80)
    removed_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Screen"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "name"], name="screen_of_unit")]

    def __str__(self) -> str:
        return self.name


class ScreenVersion(models.Model):
    screen = models.ForeignKey("command.Screen", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    layout = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screen", "number"], name="screen_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.screen_id} v{self.number}"
