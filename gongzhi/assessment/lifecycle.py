"""The states of schemes, publications and appeals."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SchemeState(TextChoices):
    DRAFT = "draft", pgettext_lazy("scheme", "Draft")
    IN_FORCE = "in_force", pgettext_lazy("scheme", "In force")
    ENDED = "ended", pgettext_lazy("scheme", "Replaced")


class PublicationState(TextChoices):
    FREEZING = "freezing", pgettext_lazy("results", "Being reckoned")
    TO_SIGN = "to_sign", pgettext_lazy("results", "To be signed")
    PUBLISHED = "published", pgettext_lazy("results", "Published")
    CORRECTED = "corrected", pgettext_lazy("results", "Corrected by a later version")
    DROPPED = "dropped", pgettext_lazy("results", "Dropped before it was signed")
    FAILED = "failed", pgettext_lazy("results", "Could not be reckoned")


PUBLIC = (PublicationState.PUBLISHED, PublicationState.CORRECTED)


class AppealState(TextChoices):
    FILED = "filed", pgettext_lazy("assessment appeal", "First review")
    REVIEWED = "reviewed", pgettext_lazy("assessment appeal", "Second review")
    UPHELD = "upheld", pgettext_lazy("assessment appeal", "Upheld")
    REJECTED = "rejected", pgettext_lazy("assessment appeal", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment appeal", "Withdrawn by the unit")


OPEN_APPEALS = (AppealState.FILED, AppealState.REVIEWED)


class Subject(TextChoices):
    """Who is assessed: never a person."""

    TOWN = "town", pgettext_lazy("subject", "Towns")
    VILLAGE = "village", pgettext_lazy("subject", "Villages and communities")
    GRID = "grid", pgettext_lazy("subject", "Grids")
    UNIT = "unit", pgettext_lazy("subject", "Units")
    DEPARTMENT = "department", pgettext_lazy("subject", "Departments")
