"""What a resident reads: the way of a matter in plain words, and what goes on in the city."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.clocks import queries as clocks
from gongzhi.matters import queries as matters

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
    now = Step(_now(seen), "now")
    return [*done, now, *(Step(words, "next") for words in _still_to_come(state))]


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


def _now(seen: matters.Progress) -> str:
    words = {
        "to_verify": _("A grid officer is to look on site"),
        "to_register": _("Being accepted"),
        "to_correct": _("Being accepted"),
        "to_dispatch": _("Being sent to the unit responsible"),
        "returned": _("Being sent to the unit responsible"),
        "to_accept": _("Waiting for the unit to take it on"),
        "handling": _("Being handled"),
        "suspended": _("Set aside for now"),
        "to_check": _("A grid officer is to check on site"),
        "to_close": _("Being closed"),
    }
    return words.get(seen.matter.state, seen.row.state_label)


ORDER = ("to_verify", "to_register", "to_dispatch", "handling", "to_check", "rate")
PLACE = {
    "to_correct": "to_register",
    "returned": "to_dispatch",
    "to_accept": "to_dispatch",
    "suspended": "handling",
    "to_close": "to_check",
}


def _still_to_come(state: str) -> Sequence[str]:
    words = {
        "to_register": _("Accepted for handling"),
        "to_dispatch": _("Sent to the unit responsible"),
        "handling": _("The unit handles it"),
        "to_check": _("A grid officer checks on site"),
        "rate": _("You rate it"),
    }
    here = PLACE.get(state, state)
    rest = ORDER[ORDER.index(here) + 1 :] if here in ORDER else ()
    return [words[step] for step in rest]


def clock_of(seen: matters.Progress, *, at: datetime) -> Any:
    """Return the clock with one sentence: who should have done what, until when."""
    return replace(seen.face, sentence=_sentence(seen, at))


def _sentence(seen: matters.Progress, at: datetime) -> str:
    matter = seen.matter
    if not matter.is_open:
        return seen.row.state_label
    unit = seen.row.party or _("The office responsible")
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


def happenings(*, area_path: str = "") -> list[matters.Happening]:
    """Return what happened lately, asked of the register at most once a minute for each area and language."""
    key = f"happenings:{get_language()}:{area_path.replace('/', '-')}"
    found: list[matters.Happening] | None = cache.get(key)
    if found is None:
        found = matters.happenings(area_path=area_path, limit=SHOWN)
        cache.set(key, found, MINUTE)
    return found


def figures(*, at: datetime) -> matters.Figures:
    """Return the last days' sums, counted at most every ten minutes."""
    found: matters.Figures | None = cache.get("portal-figures")
    if found is None:
        found = matters.figures(at=at)
        cache.set("portal-figures", found, 10 * MINUTE)
    return found
