"""What the rule of an item lets be shown, and when it is put before a moderator."""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.publishing.rules.stages import Stage


class Pace(StrEnum):
    """When a matter comes before a moderator."""

    NEVER = "never"
    ACCEPTED = "accepted"  # once the city said: this is ours to settle
    SETTLED = "settled"


class Place(StrEnum):
    """How exactly the place is shown."""

    NONE = "none"
    VILLAGE = "village"  # homes and premises: the village, its middle on the map
    STREET = "street"  # the street without a house number, the point on a grid of about 100 metres


@dataclass(frozen=True)
class Verdict:
    """What one rule allows, and where that is written."""

    scope: str
    pace: Pace
    text: bool
    place: Place
    photos: bool
    source: str


_REACHED = {
    Pace.NEVER: frozenset[Stage](),
    Pace.ACCEPTED: frozenset(
        {Stage.ACCEPTED, Stage.HANDLING, Stage.PAUSED, Stage.CHECKING, Stage.SETTLED}
    ),
    Pace.SETTLED: frozenset({Stage.SETTLED}),
}


def is_due(pace: Pace, stage: Stage) -> bool:
    """Tell whether a matter at this stage is to be looked at by a moderator."""
    return stage in _REACHED[pace]


def class_of(*, family: str, class_code: str) -> str:
    """Return the name of an item's class across the two families: E01, P02."""
    return f"{family[:1].upper()}{class_code}"[:3]


def scopes_of(*, code: str, class_name: str) -> tuple[str, ...]:
    """Return the scopes whose rules fit an item, the narrowest first: item, class, everything."""
    return (code, class_name, "*")


def strictest(verdict: Verdict, *, publishes_description: bool) -> Verdict:
    """Return the verdict without what the catalogue itself keeps to the office."""
    if publishes_description or not verdict.text:
        return verdict
    return Verdict(
        verdict.scope,
        verdict.pace,
        text=False,
        place=verdict.place,
        photos=verdict.photos,
        source=verdict.source,
    )
