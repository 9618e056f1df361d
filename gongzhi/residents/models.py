"""Columns and constraints of residents' own corners. An account is a way to be reached, and nothing else."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gongzhi.base.secrets import EncryptedTextField


class Resident(models.Model):
    """Somebody who signs in with a phone code. No name, no address; the number is readable with the field key only."""

    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=64, unique=True)
    email = EncryptedTextField(blank=True)  # only after its own code came back
    language = models.CharField(max_length=10, default="zh-hans")
    large_type = models.BooleanField(default=False)
    by_sms = models.BooleanField(default=True)
    by_email = models.BooleanField(default=False)
    digest = models.BooleanField(default=False)  # what is new once a day instead of at once
    quiet_from = models.TimeField(default=time(21, 30))
    quiet_to = models.TimeField(default=time(8))
    paused_until = models.DateField(null=True)
    mark = models.PositiveIntegerField(default=0)  # a sign-in with an older mark is over
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="resident_can_be_found", condition=~Q(phone_index=""))
        ]

    def __str__(self) -> str:
        return f"resident {self.pk}"


class SignInCode(models.Model):
    """A code on its way. It is bound to the device that asked for it, and gone within a day."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        EMAIL = "email"

    ticket = models.CharField(max_length=43, unique=True)  # what the device holds
    purpose = models.CharField(max_length=8, choices=Purpose)
    address = EncryptedTextField()
    address_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["address_index", "made_at"], name="codes_of_an_address")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d %H:%M}"


class Follow(models.Model):
    """A published matter that a resident wants to hear of."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12)  # of the publication; it may be withdrawn any time
    seen_stage = models.CharField(max_length=10)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "public_id"], name="matter_is_followed_once"
            )
        ]
        indexes = [models.Index(fields=["public_id"], name="followers_of_a_matter")]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.public_id}"


class StreetAlert(models.Model):
    """Streets a resident chose to hear about: a village, or a circle whose middle is rounded to about 100 m."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    area_path = models.CharField(max_length=60, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    radius_m = models.PositiveIntegerField(null=True)
    classes = ArrayField(models.CharField(max_length=3), default=list)  # empty: every class
    is_paused = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="alert_is_an_area_or_a_circle",
                condition=Q(~Q(area_path=""), lon=None, lat=None, radius_m=None)
                | Q(
                    area_path="", lon__isnull=False, lat__isnull=False, radius_m__range=(300, 3000)
                ),
            )
        ]
        indexes = [
            models.Index(
                fields=["area_path"], name="alerts_of_an_area", condition=~Q(area_path="")
            ),
            models.Index(fields=["lat"], name="alerts_by_lat", condition=Q(lat__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.area_path or self.radius_m}"


class News(models.Model):
    """Something to tell a resident once its time has come; the words are made when it is sent."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12)
    stage = models.CharField(max_length=10)
    alert = models.ForeignKey(StreetAlert, models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "public_id", "stage"], name="news_are_told_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="news_to_tell", condition=Q(sent_at__isnull=True)),
            models.Index(fields=["public_id"], name="news_of_a_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.public_id} {self.stage}"


class OwnReport(models.Model):
    """A report its owner keeps in their corner."""

    class How(models.TextChoices):
        SIGNED_IN = "signed_in"
        CODE = "code"  # number and look-up code

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    reporter = models.ForeignKey("matters.Reporter", models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident", "reporter"], name="report_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.reporter_id}"
