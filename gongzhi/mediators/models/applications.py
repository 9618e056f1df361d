"""Applications for a studio of one's own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.mediators.models.bodies import Body
from gongzhi.mediators.models.mediators import Mediator


class Application(models.Model):
    """A mediator asks for a studio under their name or subject: 《司法部关于推进个人调解工作室建设的指导意见》."""

    class State(models.TextChoices):
        HANDED_IN = "handed_in", pgettext_lazy("application", "To be looked at")
        SEEN = "seen", pgettext_lazy("application", "Looked at on site, to be decided")
        APPROVED = "approved", pgettext_lazy("application", "Approved")
        REFUSED = "refused", pgettext_lazy("application", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="applications")
    name = models.CharField(max_length=120)
    expertise = ArrayField(models.CharField(max_length=20), default=list)
    address = models.CharField(max_length=200)
    words = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.HANDED_IN)
    handed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.BigIntegerField(default=0)
    seen_by_name = models.CharField(max_length=150, blank=True)
    seen_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    studio = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    area_path = models.CharField(max_length=60)

    scoped_by = ScopedBy(area="area_path", units="unit_ids")
    objects = models.Manager.from_queryset(ScopedQuerySet["Application"])()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mediator"],
                name="one_application_at_a_time",
                condition=Q(state__in=["handed_in", "seen"]),
            )
        ]
        indexes = [models.Index(fields=["-handed_in_at", "-id"], name="application_newest")]

    def __str__(self) -> str:
        return self.name
