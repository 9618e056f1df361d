"""What the centre asks of one officer, and what an officer says about the own figures."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Call(models.Model):
    """One officer is asked to do one thing. A refusal ends the row; the next officer gets a row of their own."""

    class Kind(models.TextChoices):
        VERIFY = "verify", pgettext_lazy("patrol call", "Verify")
        CHECK = "check", pgettext_lazy("patrol call", "Check")
        REVISIT = "revisit", pgettext_lazy("patrol call", "Visit again")
        URGENT = "urgent", pgettext_lazy("patrol call", "Urgent call")

    class State(models.TextChoices):
        WAITING = (
            "waiting",
            pgettext_lazy("patrol call", "With the station"),
        )  # nobody to send it to
        SENT = "sent", pgettext_lazy("patrol call", "Sent")
        ACCEPTED = "accepted", pgettext_lazy("patrol call", "Accepted")
        REFUSED = "refused", pgettext_lazy("patrol call", "Refused")
        DONE = "done", pgettext_lazy("patrol call", "Done")
        WITHDRAWN = "withdrawn", pgettext_lazy("patrol call", "Withdrawn")

    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+"
    )  # the station that answers for it
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")
    premises_code = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300)
    area_path = models.CharField(max_length=240)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField(default=0)
    sent_by_name = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    passed_over = ArrayField(models.BigIntegerField(), default=list)  # who refused before
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Call"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"],
                name="one_open_call_for_a_matter",
                condition=Q(state__in=["waiting", "sent", "accepted"]),
            ),
            models.CheckConstraint(
                name="a_sent_call_has_an_officer",
                condition=Q(state__in=["waiting", "withdrawn", "done"]) | Q(user__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "due_at"],
                name="call_open_of_officer",
                condition=Q(state__in=["sent", "accepted"]),
            ),
            models.Index(fields=["user", "-sent_at"], name="call_of_officer"),
            models.Index(
                OpClass("area_path", name="varchar_pattern_ops"),
                "sent_at",
                name="call_open_in_area",
                condition=Q(state__in=["waiting", "sent", "accepted"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.matter_id or self.premises_code}"


class Appeal(models.Model):
    """An officer does not agree with a figure about the own work."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("patrol appeal", "Asked")
        UPHELD = "upheld", pgettext_lazy("patrol appeal", "Upheld")
        REFUSED = "refused", pgettext_lazy("patrol appeal", "Not upheld")

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    figure = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    value = models.CharField(max_length=40, blank=True)  # as it stood when the officer objected
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    area_path = models.CharField(max_length=240)
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    scoped_by = ScopedBy(area="area_path")
    objects = ScopedQuerySet["Appeal"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "figure", "since", "until"],
                name="one_open_appeal_about_a_figure",
                condition=Q(state="asked"),
            ),
            models.CheckConstraint(
                name="a_decided_appeal_has_an_answer",
                condition=Q(state="asked") | (Q(decided_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.figure} {self.state}"
