"""What a dispute has beyond any matter. Parties live here and nowhere else."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField
from gongzhi.disputes.lifecycle import Outcome


class DisputeKind(models.Model):
    """One row of the kind table, two levels, versioned; mapped to the lists of others."""

    code = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    parent_code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=60)
    ministry = models.CharField(max_length=60, blank=True)  # the ministry's statistical kind
    cause = models.CharField(max_length=120, blank=True)  # civil cause of action 民事案由
    hotline = models.CharField(max_length=20, blank=True)  # class of the hotline
    body_kind = models.CharField(max_length=20, blank=True)  # specialist body it goes to first
    period_rule = models.CharField(max_length=60, default="mediation.period")
    routes = ArrayField(models.CharField(max_length=30), default=list)  # what is told beside a suit
    is_sealed = models.BooleanField(default=False)  # health and the like: extra protection
    route = models.TextField(blank=True)  # not for mediation: the lawful route, in words
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="dispute_kind_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Dispute(models.Model):
    """The matter's own part of a dispute. The narrative is encrypted: it names people."""

    class Basis(models.TextChoices):
        APPLICATION = "application", _("On application")
        INITIATIVE = "initiative", _("On the body's own initiative")
        REFERRAL = "referral", _("Referred by an office or a court")

    class Level(models.TextChoices):
        VILLAGE = "village", _("Village")
        TOWN = "town", _("Town")
        CITY = "city", _("City")

    class Grade(models.TextChoices):
        SIMPLE = "simple", _("Simple")
        ORDINARY = "ordinary", pgettext_lazy("grade", "Ordinary")
        MAJOR = "major", _("Major")
        GRAVE = "grave", _("Especially major")

    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, primary_key=True, related_name="+"
    )
    kind_code = models.CharField(max_length=20)
    kind_version = models.PositiveSmallIntegerField(default=1)
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.APPLICATION)
    referred_by = models.CharField(
        max_length=20, blank=True
    )  # court, police, petition, legal_aid …
    story = EncryptedTextField(blank=True)  # what happened
    wish = EncryptedTextField(blank=True)  # what is wanted
    answers = models.JSONField(default=dict)  # question id → answer, never a name
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # in dispute, yuan
    people_count = models.PositiveIntegerField(default=2)
    body = models.ForeignKey(
        "mediators.Body", models.PROTECT, null=True, related_name="+", db_index=False
    )
    settle_level = models.CharField(max_length=8, choices=Level, blank=True)
    grade = models.CharField(max_length=8, choices=Grade, default=Grade.SIMPLE)
    is_open = models.BooleanField(default=False)  # sessions open to the public, as the sides ask
    is_sealed = models.BooleanField(default=False)  # minors or medical: extra protection
    safe_channel = models.BooleanField(default=False)  # hidden notices, quick exit
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=40, blank=True)  # code of the ground of ending
    routes_told = ArrayField(models.CharField(max_length=30), default=list)
    appraisal_since = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    performed_on = models.DateField(null=True)
    confirmation = models.CharField(max_length=10, blank=True)  # asked, confirmed, refused
    suit = models.CharField(
        max_length=10, blank=True
    )  # on the agreement: open, upheld, changed, annulled, ended
    satisfied = models.SmallIntegerField(null=True)  # 3 satisfied, 2 partly, 1 not; from the visit
    asked_since = models.DateTimeField(
        null=True
    )  # reopened: wills said before do not count any more
    extended_at = models.DateTimeField(null=True)  # each extension needs wills said after the last
    retention = models.CharField(max_length=12, default="ten_years")
    forgotten_on = models.DateField(null=True)  # the sides' data was erased when its time was over
    # As on the matter, for lists of disputes alone: the register holds fifteen times as many others.
    area_path = models.CharField(max_length=60)
    district = models.CharField(max_length=20)  # the path's first two levels
    opened_at = models.DateTimeField()
    # These the database itself copies, whoever writes the matter (migration 0003): nothing is written to them.
    source = models.CharField(max_length=12, default="")
    words = SearchVectorField(null=True)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=20, default="")
    is_under_way = models.BooleanField(default=True)  # the matter is open
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    exempt = models.BooleanField(default=False)

    scoped_by = ScopedBy(area="area_path", town="district", units="unit_ids", leads="town")
    objects = models.Manager.from_queryset(ScopedQuerySet["Dispute"])()

    class Meta:
        indexes = [
            models.Index(fields=["-opened_at", "-matter"], name="dispute_newest"),
            models.Index(fields=["kind_code", "-opened_at", "-matter"], name="dispute_of_kind"),
            models.Index(fields=["body", "-opened_at", "-matter"], name="dispute_of_body"),
            models.Index(fields=["district", "-opened_at", "-matter"], name="dispute_in_district"),
            models.Index(fields=["area_path"], name="dispute_area", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["settle_level", "-opened_at", "-matter"], name="dispute_of_level", condition=~Q(settle_level="")
            ),
            models.Index(
                fields=["outcome", "-opened_at", "-matter"], name="dispute_of_outcome", condition=~Q(outcome="")
            ),
            models.Index(fields=["state", "-opened_at", "-matter"], name="dispute_in_state"),
            models.Index(fields=["-opened_at", "-matter"], name="dispute_under_way", condition=Q(is_under_way=True)),
            models.Index(fields=["-opened_at", "-matter"], name="dispute_ended", condition=Q(is_under_way=False)),
            models.Index(fields=["due_at", "matter"], name="dispute_by_due", condition=Q(is_under_way=True)),
            GinIndex(fields=["unit_ids"], name="dispute_units", fastupdate=True),
            GinIndex(fields=["words"], name="dispute_words", fastupdate=True),
            # Few, and looked for among all: agreements in force that nobody has carried out, and what weighs.
            models.Index(
                fields=["-opened_at", "-matter"], name="dispute_unkept",
                condition=Q(performed_on__isnull=True, effective_at__isnull=False),
            ),
            models.Index(fields=["-opened_at", "-matter"], name="dispute_of_weight", condition=Q(grade__in=["major", "grave"])),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                name="dispute_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            )
        ]

    def __str__(self) -> str:
        return f"dispute {self.matter_id}"


