from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now


class Block(models.Model):
    """A stretch of the trail that was sealed: its digest covers its entries and the block before."""

    sealed_at = models.DateTimeField(db_default=Now())
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    entry_count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"block {self.pk}"


class Entry(models.Model):
    """
    Who did what to which subject, when, from where and why.

    A trigger refuses every UPDATE but the sealing of an unsealed entry, every DELETE and TRUNCATE.
    """

    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    actor_id = models.BigIntegerField()  # 0: the system itself, or somebody who is not signed in
    actor_name = models.CharField(max_length=150, blank=True)
    on_behalf_of = models.BigIntegerField(null=True, blank=True)
    address = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    block = models.ForeignKey(
        Block, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    digest = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        # Few indexes: every write of every module pays for them.
        indexes = [
            models.Index(fields=["actor_id", "id"], name="audit_entry_by_actor"),
            models.Index(
                fields=["subject", "id"],
                name="audit_entry_by_subject",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["id"], name="audit_entry_views", condition=models.Q(verb="view")),
            models.Index(
                fields=["id"], name="audit_entry_unsealed", condition=models.Q(block=None)
            ),
            models.Index(
                fields=["block", "id"],
                name="audit_entry_by_block",
                condition=models.Q(block__isnull=False),
            ),
            BrinIndex(fields=["at"], name="audit_entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.subject}"
