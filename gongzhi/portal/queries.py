"""What a resident reads: the way of a matter in plain words, and what goes on in the city."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from gongzhi.matters import queries as matters
from gongzhi.publishing import queries as publishing

MINUTE = 60
SHOWN = 6


@dataclass(frozen=True)
class Step:
    words: str
    state: str  # done | now | next
    at: datetime | None = None
    note: str = ""


def steps_of(seen: matters.Progress) -> list[Step]:
    """Return what was done, what is being done, and what comes then."""
    done = [_done(line) for line in reversed(seen.steps) if line.move in _DONE()]
    if not seen.matter.is_open:
        return done
    state = seen.matter.state
    now = Step(matters.now_words(state, label=seen.row.state_label), "now")
    return [*done, now, *(Step(words, "next") for words in matters.still_to_come(state))]


def _done(line: Any) -> Step:
    words = _DONE()[line.move](line.values)
    note = line.note if line.move in NOTED else ""
    return Step(words, "done", line.at, note)


NOTED = frozenset(
    {"verify", "refuse", "suspend", "hand_in", "close", "void", "reopen", "rate", "add"}
)


def _DONE() -> dict[str, Callable[[dict[str, Any]], str]]:  # noqa: N802 - a table that speaks the reader's language
    def unit(values: dict[str, Any]) -> str:
        return str(values.get("unit") or _("the unit responsible"))

    return {
        "report": lambda _v: _("You reported it"),
        "join": lambda _v: _("One more person reported it"),
        "absorb": lambda _v: _("Another report of the same was added"),
        "verify": lambda v: _("A grid officer looked on site") if v.get("is_true", True) else _("A grid officer looked on site: not as reported"),
        "register": lambda _v: _("Accepted for handling"),
        "refuse": lambda _v: _("Not accepted"),
        "dispatch": lambda v: _("Sent to {unit}").format(unit=unit(v)),
        "accept": lambda _v: _("The unit took it on"),
        "suspend": lambda v: _("Set aside until {until}").format(until=v["until"]) if v.get("until") else _("Set aside"),
        "resume": lambda _v: _("Taken up again"),
        "hand_in": lambda _v: _("The unit says it is done"),
        "pass_check": lambda _v: _("A grid officer checked it: done"),
        "fail_check": lambda _v: _("A grid officer checked it: not done yet, back to the unit"),
        "rework": lambda _v: _("Back to the unit to be done again"),
        "close": lambda _v: _("Closed"),
        "merge": lambda _v: _("Goes on together with another report"),
        "void": lambda _v: _("Ended as filed by mistake"),
        "reopen": lambda _v: _("Taken up again at your wish"),
        "rate": lambda v: _("You rated it: {words}").format(words=rating_words(v.get("rating"))),
        "add": lambda _v: _("You added to your report"),
    }  # fmt: skip


def rating_words(rating: Any) -> str:
    return {3: _("Solved"), 2: _("Half solved"), 1: _("Not solved")}.get(rating, "—")


def clock_of(seen: matters.Progress, *, at: datetime) -> Any:
    """Return the clock with one sentence: who should have done what, until when."""
    said = matters.clock_sentence(
        seen.matter, unit=seen.row.party, label=seen.row.state_label, at=at
    )
    return replace(seen.face, sentence=said)


def happenings(*, at: datetime, area_path: str = "") -> list[publishing.OpenRow]:
    """Return what happened lately, of what a moderator has approved; what is withdrawn is gone at once."""
    asked = publishing.OpenFilter(town=area_path, sort="reported")
    return list(publishing.open_list(asked, at=at).rows[:SHOWN])


def figures(*, at: datetime) -> matters.Figures:
    """Return the last days' sums, counted at most every ten minutes."""
    found: matters.Figures | None = cache.get("portal-figures")
    if found is None:
        found = matters.figures(at=at)
        cache.set("portal-figures", found, 10 * MINUTE)
    return found
