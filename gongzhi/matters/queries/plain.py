"""Where a matter stands, in the words of somebody who does not work for the city."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.clocks import queries as clocks


def now_words(state: str, *, label: str) -> str:
    """Say what is being done while the matter is in the state."""
    words = {
        "to_verify": _("A grid officer is to look on site"),
        "to_register": _("Being accepted"),
        "to_correct": _("Being accepted"),
        "to_dispatch": _("Being sent to the unit responsible"),
        "returned": _("Being sent to the unit responsible"),
        "in_transfer": _("Being sent to the unit responsible"),
        "objected": _("Being sent to the unit responsible"),
        "to_accept": _("Waiting for the unit to take it on"),
        "handling": _("Being handled"),
        "suspended": _("Set aside for now"),
        "to_check": _("A grid officer is to check on site"),
        "to_close": _("Being closed"),
    }
    return words.get(state, label)


_ORDER = ("to_verify", "to_register", "to_dispatch", "handling", "to_check", "rate")
_PLACE = {
    "to_correct": "to_register",
    "returned": "to_dispatch",
    "in_transfer": "to_dispatch",
    "objected": "to_dispatch",
    "to_accept": "to_dispatch",
    "suspended": "handling",
    "to_close": "to_check",
}


def still_to_come(state: str) -> Sequence[str]:
    """Say which steps follow after the state."""
    words = {
        "to_register": _("Accepted for handling"),
        "to_dispatch": _("Sent to the unit responsible"),
        "handling": _("The unit handles it"),
        "to_check": _("A grid officer checks on site"),
        "rate": _("You rate it"),
    }
    here = _PLACE.get(state, state)
    rest = _ORDER[_ORDER.index(here) + 1 :] if here in _ORDER else ()
    return [words[step] for step in rest]


def clock_sentence(matter: Any, *, unit: str, label: str, at: datetime) -> str:
    """Say who should have done what until when; `matter` is a row of the register."""
    if not matter.is_open:
        return label
    unit = unit or _("The office responsible")
    if matter.paused_at is not None:
        return _("Set aside: {reason}").format(reason=matter.paused_for)
    if matter.due_at is None:
        return _("It is the turn of {unit}").format(unit=unit)
    due = day_words(matter.due_at, at=at)
    template = {
        "to_verify": _("{unit} should have looked on site before {due}"),
        "to_accept": _("{unit} should have taken it on before {due}"),
        "handling": _("{unit} should have settled it before {due}"),
        "to_check": _("{unit} should have checked it before {due}"),
    }.get(matter.state, _("{unit} should have dealt with it before {due}"))
    if matter.due_at < at:
        template = _("{unit} should have acted before {due}; it is late and has been urged")
    return template.format(unit=unit, due=due)


def day_words(moment: datetime, *, at: datetime) -> str:
    """Say a moment as people do: today 18:00, tomorrow 11:00, else with its day."""
    local, today = timezone.localtime(moment), timezone.localtime(at).date()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((local.date() - today).days)
    return f"{near} {local:%H:%M}" if near else clocks.moment(local)
