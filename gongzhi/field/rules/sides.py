"""Two people changed one thing: what merges, and what somebody has to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sides:
    """What can be written, and where both sides changed the same field."""

    takes: dict[str, str] = field(default_factory=dict)
    yours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def is_conflict(self) -> bool:
        return bool(self.yours)


def merged(changes: Mapping[str, tuple[str, str]], now: Mapping[str, str]) -> Sides:
    """
    Set the officer's changes, field → (from, to), against what stands there now.

    A field that still says what the officer saw takes the change; so does one that already says the same.
    """
    sides = Sides()
    for name, (seen, wanted) in changes.items():
        stands = now.get(name, "")
        if stands == wanted:
            continue
        if stands == seen:
            sides.takes[name] = wanted
        else:
            sides.yours[name], sides.theirs[name] = wanted, stands
    return sides
