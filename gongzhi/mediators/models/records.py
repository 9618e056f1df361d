"""The record of the office: training, grades, conduct."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.mediators.models.mediators import Mediator


class Training(models.Model):
    """One course that was attended."""

    class Kind(models.TextChoices):
        INITIAL = "initial", pgettext_lazy("training", "Before taking office")
        YEARLY = "yearly", pgettext_lazy("training", "Yearly")
        SPECIAL = "special", pgettext_lazy("training", "Special subject")

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    subject = models.CharField(max_length=120)
    organiser = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mediator", "on", "subject"], name="training_once"),
            models.CheckConstraint(
                name="training_has_hours", condition=Q(hours__gt=0, hours__lte=200)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator_id} {self.subject}"


class GradeStep(models.Model):
    """A grade that was given: by whom, by which paper, since when."""

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="grades")
    grade = models.CharField(max_length=20)
    since = models.DateField()
    source = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    given_by_name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mediator", "since"], name="one_grade_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.mediator_id} {self.grade}"


class Conduct(models.Model):
    """A complaint about how the office was held, and what came of it: 《人民调解法》第十五条."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("conduct", "To be looked into")
        UNFOUNDED = "unfounded", pgettext_lazy("conduct", "Not founded")
        CRITICISM = "criticism", pgettext_lazy("conduct", "Criticised")
        CORRECTION = "correction", pgettext_lazy("conduct", "To be corrected")
        REMOVAL = "removal", pgettext_lazy("conduct", "Removed from office")

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="conducts")
    ground = models.CharField(max_length=20)
    text = models.CharField(max_length=1000)
    matter_number = models.CharField(max_length=14, blank=True)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    recorded_by_name = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(default=0)
    decided_by_name = models.CharField(max_length=150, blank=True)
    appeal_until = models.DateTimeField(null=True)
    appeal = models.CharField(max_length=1000, blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_due_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)
    is_upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decided_conduct_says_why", condition=Q(state="open") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="answered_conduct_says_why",
                condition=Q(answered_at__isnull=True) | (Q(is_upheld__isnull=False) & ~Q(answer="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.mediator_id} {self.state}"
