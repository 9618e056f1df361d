"""The registry of bodies and mediators."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.base.scope import ScopedBy, ScopedQuerySet


class Body(models.Model):
    """Whoever mediates as an organisation: a committee, a studio, a room, a chamber, an office."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("People's mediation committee")
        STUDIO = "studio", _("Mediation studio")
        POLICE_ROOM = "police_room", _("Mediation room at a police station")
        COURT_ROOM = "court_room", _("Mediation room at a court")
        CHAMBER = "chamber", _("Chamber of commerce")
        ASSOCIATION = "association", _("Industry association")
        SPECIALIST = "specialist", _("Specialist committee")
        OFFICE = "office", _("Administrative mediation")
        ARBITRATION = "arbitration", _("Arbitration mediation")
        LAWYERS = "lawyers", _("Lawyers' mediation")
        NOTARY = "notary", _("Notaries' mediation")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    under = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")  # whose inbox it is
    unit_ids = ArrayField(models.BigIntegerField(), default=list)  # the unit and all above
    area_path = models.CharField(max_length=60)
    expertise = ArrayField(models.CharField(max_length=20), default=list)  # codes of dispute kinds
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)  # of the office
    filed_on = models.DateField(null=True)  # 备案
    filing_number = models.CharField(max_length=60, blank=True)
    term_ends_on = models.DateField(null=True)
    is_active = models.BooleanField(default=True)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Body"])()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="body_area_path_ends_with_slash",
                condition=Q(area_path="") | Q(area_path__endswith="/"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mediator(models.Model):
    """A person by their office: what the public directory shows, and the record of the office."""

    class Employment(models.TextChoices):
        FULL = "full", _("Full time")
        PART = "part", _("Part time")
        LAWYER = "lawyer", _("Lawyer")
        INVITED = "invited", _("Specially invited")

    code = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    employment = models.CharField(max_length=8, choices=Employment)
    is_woman = models.BooleanField(default=False)  # the law asks each committee for at least one
    expertise = ArrayField(models.CharField(max_length=20), default=list)
    languages = ArrayField(models.CharField(max_length=20), default=list)
    grade = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=300, blank=True)  # as the directory shows it
    appointed_on = models.DateField()
    term_ends_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    is_public = models.BooleanField(default=True)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    area_path = models.CharField(max_length=60)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Mediator"])()

    def __str__(self) -> str:
        return self.name
