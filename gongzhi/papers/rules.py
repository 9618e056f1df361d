"""What a paper consists of. Plain values: whoever fills them need not know how they are printed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_flush: bool = False  # whom a letter is to stands at the edge


@dataclass(frozen=True)
class Table:
    """
    A table with a title. Columns named in `figures` (by position) are set to the right.

    `widths` are shares of the text's width, one a column; without them all columns are as wide as
    what stands in them.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: frozenset[int] = frozenset()
    widths: Sequence[float] = ()
    note: str = ""
    empty: str = ""  # what stands there when no row does


@dataclass(frozen=True)
class Form:
    """A form with a frame: each row has one or two pairs of a label and what stands beside it."""

    rows: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Hand:
    """Who signs, and what is there of it: a drawn path (600 × 200), a remark, a day; empty: a line to sign on."""

    label: str
    drawing: str = ""
    remark: str = ""
    day: str = ""


@dataclass(frozen=True)
class Signing:
    hands: Sequence[Hand]
    note: str = ""  # how they sign, said once


Block: TypeAlias = Heading | Paragraph | Table | Form | Signing


@dataclass(frozen=True)
class Mark:
    """A word in a frame above the title that must be seen at once; its tone is yellow or red."""

    words: str
    tone: str


@dataclass(frozen=True)
class Paper:
    title: str
    blocks: Sequence[Block]
    issuer: str = ""
    number: str = ""
    subtitle: str = ""
    signed: str = ""  # who stands for it
    day: str = ""  # in words, as it is printed
    mark: Mark | None = None
    seal: str = ""  # a word on the place for the seal; empty: the paper bears none
    after: Sequence[Block] = ()  # below the signature, for whoever receives it
    foot: str = ""  # of every page: what the figures are counted from


def as_values(paper: Paper) -> dict[str, Any]:
    """Return the paper as what JSON can hold; each block says its nature."""
    return vars(paper) | {
        "mark": asdict(paper.mark) if paper.mark else None,
        "blocks": [*map(_block, paper.blocks)],
        "after": [*map(_block, paper.after)],
    }


def _block(block: Block) -> dict[str, Any]:
    return {"nature": type(block).__name__.lower(), **_plain(block)}


def _plain(block: Block) -> Mapping[str, Any]:
    values = asdict(block)
    if isinstance(block, Table):
        values["figures"] = sorted(block.figures)
        values["widths"] = list(block.widths)
    return values
