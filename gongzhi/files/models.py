from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One upload. Rows with the same content share one place in the storage."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        PDF = "pdf", _("Document")
        AUDIO = "audio", _("Recording")
        VIDEO = "video", _("Video")

    token = models.CharField(max_length=32, unique=True)  # unguessable, stands in addresses
    kind = models.CharField(max_length=8, choices=Kind.choices)
    content_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, db_index=True)  # of what is stored
    source_sha256 = models.CharField(max_length=64)  # of what was sent, before cleaning
    key = models.CharField(max_length=120)  # in the storage
    thumb_key = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    duration = models.FloatField(default=0)  # seconds
    likeness = models.BigIntegerField(null=True)  # of a photo; see rules/likeness.py
    bands = ArrayField(
        models.IntegerField(), null=True
    )  # the likeness in parts, to find near ones by
    taken_at = models.DateTimeField(null=True)
    lon = models.FloatField(null=True)  # WGS-84, as the camera wrote it
    lat = models.FloatField(null=True)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=20, blank=True)
    created_by = models.BigIntegerField(default=0)  # accounts stands above files: an id, not a key
    sender = models.CharField(max_length=64, blank=True)  # hash of the uploading browser's cookie
    received_at = models.DateTimeField()
    claimed = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True)  # unclaimed, yet not to be removed before

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stored_file_has_a_known_kind",
                condition=models.Q(kind__in=["photo", "pdf", "audio", "video"]),
            ),
            models.CheckConstraint(
                name="stored_file_has_both_coordinates_or_none",
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__isnull=False, lat__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], name="files_unclaimed", condition=models.Q(claimed=False)
            ),
            GinIndex(fields=["bands"], name="files_likeness", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name


class PartUpload(models.Model):
    """A file on its way in parts. The id is the sender's, so that sending again finds it."""

    id = models.UUIDField(primary_key=True)
    created_by = models.BigIntegerField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)  # of the whole, as announced
    name = models.CharField(max_length=120)
    offset = models.PositiveBigIntegerField(default=0)  # bytes that are here
    problem = models.CharField(max_length=300, blank=True)  # it is whole and cannot be kept
    file = models.ForeignKey(StoredFile, models.CASCADE, null=True, related_name="+")
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_by"],
                name="unfinished_upload_of_sender",
                condition=models.Q(file=None, problem=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.offset}/{self.size}"


class Part(models.Model):
    upload = models.ForeignKey(PartUpload, models.CASCADE, related_name="+", db_index=False)
    start = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} from {self.start}"
