"""Like matters answered together, and the suggestion to change what causes them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.oversight.lifecycle import BatchState, Cause, SuggestionState


class Batch(models.Model):
    """Matters with the same cause, place or respondent organisation, gathered by a person."""

    title = models.CharField(max_length=80)
    cause = models.CharField(max_length=10, choices=Cause)
    cause_words = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.OPEN)
    area_path = models.CharField(max_length=60)  # the smallest area that holds them all
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=80)
    answer = models.TextField(blank=True)
    move = models.CharField(max_length=20, blank=True)  # made on each with the answer
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=80, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Batch"])()

    class Meta:
        indexes = [models.Index(fields=["area_path", "-id"], name="batch_in_area")]

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """A matter in a batch, and what became of it when the batch was answered."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="members")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)  # why the answer did not go through

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                name="matter_is_in_one_open_batch",
                condition=Q(removed_at__isnull=True, done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.matter_id}"


class Suggestion(models.Model):
    """From single cases to a policy: the responsible department must answer within a clock."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="suggestions")
    title = models.CharField(max_length=80)
    text = models.TextField()
    count = models.PositiveIntegerField()  # of like matters it rests on
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")  # must answer
    area_path = models.CharField(max_length=60)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.RAISED)
    raised_at = models.DateTimeField()
    raised_by_name = models.CharField(max_length=80)
    raised_by = models.BigIntegerField(default=0)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=80, blank=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Suggestion"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_suggestion_has_reason",
                condition=Q(state="raised", answered_at__isnull=True)
                | ~Q(state="raised") & Q(answered_at__isnull=False) & ~Q(answer=""),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="suggestion_to_answer", condition=Q(state="raised")
            ),
            models.Index(fields=["area_path", "-id"], name="suggestion_in_area"),
        ]

    def __str__(self) -> str:
        return self.title
