"""What an operation is about to do, and how it can end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite, nan
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.base.texts import plain
from gongzhi.field.rules import Said

LATE_S = 600  # a record received so much later was made without a network
MINE, THEIRS, BOTH, DROP = "mine", "theirs", "both", "drop"


class Conflict(Exception):
    """Two sides of one thing; the officer decides. Nothing was written."""

    def __init__(
        self,
        words: str,
        *,
        code: str,
        what: str,
        yours: Mapping[str, str],
        theirs: Mapping[str, str],
        choices: Mapping[str, str],
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(words)
        self.words, self.facts = words, dict(facts or {})
        self.sides = {
            "code": code, "what": what,
            # Rows, because the database does not keep the order of names.
            "rows": [[label, yours.get(label), theirs.get(label)] for label in {**yours, **theirs}],
            "choices": [{"choice": choice, "label": label} for choice, label in choices.items()],
        }  # fmt: skip


@dataclass(frozen=True)
class Done:
    words: str
    number: str = ""
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Deed:
    """An operation about to be done: who, when by our clock, with which photos, after which decision."""

    said: Said
    actor: Actor
    at: datetime
    received_at: datetime
    skew_s: int
    tokens: tuple[str, ...] = ()
    after_tokens: tuple[str, ...] = ()
    choice: str = ""  # what the officer decided about an earlier try
    facts: Mapping[str, Any] = field(default_factory=dict)  # what that try left to be known

    @property
    def key(self) -> str:
        return f"field:{self.said.id}"

    @property
    def trace(self) -> dict[str, Any]:
        """Return what the file of a matter keeps of the device: both times, where they differ."""
        trace: dict[str, Any] = {}
        if abs(self.skew_s) > settings.FIELD_SKEW_SECONDS:
            trace |= {"device_at": self.said.made_at.isoformat(), "skew_s": self.skew_s}
        if (self.received_at - self.at).total_seconds() > LATE_S:
            trace["sent_at"] = self.received_at.isoformat()
        if self.said.place and self.said.place.accuracy_m is not None:
            trace["accuracy_m"] = self.said.place.accuracy_m
        return trace

    def text(self, name: str, *, most: int = 2000) -> str:
        """Return a text of the body; Invalid when it is too long."""
        value = plain(str(self.said.body.get(name) or "")).strip()
        if len(value) > most:
            raise Invalid(
                {name: _("At most {most} characters; please shorten it.").format(most=most)}
            )
        return value

    def number_of(self, name: str) -> float | None:
        value = self.said.body.get(name)
        if value in (None, ""):
            return None
        try:
            number = float(str(value))
        except ValueError:
            number = nan
        if not isfinite(number):
            raise Invalid({name: _("This is not a number.")})
        return number

    def whole_number(self, name: str) -> int | None:
        value = self.number_of(name)
        if value is None:
            return None
        if value != int(value) or abs(value) > 2**53:
            raise Invalid({name: _("This is not a number.")})
        return int(value)

    def flag(self, name: str) -> bool:
        return str(self.said.body.get(name)).lower() in {"true", "yes", "1"}
