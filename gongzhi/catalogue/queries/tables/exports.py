"""The whole catalogue as one workbook or as CSV tables; what is exported imports again unchanged."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from gongzhi.base.tables.writing import csv_bytes, workbook
from gongzhi.catalogue.queries.items import items_in_force
from gongzhi.catalogue.queries.responsibility import matrix_rows, no_report_rows
from gongzhi.catalogue.queries.rows import ItemRow
from gongzhi.catalogue.queries.tables.layouts import (
    ITEMS,
    LAYOUTS,
    NO_REPORT,
    QUESTIONS,
    RESPONSIBILITIES,
    STANDARDS,
    Column,
    word_for,
)


def catalogue_workbook(*, on: date) -> bytes:
    """Return an XLSX workbook with one sheet a table."""
    return workbook(_tables(on))


def catalogue_csv(*, on: date) -> bytes:
    """Return a ZIP with one CSV a table (UTF-8 with BOM, for spreadsheet programs)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for title, header, lines in _tables(on):
            archive.writestr(f"{title}.csv", csv_bytes(header, lines))
    return stream.getvalue()


def items_csv(rows: Iterable[ItemRow]) -> bytes:
    """Return a list of items, as filtered on the page, as one CSV."""
    return csv_bytes(_header(ITEMS), (_line(ITEMS, vars(row)) for row in rows))


def _tables(on: date) -> list[tuple[str, list[str], list[list[str]]]]:
    items = sorted(items_in_force(on), key=lambda row: row.code)
    standards = [
        {"code": row.code, "order": s.number, "limit": s.limit_words, **vars(s)}
        for row in items
        for s in row.standards
    ]
    questions = [
        {"code": row.code, "order": q.number, **vars(q)} for row in items for q in row.questions
    ]
    contents: dict[str, list[dict[str, Any]]] = {
        ITEMS: [vars(row) for row in items],
        STANDARDS: standards,
        QUESTIONS: questions,
        RESPONSIBILITIES: [vars(row) for row in matrix_rows(on=on)],
        NO_REPORT: [vars(row) for row in no_report_rows()],
    }
    return [
        (title, _header(title), [_line(title, values) for values in rows])
        for title, rows in contents.items()
    ]


def _header(layout: str) -> list[str]:
    return [column.title for column in LAYOUTS[layout]]


def _line(layout: str, values: dict[str, Any]) -> list[str]:
    return [_cell(column, values[column.field]) for column in LAYOUTS[layout]]


def _cell(column: Column, value: Any) -> str:
    if column.words is not None:
        return word_for(column.words, value)
    if isinstance(value, tuple):
        return "、".join(value)
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
