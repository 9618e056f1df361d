from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField


class Handset(models.Model):
    """One installation of the app by one person. The id is made by the app and means nothing else."""

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("handset", "In use")
        AFTER_SENDING = "after_sending", pgettext_lazy("handset", "To be wiped after sending")
        WIPE = "wipe", pgettext_lazy("handset", "To be wiped at once")
        WIPED = "wiped", pgettext_lazy("handset", "Wiped")

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    area_path = models.CharField(max_length=240)  # of the officer's posting: whose list it is in
    name = models.CharField(max_length=80)
    platform = models.CharField(max_length=80, blank=True)
    app_version = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.ACTIVE)
    registered_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    skew_s = models.IntegerField(default=0)  # how far its clock was behind ours when it last sent
    unsent = models.IntegerField(null=True)  # as it said itself
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(default=0)
    wiped_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Handset"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-seen_at", "-id"], name="handset_by_contact"),
            models.Index(
                fields=["area_path"], name="handset_by_area", opclasses=["text_pattern_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="handset_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class Operation(models.Model):
    """
    What an officer did in the street, as the handset tells it, and what became of it: the receipt.

    Its content stays only until the deed is done; then the matter, the visit or the premises tell of it.
    """

    class Kind(models.TextChoices):
        REPORT = "report", pgettext_lazy("operation", "Report")
        JOIN = "join", pgettext_lazy("operation", "Join a matter")
        MOVE = "move", pgettext_lazy("operation", "Move a matter")
        VISIT = "visit", pgettext_lazy("operation", "Visit")
        CALL = "call", pgettext_lazy("operation", "Answer a call")
        PREMISES = "premises", pgettext_lazy("operation", "Correct premises")
        MEDIATION = "mediation", pgettext_lazy("operation", "Quick mediation")
        SHIFT = "shift", pgettext_lazy("operation", "Shift")
        APPEAL = "appeal", pgettext_lazy("operation", "Objection to a figure")
        DECIDE = "decide", pgettext_lazy("operation", "Decision")

    class State(models.TextChoices):
        TAKING = "taking", pgettext_lazy("operation", "Being taken")  # never seen outside
        DONE = "done", pgettext_lazy("operation", "Done")
        CONFLICT = "conflict", pgettext_lazy("operation", "To be decided")
        REFUSED = "refused", pgettext_lazy("operation", "Not accepted")
        DROPPED = "dropped", pgettext_lazy("operation", "Set aside")

    id = models.UUIDField(primary_key=True)  # the handset's: the same id is the same deed
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    handset = models.ForeignKey(Handset, models.PROTECT, related_name="+", db_index=False)
    area_path = models.CharField(max_length=240)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.TAKING)
    made_at = models.DateTimeField()  # by the clock of the device
    at = models.DateTimeField()  # corrected
    received_at = models.DateTimeField()
    skew_s = models.IntegerField(default=0)
    content = EncryptedTextField(blank=True)  # JSON: body, place, photos
    tokens = ArrayField(models.CharField(max_length=32), default=list)  # photos kept with it
    answer = models.JSONField(default=dict)
    number = models.CharField(max_length=14, blank=True)  # of the matter it made or moved
    decided_by = models.UUIDField(null=True)  # the operation that settled it
    settled_at = models.DateTimeField(null=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Operation"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-received_at"], name="operation_of_officer"),
            models.Index(
                fields=["-received_at", "-id"],
                name="operation_to_decide",
                condition=Q(state__in=["conflict", "refused", "dropped"]),
            ),
            GinIndex(
                fields=["tokens"],
                name="operation_of_photo",
                condition=Q(state__in=["conflict", "refused", "dropped"]),
            ),
            models.Index(fields=["received_at"], name="operation_by_receipt"),
        ]
        constraints = [
            models.CheckConstraint(
                name="operation_has_a_known_state",
                condition=Q(state__in=["taking", "done", "conflict", "refused", "dropped"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"


class QuickMediation(models.Model):
    """
    Two sides agreed orally, on the spot, with an officer beside them.

    It belongs to a place and a day. The parties are readable on its own page alone; nothing lists people.
    """

    operation = models.OneToOneField(Operation, models.PROTECT, related_name="+", null=True)
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=240)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    address = models.CharField(max_length=200, blank=True)
    premises_code = models.CharField(max_length=40, blank=True)
    parties = EncryptedTextField()  # JSON: [{name, phone}]
    about = EncryptedTextField()
    agreement = EncryptedTextField()
    done_by = models.DateField(null=True)  # until when the agreement is to be kept
    signed = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["QuickMediation"].as_manager()

    class Meta:
        verbose_name = _("Quick mediation")
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="mediation_by_day"),
            models.Index(
                fields=["area_path"], name="mediation_by_area", opclasses=["text_pattern_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="mediation_area_path_ends_with_slash", condition=Q(area_path__endswith="/")
            ),
            models.CheckConstraint(
                name="mediation_point_is_whole",
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__isnull=False, lat__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.made_at.year}-{self.pk:06d}"


class MediationPhoto(models.Model):
    mediation = models.ForeignKey(QuickMediation, models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.file_id}"
