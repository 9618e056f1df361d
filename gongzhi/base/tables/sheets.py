"""Small tables held whole, for forms that check every row; a file that is none is told in a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.errors import Invalid
from gongzhi.base.tables.cells import plain, unguarded
from gongzhi.base.tables.reading import MB, UnreadableFile, read_tables

SENTENCES: dict[str, Any] = {
    "empty_file": gettext_lazy("The file is empty."),
    "file_too_large": gettext_lazy("The file is larger than {most} MB."),
    "too_many_rows": gettext_lazy("The table has more than {most} rows: send it in parts."),
    "not_a_table": gettext_lazy(
        "This is neither CSV nor XLSX. Save the table as CSV (UTF-8) or XLSX."
    ),
    "unknown_encoding": gettext_lazy(
        "The text is neither UTF-8 nor GB18030. Save the file as CSV UTF-8."
    ),
    "broken_encoding": gettext_lazy(
        "The file began as {encoding} and then held bytes that are not. Save it anew as CSV UTF-8."
    ),
    "broken_table": gettext_lazy("The table cannot be read: {detail}."),
    "broken_workbook": gettext_lazy(
        "The workbook is damaged or protected. Open it, save it as XLSX without a password."
    ),
    "workbook_too_large": gettext_lazy(
        "The workbook unpacks to more than {most} MB. Split it or use CSV."
    ),
    "no_header": gettext_lazy("The first line must hold the names of the columns."),
}


@dataclass(frozen=True)
class Limits:
    rows: int
    size: int  # bytes
    unpacked: int = 256 * MB  # what a workbook may hold inside its zip


@dataclass(frozen=True)
class Line:
    """One row of a table: its number as the sender's program shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]  # without the empty ones

    def lines(self, names: Sequence[str]) -> list[Line]:
        """Return the rows by our names of the columns; columns without a name are left out."""
        return [
            Line(
                n, {name: unguarded(plain(c)) for name, c in zip(names, row, strict=False) if name}
            )
            for n, row in self.rows
        ]


def sheets_of(content: bytes, *, limits: Limits, name: str = "") -> list[Sheet]:
    """Read every sheet that has a heading row; Invalid in a sentence when there is none."""
    return list(_sheets(content, limits, name))


def sheet_of(content: bytes, *, limits: Limits) -> Sheet:
    """Read the first sheet that has a heading row."""
    return next(_sheets(content, limits, ""))


def read_lines(
    content: bytes, columns: Mapping[str, str], *, required: Sequence[str], limits: Limits
) -> list[Line]:
    """
    Read a table by its heading row.

    `columns` maps each heading that may stand there, in any language, to our name of the column.
    """
    sheet = sheet_of(content, limits=limits)
    names = [columns.get(heading.lower(), "") for heading in sheet.header]
    if missing := [column for column in required if column not in names]:
        wanted = [next(h for h, name in columns.items() if name == column) for column in missing]
        raise Invalid(
            {"file": _("These columns are missing: {columns}.").format(columns="、".join(wanted))}
        )
    return sheet.lines(names)


def _sheets(content: bytes, limits: Limits, name: str) -> Iterator[Sheet]:
    if len(content) > limits.size:
        raise _unusable(UnreadableFile("file_too_large", most=limits.size // MB))
    found = False
    try:
        for title, table in read_tables(content, name=name, largest_unpacked=limits.unpacked):
            if table.header:
                found = True
                yield Sheet(title, tuple(table.header), tuple(table.numbered(limits.rows)))
    except UnreadableFile as error:
        raise _unusable(error) from error
    if not found:
        raise _unusable(UnreadableFile("no_header"))


def _unusable(error: UnreadableFile) -> Invalid:
    return Invalid({"file": str(SENTENCES[error.flaw]).format(**error.values)})
