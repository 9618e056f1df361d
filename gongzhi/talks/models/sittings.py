"""Sittings: when and how the sides are heard, who is invited, what was written down and signed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Sitting(models.Model):
    """One sitting of a mediation: in one room, by link, or in writing at different times."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("sitting", "In person")
        BY_LINK = "by_link", pgettext_lazy("sitting", "By video link")
        WRITTEN = "written", pgettext_lazy("sitting", "In writing, each in its own time")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("sitting", "Planned")
        UNDER_WAY = "under_way", pgettext_lazy("sitting", "Under way")
        HELD = "held", pgettext_lazy("sitting", "Held")
        BROKEN_OFF = "broken_off", pgettext_lazy("sitting", "Broken off")
        CANCELLED = "cancelled", pgettext_lazy("sitting", "Cancelled")

    class Purpose(models.TextChoices):
        MEDIATION = "mediation", pgettext_lazy("sitting", "Mediation")
        INQUIRY = "inquiry", pgettext_lazy("sitting", "Inquiry")

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.MEDIATION)
    mode = models.CharField(max_length=10, choices=Mode)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    room_id = models.BigIntegerField(null=True)  # of the centre, and its booking
    booking_id = models.BigIntegerField(null=True)
    link = models.CharField(max_length=300, blank=True)
    is_open = models.BooleanField(default=False)  # to the public: every side agreed
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    changes = models.PositiveSmallIntegerField(default=0)  # of the plan; calendars ask for it
    planned_by = models.BigIntegerField()
    planned_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_for = EncryptedTextField(blank=True)
    reminded_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(
        area="dispute__area_path", town="dispute__district", units="dispute__unit_ids"
    )
    objects = models.Manager.from_queryset(ScopedQuerySet["Sitting"])()

    class Meta:
        indexes = [
            models.Index(fields=["starts_at", "id"], name="sittings_by_time"),
            models.Index(
                fields=["starts_at", "id"],
                name="sittings_to_come",
                condition=Q(state__in=["planned", "under_way"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "seq"], name="sitting_once"),
            models.CheckConstraint(name="sitting_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(
                fields=["dispute"], name="one_sitting_under_way", condition=Q(state="under_way")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"sitting {self.dispute_id}/{self.seq}"


class Invitee(models.Model):
    """Somebody invited besides the sides: 人民调解法 art. 20, only as far as every side agrees."""

    class Role(models.TextChoices):
        RELATIVE = "relative", pgettext_lazy("invitee", "Relative")
        NEIGHBOUR = "neighbour", pgettext_lazy("invitee", "Neighbour or colleague")
        EXPERT = "expert", pgettext_lazy("invitee", "Expert")
        INTERPRETER = "interpreter", pgettext_lazy("invitee", "Interpreter")
        OFFICE = "office", pgettext_lazy("invitee", "Office or association")

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="invitees")
    name = EncryptedTextField()
    role = models.CharField(max_length=12, choices=Role)
    added_by = models.BigIntegerField()
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"invitee {self.pk}"


class InviteeWill(models.Model):
    """What a side said to somebody being invited; the newest counts."""

    invitee = models.ForeignKey(Invitee, models.CASCADE, related_name="wills")
    party = models.ForeignKey("disputes.Party", models.PROTECT, related_name="+")
    answer = models.BooleanField()
    how = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitee", "party"], name="invitee_will_once")
        ]

    def __str__(self) -> str:
        return f"will {self.pk}"


class Minutes(models.Model):
    """What was found and agreed in a sitting, as it was read out and signed."""

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField(default=1)
    present = EncryptedTextField()  # who was there
    facts = EncryptedTextField(blank=True)  # what was found
    course = EncryptedTextField(blank=True)  # what was said
    wording = EncryptedTextField(blank=True)  # what was agreed
    digest = models.CharField(max_length=64)  # of all of it
    written_by = models.BigIntegerField()
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # everybody signed: nothing changes any more

    def __str__(self) -> str:
        return f"minutes {self.pk}"


class UndisputedFact(models.Model):
    """A fact on which every side agrees and may be held to later: 在线调解规则 art. 18, 特邀调解规定 art. 22."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("fact", "Being signed")
        SIGNED = "signed", pgettext_lazy("fact", "Signed by all")
        STRUCK = "struck", pgettext_lazy("fact", "Struck out")

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    text = EncryptedTextField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "seq"], name="fact_once")]

    def __str__(self) -> str:
        return f"fact {self.dispute_id}/{self.seq}"


class Signature(models.Model):
    """A party, or the mediator, signed exactly these words."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, null=True, related_name="signatures")
    fact = models.ForeignKey(UndisputedFact, models.PROTECT, null=True, related_name="signatures")
    party = models.ForeignKey("disputes.Party", models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(
        "disputes.Party", models.PROTECT, null=True, related_name="+"
    )  # acts for it
    user_id = models.BigIntegerField(default=0)  # the mediator
    digest = models.CharField(max_length=64)
    how = models.CharField(max_length=12)  # code, paper, desk
    declared = models.CharField(max_length=60, blank=True)  # what was typed
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signature_is_under_one_paper",
                condition=Q(minutes__isnull=True, fact__isnull=False) | Q(minutes__isnull=False, fact__isnull=True),
            ),
            models.UniqueConstraint(fields=["minutes", "party", "user_id", "digest"], name="minutes_signed_once", nulls_distinct=False, condition=Q(minutes__isnull=False)),
            models.UniqueConstraint(fields=["fact", "party", "user_id", "digest"], name="fact_signed_once", nulls_distinct=False, condition=Q(fact__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"signature {self.pk}"


class MeetingLink(models.Model):
    """Where a body holds its meetings by video, until a sitting says otherwise."""

    body = models.OneToOneField("mediators.Body", models.PROTECT, related_name="+")
    address = models.CharField(max_length=300)
    set_by = models.BigIntegerField()
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link of {self.body_id}"


class CalendarKey(models.Model):
    """The secret in the address of somebody's own calendar feed; a new one ends the old one."""

    user_id = models.BigIntegerField(unique=True)
    token = EncryptedTextField()
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar {self.user_id}"
