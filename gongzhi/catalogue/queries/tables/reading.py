"""XLSX and CSV files as tables of clean cells by the titles of their columns."""

from dataclasses import dataclass
from typing import Final

from gongzhi.base.tables.cells import plain, unguarded
from gongzhi.base.tables.reading import MB
from gongzhi.base.tables.sheets import Limits, Sheet, sheets_of

LARGEST_FILE: Final = 20 * MB
LIMITS: Final = Limits(rows=50_000, size=LARGEST_FILE, unpacked=200 * MB)
LONGEST_CELL: Final = 20_000
_TRUTH: Final = {"TRUE": "是", "FALSE": "否"}  # as spreadsheets keep a box that is ticked or not


@dataclass(frozen=True)
class Table:
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]  # (row as the user counts it, cell by column)


def read_tables(name: str, content: bytes) -> list[Table]:
    """Read every sheet of the file; Invalid in a sentence when it is no readable table."""
    return [_table(sheet) for sheet in sheets_of(content, limits=LIMITS, name=name)]


def _table(sheet: Sheet) -> Table:
    rows = [
        (number, dict(zip(sheet.header, map(_cell, row), strict=False)))
        for number, row in sheet.rows
    ]
    return Table(sheet.name, sheet.header, tuple(rows))


def _cell(text: str) -> str:
    """Clean a cell: what our own export guarded against formulas is taken back; a formula stays text."""
    text = plain(text[:LONGEST_CELL])
    return unguarded(_TRUTH.get(text, text))
