"""Single cells: what a workbook holds as text, and text that must not run as a formula."""

import unicodedata
from datetime import date, datetime, time
from typing import Any, Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: object) -> str:
    """Write a cell as the sender saw it; Excel keeps codes as numbers: 441900004.0."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def plain(text: str) -> str:
    """Return the cell without blanks around it and without control characters, which no column takes."""
    if text.isprintable():
        return text.strip()
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def guarded(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula: an apostrophe marks it as text."""
    return f"'{value}" if isinstance(value, str) and _looks_like_formula(value) else value


def unguarded(text: str) -> str:
    """Undo `guarded`, so that an exported table can be imported again unchanged."""
    return text[1:] if text[:1] == "'" and _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    return text.lstrip("'").startswith(FORMULA_STARTS)
