from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.secrets import EncryptedTextField


class Channel(models.TextChoices):
    IN_APP = "in_app", _("In the application")
    EMAIL = "email", _("E-mail message")
    SMS = "sms", _("Text message")


class Template(models.Model):
    """One version of the words for one occasion, channel and language. Versions are never changed."""

    code = models.CharField(max_length=30)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "channel", "language", "version"], name="template_version_is_unique"
            ),
            models.CheckConstraint(
                name="template_has_a_known_channel",
                condition=models.Q(channel__in=["in_app", "email", "sms"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel} {self.language} v{self.version}"


class QuietHours(models.Model):
    """The hours of the day in which a channel waits unless it is urgent."""

    channel = models.CharField(max_length=8, choices=Channel.choices, unique=True)
    starts = models.TimeField()
    ends = models.TimeField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.channel} {self.starts:%H:%M}–{self.ends:%H:%M}"


class Notice(models.Model):
    """What one person was told, in the words of the day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    template = models.ForeignKey(Template, models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at", "-id"], name="notices_of_a_person"),
            models.Index(
                fields=["person"], name="notices_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One message on its way out of the house. Address and words are readable with the field key only."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    template = models.ForeignKey(Template, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = EncryptedTextField()
    masked = models.CharField(max_length=80)  # what lists show of the address
    subject = models.CharField(max_length=200, blank=True)
    text = EncryptedTextField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=100, blank=True)  # the provider's own number
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "-created_at", "-id"], name="deliveries_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="sent_delivery_says_when",
                condition=~models.Q(status="sent") | models.Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.masked}"
