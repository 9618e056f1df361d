"""Instructions: their text in versions, who is to carry them out, and the record of all that was done."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.duty.lifecycle import Deed, Receipt, State


class Instruction(models.Model):
    number = models.CharField(max_length=16, unique=True)  # Z26-000031
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")  # who issues it
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    parent = models.ForeignKey("Receiver", models.PROTECT, null=True, related_name="children")
    title = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)  # of its text
    urgency = models.CharField(max_length=20)  # a code of content/urgencies.csv
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)
    end_note = models.CharField(max_length=500, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Instruction"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="instruction_is_due_later", condition=Q(due_at__gt=F("issued_at"))
            ),
            models.CheckConstraint(
                name="open_instruction_has_no_end",
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["area_path", "-id"],
                name="duty_instr_area",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["unit", "-id"], name="duty_instr_issuer"),
        ]

    def __str__(self) -> str:
        return self.number


class Wording(models.Model):
    """One version of an instruction's text. Never changed."""

    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="wordings")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instruction", "version"], name="wording_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.instruction_id} v{self.version}"


class Referral(models.Model):
    """A matter an instruction speaks of."""

    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="referrals")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    number = models.CharField(max_length=14)
    title = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instruction", "matter"], name="referral_once")
        ]

    def __str__(self) -> str:
        return self.number


class Receiver(models.Model):
    """One unit that is to carry an instruction out, with its two clocks: for the receipt and for the answer."""

    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="receivers")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=120)
    unit_ids = ArrayField(models.BigIntegerField())
    # Every instruction and every receiver this one hangs under, the instruction itself included.
    chain = ArrayField(models.BigIntegerField())
    above = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=Receipt.choices, default=Receipt.TO_RECEIVE)
    asked_at = models.DateTimeField()  # since when the receipt is owed
    receipt_due_at = models.DateTimeField()
    receipt_warn_at = models.DateTimeField()
    receipt_counting = models.CharField(max_length=12)
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    counting = models.CharField(max_length=12)
    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=150, blank=True)
    signed_version = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    urged_count = models.PositiveSmallIntegerField(default=0)
    receipt_told_at = models.DateTimeField(null=True)  # that the receipt is overdue
    told_at = models.DateTimeField(null=True)  # that the answer is overdue

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Receiver"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instruction", "unit"], name="receiver_once"),
            models.CheckConstraint(
                name="received_instruction_was_signed_for",
                condition=Q(state__in=["to_receive", "ended"]) | Q(signed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["area_path"], name="duty_receiver_area", opclasses=["text_pattern_ops"]
            ),
            GinIndex(fields=["unit_ids"], name="duty_receiver_units"),
            GinIndex(fields=["chain"], name="duty_receiver_chain"),
            GinIndex(fields=["above"], name="duty_receiver_above"),
            models.Index(
                fields=["unit", "state"],
                name="duty_receiver_owes",
                condition=Q(state__in=["to_receive", "received", "returned"]),
            ),
            models.Index(
                fields=["receipt_due_at"],
                name="duty_receipt_late",
                condition=Q(state="to_receive", receipt_told_at=None),
            ),
            models.Index(
                fields=["due_at"],
                name="duty_answer_late",
                condition=Q(state__in=["to_receive", "received", "returned"], told_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instruction_id} {self.unit_id}"


class Record(models.Model):
    """One line of what was done with an instruction. Never changed, never deleted."""

    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="records")
    receiver = models.ForeignKey(Receiver, models.CASCADE, null=True, related_name="records")
    at = models.DateTimeField()
    deed = models.CharField(max_length=10, choices=Deed.choices)
    note = models.TextField(blank=True)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    actor_id = models.BigIntegerField(default=0)
    actor_name = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return f"{self.instruction_id} {self.deed}"


class InstructionFile(models.Model):
    """A photo or paper that came with a line of the record."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.record_id} {self.file_id}"
