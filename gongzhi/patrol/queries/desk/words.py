"""Names that the desk shows for what tables keep as numbers or codes."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.patrol.models import Appeal, Call, Task

KIND_NAMES: Final[dict[int, Any]] = {
    1: gettext_lazy("Address"),
    2: gettext_lazy("Building"),
    3: gettext_lazy("Rental building"),
    4: gettext_lazy("Small premises"),
    5: pgettext_lazy("premises", "Organisation"),
    6: gettext_lazy("Public facility"),
}
GRADE_NAMES: Final[dict[int, Any]] = {0: gettext_lazy("Not graded"), 1: "A", 2: "B", 3: "C", 4: "D"}
CALL_KINDS: Final = Call.Kind.choices
CALL_STATES: Final = Call.State.choices
TASK_KINDS: Final = Task.Kind.choices
TASK_STATES: Final = [pair for pair in Task.State.choices if pair[0] != Task.State.DROPPED]
APPEAL_STATES: Final = Appeal.State.choices


def verdict_names() -> dict[str, str]:
    return {"pass": _("pass"), "fail": _("fail"), "na": _("not applicable")}


def why_words(why: str) -> str:
    """Say why there is a task; what is no known reason was written by somebody in words."""
    if why.startswith("sample "):
        return _("Drawn in “{name}”").format(name=why.removeprefix("sample "))
    return {"never": _("Never visited"), "round": ""}.get(why, why)
