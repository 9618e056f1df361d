"""Whether a file is whole: what must be in it for the way the dispute went, and what is there."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    MUST = "must"
    AS_NEEDED = "as_needed"


@dataclass(frozen=True)
class Place:
    """One line of the contents, as the table of the file says."""

    code: str
    number: int
    name: str
    papers: tuple[str, ...]
    needs: str  # must, as_needed, or the circumstance in which it must be there
    source: str


@dataclass(frozen=True)
class Standing:
    place: Place
    need: Need
    is_there: bool
    why: str = ""  # what is missing of it, a code for the page

    @property
    def is_missing(self) -> bool:
        return self.need == Need.MUST and not self.is_there


def standings(
    places: Sequence[Place],
    *,
    circumstances: AbstractSet[str],
    there: AbstractSet[str],
    why: Mapping[str, str],
) -> list[Standing]:
    """
    Return each line with whether it must be there and whether it is.

    `circumstances` are the words of the table that hold for this dispute (written, oral, ended,
    represented …); a line that names one of them must be there then, and is left out otherwise.
    """
    found = []
    for place in places:
        is_must = place.needs == "must" or place.needs in circumstances
        need = Need.MUST if is_must else Need.AS_NEEDED
        is_there = place.code in there
        if is_must or is_there or place.needs == "as_needed":
            found.append(Standing(place, need, is_there, "" if is_there else why.get(place.code, "")))  # fmt: skip
    return found


def missing(found: Sequence[Standing]) -> list[Standing]:
    return [one for one in found if one.is_missing]
