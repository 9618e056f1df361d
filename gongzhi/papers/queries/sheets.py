"""Papers as Excel workbooks."""

from typing import Any

from gongzhi.base.tables.writing import workbook
from gongzhi.papers.rules import Heading, Paper, Paragraph, Table


def xlsx(paper: Paper) -> bytes:
    """Write the words of the paper on a first sheet and each of its tables on one of its own."""
    words = [
        [paper.subtitle],
        *([b.text] for b in paper.blocks if isinstance(b, Heading | Paragraph)),
        [paper.foot],
    ]
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return workbook([
        (paper.number or paper.title, [paper.title], words),
        *((_sheet(number, table), table.headings, _cells(table)) for number, table in enumerate(tables, 1)),
    ])  # fmt: skip


def _sheet(number: int, table: Table) -> str:
    """Name a sheet as spreadsheets allow it: without these signs, and never twice."""
    kept = "".join(" " if sign in "[]:*?/\\'" else sign for sign in table.title)
    return f"{number} {kept}"[:31]


def _cells(table: Table) -> list[list[Any]]:
    return [
        [_number(cell) if column in table.figures else cell for column, cell in enumerate(row)]
        for row in table.rows
    ]


def _number(cell: str) -> float | str:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell
