"""What is shown of a matter, and what a person decided about it; no workflow."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from gongzhi.base.scope import ScopedBy, ScopedQuerySet
from gongzhi.publishing.lifecycle import State


def PublicWords() -> Any:  # noqa: N802 - an expression, named like Django's own
    """Return the words of a publication as its index holds them."""
    space = Value(" ")
    words = Concat(
        F("title"), space, F("street"), space, F("text"), output_field=models.TextField()
    )
    return Lower(words)


class Place(models.TextChoices):
    NONE = "none", _("no place")
    VILLAGE = "village", _("the village")
    STREET = "street", _("the street")


class Publication(models.Model):
    """One a matter. Title, words, street and point are those for the public: never the reporter's own."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True)  # opens nothing but the public page
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=10)  # rules.Stage: how far the matter is, in public words
    item = models.ForeignKey("catalogue.Item", models.PROTECT, null=True, related_name="+")
    class_code = models.CharField(max_length=3)  # E01, P02
    area_path = models.CharField(max_length=60)  # of the matter: decides whose moderators see it
    shown_path = models.CharField(max_length=60)  # what the public reads of it
    place = models.CharField(max_length=8, choices=Place)
    street = models.CharField(max_length=60, blank=True)
    lon = models.FloatField(null=True)  # rounded, or the middle of the village
    lat = models.FloatField(null=True)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    reported_on = models.DateField()
    closed_on = models.DateField(null=True)
    has_photos = models.BooleanField(default=False)
    has_news = models.BooleanField(default=False)  # published, and new photos wait to be looked at
    problem_count = models.SmallIntegerField(default=0)  # told by readers and not yet answered
    reason = models.CharField(max_length=300, blank=True)  # of the last decision
    queued_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    version = models.IntegerField(default=0)

    scoped_by = ScopedBy(area="area_path")
    objects = models.Manager.from_queryset(ScopedQuerySet["Publication"])()

    class Meta:
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="pub_newest", condition=Q(state="published")
            ),
            models.Index(
                fields=["-reported_on", "-id"], name="pub_reported", condition=Q(state="published")
            ),
            models.Index(
                fields=["lat", "lon"],
                name="pub_where",
                condition=Q(state="published", lat__isnull=False),
            ),
            models.Index(fields=["state", "queued_at", "id"], name="pub_queue"),
            models.Index(
                fields=["queued_at", "id"],
                name="pub_attention",
                condition=Q(has_news=True) | Q(problem_count__gt=0),
            ),
            models.Index(
                OpClass("shown_path", name="varchar_pattern_ops"),
                F("published_at").desc(),
                name="pub_in_area",
                condition=Q(state="published"),
            ),
            GinIndex(OpClass(PublicWords(), name="gin_trgm_ops"), name="pub_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="publication_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="publication_point_is_whole",
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__isnull=False, lat__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_shows_no_grid",  # three levels at the most: city, town, village
                condition=~Q(shown_path__regex=r"^([^/]*/){4,}"),
            ),
            models.CheckConstraint(
                name="published_has_its_moment",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.title}"


class PublicPhoto(models.Model):
    """One photo: the copy with regions made unreadable is what may be shown; the boxes go with the decision."""

    class State(models.TextChoices):
        TO_BLUR = "to_blur", _("Being made unreadable")
        TO_LOOK = "to_look", _("To look at")
        SHOWN = "shown", _("Shown")
        LEFT_OUT = "left_out", _("Left out")
        BROKEN = "broken", _("Cannot be read")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+")
    source = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    blurred = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    is_after = models.BooleanField(default=False)  # taken after the work
    state = models.CharField(max_length=8, choices=State, default=State.TO_BLUR)
    boxes = models.JSONField(default=list)  # shares of the picture, until somebody decided
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "source"], name="photo_is_published_once"
            ),
            models.CheckConstraint(
                name="shown_photo_has_a_blurred_copy",
                condition=~Q(state="shown") | Q(blurred__isnull=False),
            ),
            models.CheckConstraint(
                name="blurred_copy_is_not_the_source",
                condition=Q(blurred__isnull=True) | ~Q(blurred=F("source")),
            ),
        ]
        indexes = [models.Index(fields=["publication", "id"], name="pub_photo")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.state}"


class Decision(models.Model):
    """One line of what was decided. Never changed."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+")
    move = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(default=0)
    actor_name = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    shown = models.JSONField(default=dict)  # the words as they were approved

    def __str__(self) -> str:
        return f"{self.publication_id} {self.move}"


class Wish(models.Model):
    """Somebody who reported the matter asked that it is not published."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.matter_id)


class Problem(models.Model):
    """A reader says that something must not stand on a public page."""

    class Nature(models.TextChoices):
        PERSON = "person", _("A person or a plate can be recognised")
        HOME = "home", _("It says where somebody lives")
        WRONG = "wrong", _("It is not true")
        OTHER = "other", _("Something else")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+")
    nature = models.CharField(max_length=8, choices=Nature)
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["publication", "at"],
                name="pub_problem",
                condition=Q(answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.nature}"


class Rule(models.Model):
    """The city's own rule about a scope from a day on; it goes before the shipped ones (content/rules.csv)."""

    scope = models.CharField(max_length=24)  # an item's code, a class (E01) or *
    pace = models.CharField(max_length=10)
    text = models.BooleanField(default=False)
    place = models.CharField(max_length=8, choices=Place)
    photos = models.BooleanField(default=False)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    set_by = models.CharField(max_length=80, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "valid_from"], name="one_rule_a_scope_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.valid_from}"


class Edition(models.Model):
    """One row whose number rises with every change the public can see: what is cached asks it first."""

    number = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)


class Figure(models.Model):
    """What was reported in a month, by village and class of item, and what became of it."""

    month = models.DateField()
    village_path = models.CharField(max_length=60)
    class_code = models.CharField(max_length=3)
    reported = models.IntegerField()
    settled = models.IntegerField()
    on_time = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "village_path", "class_code"], name="figure_is_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.village_path} {self.class_code}"