class Party(models.Model):
    """One person or organisation in one dispute. Found through the dispute, never listed by itself."""

    class Side(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        RESPONDENT = "respondent", _("Respondent")
        THIRD = "third", _("Third party")

    class Nature(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", pgettext_lazy("party", "Organisation")

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, choices=Side)
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.PERSON)
    name = EncryptedTextField()
    id_number = EncryptedTextField(blank=True)
    id_index = models.CharField(
        max_length=64, blank=True
    )  # keyed hash: the same person on both sides
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)  # also the address for service once confirmed
    sex = models.CharField(max_length=8, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    occupation = models.CharField(max_length=60, blank=True)
    legal_person = EncryptedTextField(blank=True)  # of an organisation: who acts for it
    is_minor = models.BooleanField(default=False)
    represents = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=20, blank=True)  # guardian, agent, representative
    code = models.CharField(max_length=12)  # opens the party's own pages, with the number
    needs = ArrayField(
        models.CharField(max_length=20), default=list
    )  # interpreter, dialect, access …
    verified_at = models.DateTimeField(null=True)  # identity compared with a document
    joined_at = models.DateTimeField(null=True)  # later than the intake
    left_at = models.DateTimeField(null=True)  # what it said and signed stays in the file

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "seq"], name="party_once"),
            models.UniqueConstraint(fields=["code"], name="party_code_once"),
            models.CheckConstraint(
                name="minor_is_a_person", condition=Q(is_minor=False) | Q(nature="person")
            ),
        ]

    def __str__(self) -> str:
        return f"party {self.dispute_id}/{self.seq}"


class Consent(models.Model):
    """What a party agreed to or refused, how and when; the newest of a subject counts."""

    class Subject(models.TextChoices):
        MEDIATION = "mediation", _("Take part in mediation")
        MEDIATOR = "mediator", _("The mediator")
        EXTENSION = "extension", _("A longer period")
        ONLINE = "online", _("Sessions by link")
        OPEN = "open", _("Open sessions")
        INVITEE = "invitee", _("Somebody invited")
        RECORDING = "recording", pgettext_lazy("consent", "Recording")
        SERVICE = "service", _("Service at the address given")

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12, choices=Subject)
    about = models.CharField(max_length=200, blank=True)  # which invitee, until which day …
    answer = models.BooleanField()
    how = models.CharField(max_length=20)  # paper, counter, phone, link, court
    at = models.DateTimeField()
    by = models.BigIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    file_token = models.CharField(max_length=32, blank=True)  # the signed paper

    def __str__(self) -> str:
        return f"{self.party_id} {self.subject} {self.answer}"


class RightsNotice(models.Model):
    """The notice of rights and duties was shown to a party and signed by it."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    version = models.CharField(max_length=20)
    shown_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=20, blank=True)
    file_token = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "version"], name="notice_once")]

    def __str__(self) -> str:
        return f"notice of {self.party_id}"


class Appointment(models.Model):
    """A mediator of the dispute: chosen by the sides or appointed, with what was disclosed."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+")
    mediator = models.ForeignKey("mediators.Mediator", models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=True)
    chosen_by = models.CharField(max_length=12)  # sides, body, court
    disclosed = models.CharField(max_length=300, blank=True)  # kinship, interest, other relation
    appointed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "mediator"],
                name="mediator_once_at_a_time",
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mediator_id} in {self.dispute_id}"


class FileAccess(models.Model):
    """Somebody who may open the file though it is not assigned to them: why, until when."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dispute", "user", "until"], name="access_to_a_file")]

    def __str__(self) -> str:
        return f"{self.user_id} opens {self.dispute_id}"
