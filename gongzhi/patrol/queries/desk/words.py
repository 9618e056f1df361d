"""Names that the desk shows for what tables keep as numbers."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND_NAMES: Final[dict[int, Any]] = {
    1: _("Address"),
    2: _("Building"),
    3: _("Rental building"),
    4: _("Small premises"),
    5: pgettext_lazy("premises", "Organisation"),
    6: _("Public facility"),
}
GRADE_NAMES: Final[dict[int, Any]] = {0: _("Not graded"), 1: "A", 2: "B", 3: "C", 4: "D"}
GRADED: Final = (1, 2, 3, 4)
