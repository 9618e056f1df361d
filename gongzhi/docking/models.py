"""What goes between mediation and the courts: partners, dockets with their stages, messages, complaints."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Partner(models.Model):
    """A court, arbitration commission, procuratorate or notary, and how messages reach it."""

    class Kind(models.TextChoices):
        COURT = "court", _("People's court")
        ARBITRATION = "arbitration", _("Arbitration commission")
        PROCURATORATE = "procuratorate", _("Procuratorate")
        NOTARY = "notary", _("Notary office")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind)
    address = models.CharField(max_length=160, blank=True)
    url = models.URLField(max_length=200, blank=True)  # where messages go; empty: on paper
    key = EncryptedTextField(blank=True)  # signs both ways
    old_key = EncryptedTextField(blank=True)  # still understood while the partner changes over
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Docket(models.Model):
    """One case between us and a partner, whichever way it came: its procedure, number and end."""

    class Kind(models.TextChoices):
        DELEGATION = "delegation", _("Delegated before docketing")
        COMMISSION = "commission", _("Commissioned, ordinary procedure")
        COMMISSION_SUMMARY = "commission_summary", _("Commissioned, summary procedure")
        PROSECUTION = "prosecution", _("From the procuratorate")
        CONFIRMATION = "confirmation", _("Judicial confirmation")
        ARBITRATION = "arbitration", _("Labour arbitration")
        SUIT = "suit", _("Suit")
        PAYMENT_ORDER = "payment_order", _("Payment order")
        NOTARY = "notary", _("Notarised enforceability")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("docket", "Under way")
        ENDED = "ended", pgettext_lazy("docket", "Ended")
        REFUSED = "refused", pgettext_lazy("docket", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("docket", "Withdrawn")

    class Panel(models.TextChoices):
        STAFF = "staff", _("Full-time panel")
        LAWYERS = "lawyers", _("Lawyers' panel")
        INVITED = "invited", _("Invited panel")

    class Channel(models.TextChoices):
        ONLINE = "online", _("Online platform")
        HALL = "hall", _("Court hall")

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    is_incoming = models.BooleanField()
    case_number = models.CharField(max_length=60, blank=True)  # the partner's
    cause = models.CharField(max_length=60, blank=True)  # civil cause of action
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # yuan
    panel = models.CharField(max_length=8, choices=Panel, blank=True)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.ONLINE)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ending = models.CharField(max_length=20, blank=True)  # code of content/endings.csv
    result = EncryptedTextField(blank=True)  # what was agreed, or why not
    facts = EncryptedTextField(blank=True)  # undisputed facts both sides signed
    reason = models.CharField(max_length=300, blank=True)  # of a refusal
    mediators = ArrayField(models.CharField(max_length=60), default=list)  # barred in the suit
    venue = models.CharField(max_length=20, blank=True)
    bars = models.JSONField(default=dict)  # code → True: stands against it
    materials = ArrayField(models.CharField(max_length=20), default=list)
    decision = models.CharField(max_length=20, blank=True)  # granted, refused, partly
    decision_number = models.CharField(max_length=60, blank=True)
    decision_token = models.CharField(max_length=32, blank=True)
    next_step = models.CharField(max_length=20, blank=True)
    next_due_at = models.DateTimeField(null=True)
    last_seq = models.PositiveIntegerField(default=0)  # of the partner's messages
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Docket"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "case_number"], name="case_number_once", condition=~Q(case_number="") & Q(is_incoming=True)
            ),
            models.UniqueConstraint(
                fields=["matter", "kind"], name="one_open_docket_of_a_kind", condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="closed_docket_has_an_end", condition=Q(state="open", ended_at__isnull=True) | ~Q(state="open") & Q(ended_at__isnull=False)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["area_path"], name="docket_area", opclasses=["text_pattern_ops"]),
            models.Index(fields=["is_incoming", "-opened_at", "-id"], name="docket_newest"),
            models.Index(fields=["is_incoming", "-opened_at", "-id"], name="docket_open", condition=Q(state="open")),
            GinIndex(fields=["unit_ids"], name="docket_units"),
            GinIndex(OpClass(Upper("case_number"), name="gin_trgm_ops"), name="docket_numbers"),
            GinIndex(OpClass(Upper("cause"), name="gin_trgm_ops"), name="docket_causes"),
            models.Index(F("next_due_at").asc(nulls_last=True), F("id"), name="docket_due", condition=Q(state="open")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.case_number or self.pk}"


class Stage(models.Model):
    """One step of a docket with the rule and the term it was begun under."""

    docket = models.ForeignKey(Docket, models.CASCADE, related_name="stages")
    code = models.CharField(max_length=20)
    rule = models.CharField(max_length=60, blank=True)  # code@version of the time rule
    limit = models.JSONField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # None: no term, or it stands still
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80, blank=True)
    exclusions = models.JSONField(default=list)  # [[from, to or null, why]]
    extensions = models.JSONField(default=list)  # [[limit, why]]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["docket", "code"], name="stage_runs_once", condition=Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.docket_id} {self.code}"


class Message(models.Model):
    """One message from or to a partner, whole and encrypted: it names people."""

    class State(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("message", "Taken")
        IGNORED = "ignored", pgettext_lazy("message", "Late, without effect")
        REFUSED = "refused", pgettext_lazy("message", "Refused")
        WAITING = "waiting", pgettext_lazy("message", "Waiting")
        SENT = "sent", pgettext_lazy("message", "Sent")
        FAILED = "failed", pgettext_lazy("message", "Not delivered")

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    docket = models.ForeignKey(Docket, models.PROTECT, null=True, related_name="+")
    is_incoming = models.BooleanField()
    message_id = models.CharField(max_length=64)  # the sender's: the same one counts once
    kind = models.CharField(max_length=40)
    body = EncryptedTextField()
    state = models.CharField(max_length=8, choices=State)
    answer = models.CharField(max_length=300, blank=True)  # the sentence that was answered
    copies = models.PositiveSmallIntegerField(default=0)  # how often it came again
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "is_incoming", "message_id"], name="message_counts_once"
            )
        ]
        indexes = [
            models.Index(fields=["try_at"], name="message_to_send", condition=Q(state="waiting")),
            models.Index(fields=["docket"], name="message_of_docket"),
            models.Index(fields=["-at", "-id"], name="message_newest"),
            models.Index(
                fields=["-at", "-id"],
                name="message_in_trouble",
                condition=Q(state__in=["refused", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"


class Chance(models.Model):
    """An agreement in force whose confirmation can be asked for, until when; then what became of it."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    effective_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=60)
    docket = models.ForeignKey(Docket, models.PROTECT, null=True, related_name="+")
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Chance"])()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="chance_due"),
            models.Index(
                fields=["due_at", "id"], name="chance_asked", condition=Q(docket__isnull=False)
            ),
            models.Index(fields=["area_path"], name="chance_area", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["unit_ids"], name="chance_units"),
        ]

    def __str__(self) -> str:
        return f"confirmation of {self.matter_id}"


class Complaint(models.Model):
    """What a side holds against a court's mediation; it goes to the court that invited."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    text = EncryptedTextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.docket_id} {self.ground}"
