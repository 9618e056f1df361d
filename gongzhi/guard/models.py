"""What the doors remember, by keyed hashes and for days: how full a measure is, what was sent, who is blocked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.secrets import EncryptedTextField

KEY = 64  # hexadecimal digits of a keyed hash


class Measure(models.Model):
    """How much one device or address may still do at one door. Unlogged: a crash may forget it."""

    deed = models.CharField(max_length=12)
    key = models.CharField(max_length=KEY)
    level = models.FloatField()
    passed = models.BooleanField()  # whether the last one went through
    refused = models.PositiveIntegerField(default=0)  # in this spell of being turned away
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "deed"], name="measure_once")]
        indexes = [models.Index(fields=["at"], name="guard_measure_at")]

    def __str__(self) -> str:
        return f"{self.deed} {self.level:.1f}"


class Sending(models.Model):
    """A report that was sent: from which device and address, as keyed hashes, and for days only."""

    number = models.CharField(max_length=20, db_index=True)  # of the matter
    device = models.CharField(max_length=KEY, blank=True)
    address = models.CharField(max_length=KEY, blank=True)
    words = models.CharField(max_length=KEY, blank=True)  # keyed hash of the text
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["device", "at"], name="guard_sending_device"),
            models.Index(fields=["address", "at"], name="guard_sending_address"),
            models.Index(
                fields=["words", "at"], name="guard_sending_words", condition=~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return self.number


class UsedProof(models.Model):
    """A check that was passed; it counts once."""

    mark = models.CharField(max_length=KEY, primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.mark[:8]


class BlockReason(models.Model):
    """One version of a reason to block; the shipped ones stand in content/block_reasons.csv."""

    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    explanation = models.CharField(max_length=400)  # what the blocked visitor reads
    device_days = models.PositiveSmallIntegerField()  # the longest block of a device
    address_days = models.PositiveSmallIntegerField()  # and of an address, which others may share
    appeal_days = models.PositiveSmallIntegerField()  # an appeal is answered within
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="block_reason_version_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """Keeps one device or address from sending for a time. Reading and following never stop."""

    class Subject(models.TextChoices):
        DEVICE = "device", pgettext_lazy("block", "Device")
        ADDRESS = "address", pgettext_lazy("block", "Network address")

    reference = models.CharField(max_length=12, unique=True)
    subject = models.CharField(max_length=8, choices=Subject.choices)
    key = models.CharField(max_length=KEY, blank=True)  # emptied when nobody needs it any more
    label = models.CharField(max_length=8)  # the key's first signs, to tell two apart
    number = models.CharField(max_length=20, blank=True)  # the report it was seen with
    reason_code = models.CharField(max_length=30)
    reason = models.CharField(max_length=60)
    explanation = models.CharField(max_length=400)
    appeal_days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=500)  # for the office
    made_by = models.BigIntegerField()
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_name = models.CharField(max_length=150, blank=True)
    lifted_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="block_ends", condition=Q(until__gt=F("made_at"))),
            models.CheckConstraint(
                name="lifted_block_says_why", condition=Q(lifted_at=None) | ~Q(lifted_why="")
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="guard_block_in_force", condition=Q(lifted_at=None)),
            models.Index(fields=["-made_at", "-id"], name="guard_block_newest"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def awaits_answer(self) -> bool:
        return any(appeal.answered_at is None for appeal in self.appeals.all())


class Appeal(models.Model):
    """Somebody who is blocked says why the block is wrong, and is answered."""

    class Decision(models.TextChoices):
        KEPT = "kept", pgettext_lazy("appeal", "The block stays")
        SHORTENED = "shortened", pgettext_lazy("appeal", "The block ends sooner")
        LIFTED = "lifted", pgettext_lazy("appeal", "The block is lifted")

    block = models.ForeignKey(Block, models.CASCADE, related_name="appeals")
    text = models.CharField(max_length=1000)
    contact = EncryptedTextField(blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_appeal_says_why",
                condition=Q(answered_at=None) | (~Q(decision="") & ~Q(answer="")),
            ),
            models.UniqueConstraint(
                fields=["block"], name="one_open_appeal", condition=Q(answered_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="guard_appeal_open", condition=Q(answered_at=None))
        ]
        verbose_name = _("appeal")

    def __str__(self) -> str:
        return f"{self.block_id} {self.made_at:%Y-%m-%d}"
