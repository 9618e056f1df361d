"""Columns and constraints of the register; no workflow."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.base.secrets import EncryptedTextField
from gongzhi.matters.lifecycle import Source
from gongzhi.matters.marks import Marks


class MatterQuerySet(ScopedQuerySet["Matter"]):
    pass


class Matter(models.Model):
    """One row a matter. What hangs on it shares its id."""

    number = models.CharField(max_length=14)
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null: no key given
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    is_open = models.BooleanField(default=True)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=12, choices=Source)
    outside_number = models.CharField(max_length=60, blank=True)  # of the 12345 or 110 order
    # Indexes of the lists below begin with the same columns: a second one of each would cost 100 MB a city.
    item = models.ForeignKey(
        "catalogue.Item", models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_urgent = models.BooleanField(default=False)

    area_path = models.CharField(max_length=60)
    district = models.CharField(max_length=20, db_default="")  # the path's first two levels
    placed_on = models.DateField()  # the grid is the one that was valid on this day
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    premises_code = models.CharField(max_length=40, blank=True)

    level = models.SmallIntegerField(default=1)  # of command: 0 city, 1 town, 2 village
    owing_role = models.CharField(max_length=20, blank=True)
    owing_unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    owing_person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    lead_unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit_ids = ArrayField(
        models.BigIntegerField(), default=list
    )  # units with a part, and all above

    started_at = models.DateTimeField(null=True)  # of the stage's clock
    warn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    whole_due_at = models.DateTimeField(null=True)
    counting = models.CharField(max_length=12, blank=True)  # how the stage's time is counted
    paused_at = models.DateTimeField(null=True)
    paused_for = models.CharField(max_length=200, blank=True)
    supervised = models.SmallIntegerField(default=0)  # 0 no, 1 yellow, 2 red

    reported_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0)
    entry_count = models.IntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)  # hash of the newest entry

    report_count = models.IntegerField(default=1)
    rework_count = models.SmallIntegerField(default=0)
    reopen_count = models.SmallIntegerField(default=0)
    extension_count = models.SmallIntegerField(default=0)
    urge_count = models.SmallIntegerField(default=0)
    rating = models.SmallIntegerField(null=True)  # 3 solved, 2 half, 1 not
    exempt = models.BooleanField(default=False)  # an upheld appeal: out of the figures
    rules = models.JSONField(default=dict)  # versions of the rules the matter was opened under
    words = SearchVectorField(null=True)

    scoped_by = ScopedBy(area="area_path", town="district", units="unit_ids")
    objects = models.Manager.from_queryset(MatterQuerySet)()

    class Meta:
        indexes = [
            models.Index(
                fields=["owing_unit", "owing_role", "due_at", "id"],
                name="matter_inbox",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["district", "due_at", "id"],
                name="matter_open_in_district",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["due_at", "id"], name="matter_open_by_due", condition=Q(is_open=True)
            ),
            models.Index(fields=["id"], name="matter_open_by_age", condition=Q(is_open=True)),
            models.Index(fields=["item", "lat"], name="matter_near", condition=Q(is_open=True)),
            models.Index(fields=["district", "-id"], name="matter_in_district"),
            models.Index(
                fields=["area_path"],
                name="matter_open_in_area",
                opclasses=["text_pattern_ops"],
                condition=Q(is_open=True),
            ),
            models.Index(fields=["item", "-id"], name="matter_of_item"),
            # Nine of ten are closed: the newest of those are found among the newest of all.
            models.Index(
                fields=["state", "-id"], name="matter_in_state", condition=~Q(state="closed")
            ),
            models.Index(fields=["reported_at", "id"], name="matter_reported"),
            models.Index(
                fields=["outside_number"],
                name="dispute_outside_number",
                condition=Q(kind="dispute") & ~Q(outside_number=""),
            ),
            models.Index(
                fields=["id"], name="matter_supervised", condition=Q(is_open=True, supervised__gt=0)
            ),
            # Of settled matters nobody owes anything: these hold what is open.
            models.Index(
                fields=["owing_unit"],
                name="matter_owing_unit",
                condition=Q(owing_unit__isnull=False),
            ),
            models.Index(
                fields=["owing_person"],
                name="matter_owing_person",
                condition=Q(owing_person__isnull=False),
            ),
            # One index for all that is asked together; what is open is few and has one of its own.
            GinIndex(F("words"), F("unit_ids"), Marks(), name="matter_found", fastupdate=True),
            GinIndex(fields=["unit_ids"], name="matter_open_units", condition=Q(is_open=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="matter_number_is_unique"),
            models.UniqueConstraint(
                fields=["key"], name="matter_key_is_unique", condition=Q(key__isnull=False)
            ),
            models.CheckConstraint(
                name="matter_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            ),
            models.CheckConstraint(
                name="open_matter_owes_somebody", condition=Q(is_open=False) | ~Q(owing_role="")
            ),
            models.CheckConstraint(
                name="closed_matter_owes_nobody", condition=Q(is_open=True) | Q(owing_role="")
            ),
            models.CheckConstraint(
                name="matter_point_is_whole",
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__isnull=False, lat__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Entry(models.Model):
    """One line of the file: what was done, by whom, when. Never changed, never deleted."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    actor_id = models.BigIntegerField(default=0)
    actor_name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=20, blank=True)
    unit_id = models.BigIntegerField(null=True)
    move = models.CharField(max_length=30)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "seq"], name="entry_seq_is_unique")
        ]
        indexes = [
            # Without the id, an index of many lines of few people is a quarter as large.
            models.Index(fields=["actor_id"], name="entry_of_actor", condition=~Q(actor_id=0))
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq} {self.move}"


