"""A state machine that is declared as a table and asked a few questions."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused


@dataclass(frozen=True)
class Move:
    """One row of a lifecycle table. An empty target means: the state stays what it is."""

    name: str
    sources: Set[str]
    target: str
    capability: str
    label: Any = ""  # short verb on the button (lazy translation)
    reason: bool = False  # the move needs a written reason
    says: Any = ""  # what will happen, in one sentence (lazy translation)


class Lifecycle:
    def __init__(self, *moves: Move, labels: dict[str, Any] | None = None) -> None:
        self.moves = moves
        self.labels = labels or {}
        self._by_name = {move.name: move for move in moves}
        if len(self._by_name) != len(moves):
            raise ValueError("two moves share a name")

    def __getitem__(self, name: str) -> Move:
        try:
            return self._by_name[name]
        except KeyError:
            raise Refused(_("There is no such move: {name}.").format(name=name)) from None

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def moves_from(self, state: str) -> list[Move]:
        return [move for move in self.moves if state in move.sources]

    def target(self, name: str, *, source: str) -> str:
        """Return the state the move leads to; Refused when it is not open from the source."""
        move = self[name]
        if source not in move.sources:
            raise Refused(
                _("“{move}” is not possible while the matter is “{state}”.").format(
                    move=move.label or name, state=self.labels.get(source, source)
                )
            )
        return move.target or source

    def as_mermaid(self) -> str:
        """Draw the table; docs/ keeps the drawing and a test keeps it fresh."""
        edges = [
            f"    {source} --> {move.target or source}: {move.name}"
            for move in self.moves
            for source in sorted(move.sources)
        ]
        return "\n".join(["stateDiagram-v2", *edges])
