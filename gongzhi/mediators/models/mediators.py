"""Mediators by their office."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.mediators.models.bodies import Body


def working_week() -> list[int]:
    """Monday to Friday, as isoweekday counts."""
    return [1, 2, 3, 4, 5]


class Mediator(models.Model):
    """A person by their office: what the public directory shows, and the record of the office."""

    class Employment(models.TextChoices):
        FULL = "full", _("Full time")
        PART = "part", _("Part time")
        LAWYER = "lawyer", _("Lawyer")
        INVITED = "invited", _("Specially invited")

    class Seat(models.TextChoices):
        """A place in the committee; a mediator without one was engaged: 《人民调解法》第八条、第十三条."""

        CHAIR = "chair", pgettext_lazy("seat", "Chair")
        DEPUTY = "deputy", pgettext_lazy("seat", "Deputy chair")
        MEMBER = "member", pgettext_lazy("seat", "Member")

    code = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    employment = models.CharField(max_length=8, choices=Employment)
    seat = models.CharField(max_length=8, choices=Seat, blank=True)
    is_woman = models.BooleanField(default=False)  # the law asks each committee for at least one
    expertise = ArrayField(models.CharField(max_length=20), default=list)
    languages = ArrayField(models.CharField(max_length=20), default=list)
    grade = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=300, blank=True)  # as the directory shows it
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=working_week)
    most_open = models.PositiveSmallIntegerField(default=10)  # disputes at a time
    appointed_on = models.DateField()
    term_ends_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_for = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)  # in the directory, because they agreed
    shows = ArrayField(models.CharField(max_length=10), default=list)  # what else they agreed to
    agreed_on = models.DateField(null=True)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    area_path = models.CharField(max_length=60)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Mediator"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="public_mediator_agreed", condition=Q(is_public=False) | Q(agreed_on__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["body", "seat"],
                name="one_chair_of_a_body",
                condition=Q(seat="chair", left_on__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["area_path", "id"], name="mediator_area", opclasses=["text_pattern_ops", "int8_ops"]),
            models.Index(fields=["body", "left_on"], name="mediator_body"),
            models.Index(fields=["name", "id"], name="mediator_name"),
            models.Index(fields=["term_ends_on", "id"], name="mediator_term"),
            models.Index(fields=["user"], name="mediator_user", condition=Q(user__isnull=False)),
            models.Index(fields=["name", "id"], name="mediator_public", condition=Q(is_public=True, left_on__isnull=True)),
            GinIndex(fields=["unit_ids"], name="mediator_units"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which a mediator takes no session. Why stays with them."""

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]
        indexes = [models.Index(fields=["mediator", "ends_on"], name="absence_of_mediator")]

    def __str__(self) -> str:
        return f"{self.mediator_id} {self.starts_on}"
