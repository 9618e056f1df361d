"""Whoever mediates as an organisation, and what the court was told of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    founder = models.CharField(
        max_length=120, blank=True
    )  # village, enterprise, office, association
    founded_on = models.DateField(null=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)  # of the office
    about = models.CharField(max_length=300, blank=True)  # as the directory shows it
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
        indexes = [
            models.Index(fields=["area_path", "id"], name="body_area", opclasses=["text_pattern_ops", "int8_ops"]),
            models.Index(fields=["name", "id"], name="body_name"),
            models.Index(fields=["kind", "name", "id"], name="body_kind"),
            models.Index(fields=["term_ends_on", "id"], name="body_term"),
            GinIndex(fields=["unit_ids"], name="body_units"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Filing(models.Model):
    """One change that the court is told of in time: 《人民调解法》第十条."""

    class What(models.TextChoices):
        FOUNDED = "founded", pgettext_lazy("filing", "Founded")
        MEMBERS = "members", pgettext_lazy("filing", "Members changed")
        TERM = "term", pgettext_lazy("filing", "New term")
        DETAILS = "details", pgettext_lazy("filing", "Name, address or telephone changed")
        CLOSED = "closed", pgettext_lazy("filing", "Closed")

    body = models.ForeignKey(Body, models.PROTECT, related_name="filings")
    what = models.CharField(max_length=8, choices=What)
    note = models.CharField(max_length=300, blank=True)
    happened_on = models.DateField()
    due_on = models.DateField()
    filed_on = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    filed_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "what", "happened_on"],
                name="one_open_filing_of_a_day",
                condition=Q(filed_on__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"], name="filing_open", condition=Q(filed_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.what} {self.happened_on}"
