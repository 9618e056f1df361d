"""Names that the desk shows for what tables keep as numbers or codes."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.patrol.models import Appeal, Call, Task, Visit

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

# What a figure was counted from, column by column (queries/statistics.py keeps the codes).
COUNTED: Final[dict[str, Any]] = {
    "day": gettext_lazy("Day"), "premises": gettext_lazy("Code"), "name": gettext_lazy("Name"),
    "outcome": gettext_lazy("Result"), "lines": gettext_lazy("Lines"), "item": gettext_lazy("Item"),
    "number": gettext_lazy("Number of the matter"), "state": gettext_lazy("State"),
    "in_time": gettext_lazy("In time"), "confirmed": gettext_lazy("Confirmed"),
    "sent_at": gettext_lazy("Sent at"), "agrees": gettext_lazy("Agrees"),
    "differences": gettext_lazy("Lines that differ"), "started_at": gettext_lazy("Shift from"),
    "ended_at": gettext_lazy("Shift until"), "ended_by_itself": gettext_lazy("Ended by itself"),
}  # fmt: skip


def counted_words(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Return a figure's rows as people read them, the headings first; nothing where nothing was counted."""
    if not rows:
        return []
    headings = [str(COUNTED[name]) for name in rows[0]]
    return [headings, *([_counted(name, value) for name, value in row.items()] for row in rows)]


def _counted(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "differences":
        return "、".join(str(one["n"]) for one in value)
    if name.endswith("_at"):
        return str(value).replace("T", " ")[:16]
    names = dict(Visit.Outcome.choices if name == "outcome" else Task.State.choices)
    return str(names.get(value, value)) if name in {"outcome", "state"} else str(value)


def verdict_names() -> dict[str, str]:
    return {"pass": _("pass"), "fail": _("fail"), "na": _("not applicable")}


def why_words(why: str) -> str:
    """Say why there is a task; what is no known reason was written by somebody in words."""
    if why.startswith("sample "):
        return _("Drawn in “{name}”").format(name=why.removeprefix("sample "))
    return {"never": _("Never visited"), "round": ""}.get(why, why)
