"""Check-lists as a workbook that the import reads again."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from gongzhi.base.tables.writing import workbook
from gongzhi.patrol.queries.lists import ListRow

LIST_COLUMNS: Final = ("code", "group", "name", "kind", "classes", "grades", "source")
LINE_COLUMNS: Final = ("list", "n", "item", "text", "how", "standard", "self_fix", "revisit_days")


def lists_workbook(rows: Iterable[ListRow]) -> bytes:
    held = list(rows)
    return workbook(
        [("lists", LIST_COLUMNS, _list_cells(held)), ("lines", LINE_COLUMNS, _line_cells(held))]
    )


def _list_cells(rows: Iterable[ListRow]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.code, row.group, row.name, row.kind_code, "、".join(row.classes),
            "、".join(row.grade_letters), row.source,
        ]  # fmt: skip


def _line_cells(rows: Iterable[ListRow]) -> Iterator[list[Any]]:
    for row in rows:
        for line in row.lines:
            yield [
                row.code, line.n, line.item_code, line.text, line.how, line.own_standard,
                "yes" if line.self_fix else "no", line.revisit_days,
            ]  # fmt: skip
