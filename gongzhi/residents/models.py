"""Columns and constraints of residents' own corners. An account is a way to be reached, and nothing else."""

from datetime import time

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


class OwnReport(models.Model):
    """A report its owner keeps in their corner."""

    class How(models.TextChoices):
        SIGNED_IN = "signed_in"
        CODE = "code"  # number and look-up code
        PHONE = "phone"  # the number it was reported with

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
