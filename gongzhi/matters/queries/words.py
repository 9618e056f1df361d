"""What a line of the file keeps beside its note, in words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def fact_words(values: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each fact that people understand; inner ones are left out."""
    return [
        words
        for name, say in _SAY.items()
        if values.get(name) not in (None, "", [], False) and (words := say(values[name]))
    ]


def _rating(value: Any) -> str:
    return {3: _("Solved"), 2: _("Half solved"), 1: _("Not solved")}.get(value, "")


def _moment(value: Any) -> str:
    return localtime(datetime.fromisoformat(str(value))).strftime("%Y-%m-%d %H:%M")


_SAY: dict[str, Callable[[Any], str]] = {
    "item": lambda v: _("Item: {value}").format(value=v),
    "standard": lambda v: _("Standard: {value}").format(value=v),
    "limit": lambda v: _("Time limit: {value}").format(value=v),
    "unit": lambda v: _("Unit: {value}").format(value=v),
    "joint": lambda v: _("Helping: {value}").format(value="、".join(v)),
    "task": lambda v: _("Asked to: {value}").format(value=v),
    "without": lambda v: _("Without the answer of: {value}").format(value=v),
    "from": lambda v: _("From: {value}").format(value=v),
    "order": lambda v: _("Order: {value}").format(value=v),
    "batch": lambda v: _("Answered together: {value}").format(value=v),
    "why": str,
    "override": lambda _v: _("A person chose another unit than the matrix."),
    "to": lambda v: _("To: {value}").format(value=v),
    "person": lambda v: _("Handed to: {value}").format(value=v),
    "kind": lambda v: _("Kind: {value}").format(value=v),
    "body": lambda v: _("Body: {value}").format(value=v),
    "mediators": lambda v: _("Mediators: {value}").format(value="、".join(v)),
    "put_right": lambda v: _("Changed: {value}").format(value="、".join(v)),
    "sides": lambda v: _("Sides: {value}").format(value="、".join(v)),
    "side": lambda v: _("Side: {value}").format(value=v),
    "asked_by": lambda v: _("Asked by: {value}").format(value=v),
    "days": lambda v: _("Days: {value}").format(value=v),
    "outcome": lambda v: _("Outcome: {value}").format(value=v),
    "ground": lambda v: _("Ground: {value}").format(value=v),
    "routes": lambda v: _("Other routes told: {value}").format(value="、".join(v)),
    "kept": lambda v: _("Kept: {value}").format(value=v),
    "until": lambda v: _("Until: {value}").format(value=v),
    "into": lambda v: _("Goes on as: {value}").format(value=v),
    "linked": lambda v: _("Linked to: {value}").format(value=v),
    "number": lambda v: _("Took in: {value}").format(value=v),
    "likely_duplicates": lambda v: _("Looks like: {value}").format(value="、".join(v)),
    "outside_m": lambda v: _("{value} m outside the nearest grid").format(value=v),
    "seen_at": lambda v: _("Seen: {value}").format(value=_moment(v)),
    "urgent_said": lambda _v: _("The officer on site calls it urgent."),
    "device_at": lambda v: _("The device's clock said: {value}").format(value=_moment(v)),
    "sent_at": lambda v: _("Recorded without a network, received: {value}").format(
        value=_moment(v)
    ),
    "rating": _rating,
}
