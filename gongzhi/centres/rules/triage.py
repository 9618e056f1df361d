"""What kind of dispute a story sounds like, and what in it is no matter for mediation. A person decides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    word: str
    kind: str
    weight: int


@dataclass(frozen=True)
class Suggestion:
    """A kind, and the words of the story that speak for it."""

    kind: str
    weight: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Unfit:
    """A subject that has its own lawful route."""

    code: str
    words: tuple[str, ...]
    route: str
    where: str
    phone: str
    is_urgent: bool
    source: str


@dataclass(frozen=True)
class Warning:
    """What was found in a story, and the route that goes with it."""

    subject: Unfit
    found: tuple[str, ...]


def suggested(story: str, words: Iterable[Word], *, most: int = 3) -> list[Suggestion]:
    """
    Return the kinds the story speaks of, strongest first.

    A word counts once, however often it stands there. A kind of the second level carries what its
    parent is known by: "labour.wages" is also labour.
    """
    found: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        if word.word in story:
            found[word.kind].append(word)
    weighed = [
        Suggestion(kind, _weight(kind, found), tuple(hit.word for hit in _hits(kind, found)))
        for kind in found
    ]
    return sorted(weighed, key=lambda one: (-one.weight, -len(one.kind), one.kind))[:most]


def _hits(kind: str, found: dict[str, list[Word]]) -> list[Word]:
    parent = kind.partition(".")[0]
    return found[kind] + (found.get(parent, []) if parent != kind else [])


def _weight(kind: str, found: dict[str, list[Word]]) -> int:
    return sum(hit.weight for hit in _hits(kind, found))


def unfit_words(story: str, subjects: Sequence[Unfit]) -> list[Warning]:
    """Return the subjects a story touches that have their own route; danger first."""
    warned = [
        Warning(subject, hits)
        for subject in subjects
        if (hits := tuple(word for word in subject.words if word in story))
    ]
    return sorted(warned, key=lambda one: not one.subject.is_urgent)
