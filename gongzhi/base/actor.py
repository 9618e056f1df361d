"""Who is acting, and what each of their postings lets them do, and where."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Grant:
    """One posting: its capabilities, valid inside one area and one unit."""

    capabilities: frozenset[str]
    area: str = ""  # path prefix: "" is everywhere, "441900/004/" one town
    unit: int | None = None  # id of a unit, whose sub-units are included; None: every unit
    role: str = ""  # code of the role the capabilities come from
    home: int | None = None  # id of the unit the person works in: whose inbox it is


@dataclass(frozen=True)
class Actor:
    id: int
    name: str
    grants: tuple[Grant, ...] = ()
    on_behalf_of: int | None = None  # the person a substitute stands in for
    address: str = field(default="", compare=False)  # network address, for the trail

    def grants_for(self, capability: str) -> list[Grant]:
        return [grant for grant in self.grants if capability in grant.capabilities]

    def can(self, capability: str) -> bool:
        return bool(self.grants_for(capability))

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset().union(*(grant.capabilities for grant in self.grants))


def system(name: str, *capabilities: str) -> Actor:
    """Return a named system actor (job, import, reaction) that holds capabilities everywhere."""
    return Actor(id=0, name=name, grants=(Grant(frozenset(capabilities)),))


ANONYMOUS = Actor(id=0, name="")
