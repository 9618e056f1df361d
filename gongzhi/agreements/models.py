"""Agreements, their versions, signatures and what is performed. What is signed never changes."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Agreement(models.Model):
    """The agreement of one dispute: a draft, offered for signing, in force."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("agreement", "Draft")
        SIGNING = "signing", pgettext_lazy("agreement", "Being signed")
        EFFECTIVE = "effective", pgettext_lazy("agreement", "In force")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+"
    )
    matter_number = models.CharField(max_length=20)
    kind_name = models.CharField(max_length=60, blank=True)  # of the dispute, for lists
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)  # the newest; 0: nothing written yet
    is_partial = models.BooleanField(default=False)
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)  # yuan to be paid
    body_id = models.BigIntegerField(default=0)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)  # of the body in the year, from the offer on
    number = models.CharField(max_length=80, blank=True)
    text = EncryptedTextField(blank=True)  # as offered; what the digest is made over
    digest = models.CharField(max_length=64, blank=True)
    offered_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.BigIntegerField(default=0)
    seal_file = models.CharField(max_length=32, blank=True)  # scan of the sealed paper
    certificate = models.JSONField(default=dict)  # of a certificate service over the digest
    receipt = models.CharField(max_length=14, blank=True)
    effective_at = models.DateTimeField(null=True)
    next_due_on = models.DateField(null=True)  # of what is not performed yet
    open_dues = models.PositiveSmallIntegerField(default=0)
    editing_by = models.BigIntegerField(default=0)
    editing_name = models.CharField(max_length=60, blank=True)
    editing_at = models.DateTimeField(null=True)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    opened_at = models.DateTimeField()

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Agreement"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_id", "year", "serial"],
                name="agreement_number_once",
                condition=Q(serial__isnull=False),
            ),
            models.CheckConstraint(
                name="effect_needs_the_seal",
                condition=Q(effective_at__isnull=True) | Q(sealed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["receipt"], name="agreement_receipt_once", condition=~Q(receipt="")
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-matter"], name="agreement_state"),
            models.Index(fields=["next_due_on", "matter"], name="agreement_by_due", condition=Q(next_due_on__isnull=False)),
            models.Index(fields=["-matter"], name="agreement_unkept", condition=Q(open_dues__gt=0)),
            models.Index(fields=["kind_name", "-matter"], name="agreement_kind"),
            models.Index(fields=["matter_number"], name="agreement_matter", opclasses=["text_pattern_ops"]),
            models.Index(fields=["area_path"], name="agreement_area", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["unit_ids"], name="agreement_units"),
            GinIndex(OpClass(Upper("number"), name="gin_trgm_ops"), name="agreement_numbers"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"agreement {self.matter_number}"


class Version(models.Model):
    """Everything the terms said once. Only added to."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = EncryptedTextField()  # JSON of rules.Terms
    base = models.PositiveIntegerField(default=0)  # the version it was written on
    by = models.BigIntegerField(default=0)
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"


class Signature(models.Model):
    """Somebody signed the text with this digest; a taken-back offer leaves its signatures void."""

    class Role(models.TextChoices):
        PARTY = "party", _("Party")
        MEDIATOR = "mediator", _("Mediator")

    class How(models.TextChoices):
        PAPER = "paper", _("On paper")
        DRAWN = "drawn", _("Drawn on screen")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=8, choices=Role)
    seq = models.PositiveSmallIntegerField(null=True)  # of the party
    person = models.BigIntegerField(default=0)  # the mediator's account
    how = models.CharField(max_length=8, choices=How)
    declaration = models.CharField(max_length=100, blank=True)  # as typed
    drawing = EncryptedTextField(blank=True)  # a path of lines
    file_token = models.CharField(max_length=32, blank=True)  # the scanned paper
    digest = models.CharField(max_length=64)
    proof = models.CharField(max_length=64)
    receipt = models.CharField(max_length=14, unique=True)
    at = models.DateTimeField()
    is_void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "role", "seq", "person"],
                name="signs_once",
                condition=Q(is_void=False),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.role} {self.receipt}"


class SigningStep(models.Model):
    """How far a side has come on its own page, so that a dead link goes on where it ended."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # of the text that was read
    read_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    declaration = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "seq"], name="one_signing_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.seq}"


class Due(models.Model):
    """One thing to be performed by a day."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("due", "Open")
        DONE = "done", pgettext_lazy("due", "Performed")
        EXCUSED = "excused", pgettext_lazy("due", "Released by the other side")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="dues")
    clause = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # yuan
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    done_on = models.DateField(null=True)
    done_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    note = EncryptedTextField(blank=True)
    proofs = ArrayField(models.CharField(max_length=32), default=list)  # tokens of files
    noted_by = models.BigIntegerField(default=0)
    noted_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    late_told_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "clause", "part"], name="due_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.clause}/{self.part}"
