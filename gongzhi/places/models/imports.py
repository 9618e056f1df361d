"""A file somebody brought in: what was found in it and how far it has come."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    class State(models.TextChoices):
        RECEIVED = "received", _("Waiting to be checked")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("File checked")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Done")
        FAILED = "failed", _("Cannot be used")

    class Subject(models.TextChoices):
        AREAS = "areas", _("Areas")
        PREMISES = "premises", _("Premises")

    subject = models.CharField(max_length=10, choices=Subject.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200)
    size = models.BigIntegerField()
    system = models.CharField(max_length=10)  # coordinate system of the file
    valid_from = models.DateField()
    actor_id = models.BigIntegerField()  # a name from accounts cannot be referred to from here
    actor_name = models.CharField(max_length=80)
    reach = ArrayField(
        models.CharField(max_length=240)
    )  # paths the actor manages; "" is everywhere
    received_at = models.DateTimeField()
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(default=0)
    new_count = models.BigIntegerField(default=0)
    changed_count = models.BigIntegerField(default=0)
    error_count = models.BigIntegerField(default=0)
    warning_count = models.BigIntegerField(default=0)
    problems = models.JSONField(default=list)  # the first of them; all of them are in the report
    report_as = models.CharField(max_length=200, blank=True)
    failure = models.JSONField(null=True)  # a problem that concerns the file as a whole

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_state_is_known",
                condition=models.Q(
                    state__in=["received", "checking", "checked", "writing", "done", "failed"]
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.file_name}"
