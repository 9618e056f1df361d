"""
What a module above contributes to the register: a kind of matter.

A kind is one declaration. From it come the buttons on the page, the API's moves, the drawing in the
docs, the permission check and the test that walks every move from every state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.base.lifecycle import Lifecycle
from gongzhi.matters.lifecycle import OTHER_LINES

if TYPE_CHECKING:
    from gongzhi.clocks.queries import Limit
    from gongzhi.matters.forms import MoveForm
    from gongzhi.matters.models import Matter


@dataclass(frozen=True)
class Term:
    """The time somebody has, and where that is written."""

    limit: "Limit"
    rule: str


@dataclass(frozen=True)
class Owes:
    """Who owes the next move in a state: the role of a unit, and the clock it has for it."""

    role: str
    unit: Callable[["Matter"], int | None]
    term: Callable[["Matter"], "Term"]
    does: Any = ""  # what is owed, a short verb (lazy translation): 核实, 派遣, 处置 …


@dataclass
class Step:
    """A move under way: what the kind's effect reads, and what it may add to."""

    matter: "Matter"
    move: str
    values: dict[str, Any]
    actor: Actor
    at: datetime
    note: str = ""  # what the timeline says
    facts: dict[str, Any] = field(default_factory=dict)  # what the timeline keeps beside the note
    changed: set[str] = field(default_factory=set)  # further columns of the matter to save
    keeps_clock: bool = False  # the stage clock runs on although the state changes
    restarts_clock: bool = False  # somebody else owes the move now although the state stays
    stops: list[str] = field(default_factory=list)  # names of further clocks that end here
    starts: list[Any] = field(default_factory=list)  # further clocks that begin here


class Effect(Protocol):
    def __call__(self, step: Step) -> None: ...


@dataclass(frozen=True)
class Kind:
    code: str
    name: Any
    first: str  # the state a new matter is in
    lifecycle: Lifecycle
    open_states: frozenset[str]
    owes: Mapping[str, Owes]  # by state; a state without a row owes nothing
    roles: Mapping[str, str]  # capability → the owing role that makes its moves
    effects: Mapping[str, Effect]  # by move
    inputs: Mapping[str, type["MoveForm"]]  # by move
    facts: Callable[
        ["Matter"], list[tuple[Any, str]]
    ]  # label and value pairs for the matter's page
    reasons: Mapping[str, Callable[["Matter"], str]] = field(
        default_factory=dict
    )  # by move: why this proposal
    causes: Mapping[str, Callable[["Matter", Actor], bool]] = field(
        default_factory=dict
    )  # by move: whether there is something it could be about; without it the page offers no button
    leading: frozenset[str] = frozenset()  # moves that lead on: their buttons come first
    settled_states: frozenset[str] = frozenset()
    returned_states: frozenset[str] = frozenset()  # somebody sent it back

    def label(self, state: str) -> str:
        return str(self.lifecycle.labels.get(state, state))

    def deed(self, line: str) -> str:
        """Return what a line of the file says was done."""
        if line in self.lifecycle:
            return str(self.lifecycle[line].label)
        return str(OTHER_LINES.get(line, line))

    def has_cause(self, move: str, matter: "Matter", actor: Actor) -> bool:
        """Tell whether there is something a move could be about; most moves need nothing."""
        return move not in self.causes or self.causes[move](matter, actor)

    def tone(self, state: str, *, paused: bool = False) -> str:
        """Return the colour of the state's tag: the same everywhere."""
        if state in self.returned_states:
            return "warn"
        if state in self.open_states:
            return "" if paused else "civic"
        return "ok" if state in self.settled_states else ""


@dataclass(frozen=True)
class Block:
    """What a module above shows on a matter's page: a template, and what it needs."""

    template: str
    values: Mapping[str, Any]


MakeBlock = Callable[["Matter", Actor, datetime], Block | None]
Gate = Callable[["Step"], None]  # raises Refused or Invalid when the move must not be made yet

_kinds: dict[str, Kind] = {}
_blocks: list[MakeBlock] = []
_gates: dict[str, tuple[Gate, ...]] = {}


def install_blocks(blocks: tuple[MakeBlock, ...]) -> None:
    """Set once, at start-up, what modules above add to a matter's page (config/blocks.py)."""
    _blocks[:] = blocks


def blocks_of(matter: "Matter", actor: Actor, at: datetime) -> list[Block]:
    return [block for make in _blocks if (block := make(matter, actor, at)) is not None]


def install_gates(gates: Mapping[str, tuple[Gate, ...]]) -> None:
    """Set once, at start-up, which modules above may hold a move back (config/blocks.py)."""
    _gates.clear()
    _gates.update(gates)


def pass_gates(step: "Step") -> None:
    for gate in _gates.get(step.move, ()):
        gate(step)


def install(kinds: tuple[Kind, ...]) -> None:
    """Set the kinds once, at start-up, from config/kinds.py."""
    _kinds.clear()
    _kinds.update({kind.code: kind for kind in kinds})


def kind_of(code: str) -> Kind:
    try:
        return _kinds[code]
    except KeyError:
        raise Refused(f"Unknown kind of matter: {code}") from None


def all_kinds() -> list[Kind]:
    return list(_kinds.values())