class OpenFiles(models.Manager["Attachment"]):
    """Files that are not sealed: what everybody asks for."""

    def get_queryset(self) -> models.QuerySet["Attachment"]:
        return super().get_queryset().filter(sealed_at=None)


class Attachment(models.Model):
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20)  # the move it came with: report, verify, hand_in …
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)  # kept for the archive alone, nobody opens it

    objects = OpenFiles()
    everything = models.Manager["Attachment"]()

    class Meta:
        indexes = [
            models.Index(
                fields=["matter"], name="sealed_file", condition=Q(sealed_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.stage}"


class Link(models.Model):
    class Nature(models.TextChoices):
        DUPLICATE_OF = "duplicate_of"
        CAUSED_BY = "caused_by"
        RELATED = "related"
        HANDED_OVER = "handed_over"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    other = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    nature = models.CharField(max_length=20, choices=Nature)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "other", "nature"], name="link_is_made_once"),
            models.CheckConstraint(
                name="matter_is_not_linked_to_itself", condition=~Q(matter=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.nature} {self.other_id}"


class Reporter(models.Model):
    """A person who asked to hear of a matter. Contact is encrypted; nobody lists people by it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)  # with the number, opens the progress page
    name = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    text = models.TextField(blank=True)  # what a later reporter of the same matter added
    reported_at = models.DateTimeField()
    is_first = models.BooleanField(default=True)
    rating = models.SmallIntegerField(null=True)
    rating_text = models.TextField(blank=True)
    rating_reasons = ArrayField(models.CharField(max_length=30), default=list)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rating_is_known", condition=Q(rating__isnull=True) | Q(rating__range=(1, 3))
            )
        ]
        indexes = [
            models.Index(
                fields=["rated_at"], name="reporter_rated", condition=Q(rated_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.reported_at:%Y-%m-%d}"


class Ask(models.Model):
    """A request that somebody above decides: more time, a suspension, an appeal."""

    class Nature(models.TextChoices):
        EXTENSION = "extension"
        SUSPENSION = "suspension"
        APPEAL = "appeal"

    class State(models.TextChoices):
        ASKED = "asked"
        FIRST_APPROVED = "first_approved"
        APPROVED = "approved"
        REFUSED = "refused"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    nature = models.CharField(max_length=12, choices=Nature)
    state = models.CharField(max_length=16, choices=State, default=State.ASKED)
    reason = models.TextField()
    until = models.DateField(null=True)  # of a suspension
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=80)
    first_by = models.BigIntegerField(null=True)
    first_at = models.DateTimeField(null=True)
    first_note = models.TextField(blank=True)
    last_by = models.BigIntegerField(null=True)
    last_at = models.DateTimeField(null=True)
    last_note = models.TextField(blank=True)
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Ask"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "nature"],
                name="one_open_ask_of_a_nature",
                condition=Q(state__in=["asked", "first_approved"]),
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "asked_at"],
                name="ask_open",
                condition=Q(state__in=["asked", "first_approved"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.nature} {self.state}"


class JointUnit(models.Model):
    """A unit asked to help the lead unit 协办, its own deadline, and what it answered."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    task = models.TextField(blank=True, db_default="")  # what it is asked to do
    must_answer = models.BooleanField(default=True, db_default=False)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=80, blank=True, db_default="")
    due_at = models.DateTimeField(null=True)  # of its own clock, "joint:<unit>"
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    excused = models.TextField(blank=True, db_default="")  # why the lead unit went on without it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "unit"], name="joint_unit_once")]
        indexes = [
            models.Index(
                fields=["unit", "due_at"],
                name="joint_unit_owes",
                condition=Q(answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id}"


class SavedFilter(models.Model):
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="filter_name_once")]

    def __str__(self) -> str:
        return self.name
