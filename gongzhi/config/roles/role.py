"""What a role is, and what every role may do."""

from dataclasses import dataclass
from typing import Any

from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.places.capabilities import Can as Places


@dataclass(frozen=True)
class Role:
    name: Any
    capabilities: frozenset[str]
    second_factor: bool = False
    bound_to_unit: bool = False  # sees only matters its unit has a part in, not its whole area


EVERY_ROLE: frozenset[str] = frozenset({Places.VIEW, Catalogue.VIEW, Clocks.VIEW})

IN_MATTERS: frozenset[str] = frozenset({Matters.VIEW, Matters.NOTE})
