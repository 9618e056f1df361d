"""A small city of squares, and tables to import into it."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import shapely
from django.core.files.uploadedfile import SimpleUploadedFile

from gongzhi.base.actor import Actor
from gongzhi.base.tests import builders
from gongzhi.places import actions
from gongzhi.places.capabilities import Can
from gongzhi.places.models import Import

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
OPENED = date(2020, 1, 1)
WEST, SOUTH, SIDE = 113.70, 23.00, 0.02
CITY = "441900"


def an_actor(*capabilities: str, area: str = "") -> Actor:
    chosen = capabilities or (Can.VIEW, Can.MANAGE)
    return builders.an_actor(*chosen, area=area, id=7, name="陈立")


def a_square(column: int, row: int, *, columns: int = 1, rows: int = 1) -> shapely.Polygon:
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return shapely.box(west, south, west + columns * SIDE, south + rows * SIDE)


def a_city(*, size: int = 3) -> None:
    """One town with a square of grids: 44190000401 … from the south-west, row by row."""
    whole = a_square(0, 0, columns=size, rows=size)
    rows = [
        actions.AreaInput(CITY, "东莞", outline=whole),
        actions.AreaInput("441900004", "南城街道", CITY, whole),
        *(
            actions.AreaInput(f"441900004{n + 1:02d}", f"{n + 1:02d}网格", "441900004", square)
            for n, square in enumerate(a_square(n % size, n // size) for n in range(size * size))
        ),
    ]
    actions.load_areas(rows=rows, valid_from=OPENED, actor=an_actor(), at=MONDAY)


def a_csv(header: Sequence[str], *rows: Sequence[object], encoding: str = "utf-8") -> bytes:
    page = io.StringIO()
    csv.writer(page).writerows([header, *rows])
    return page.getvalue().encode(encoding)


PREMISES = ("code", "kind", "name", "address", "lon", "lat")


def a_shop(
    code: str = "S1", *, lon: object = 113.71, lat: object = 23.01, name: str = "和顺百货商店"
) -> tuple[object, ...]:
    return (code, "三小场所", name, "南城街道胜和路15号", lon, lat)


def an_import(
    content: bytes, *, subject: str = "premises", name: str = "t.csv", system: str = "WGS-84",
    valid_from: date = DAY, actor: Actor | None = None,
) -> Import:  # fmt: skip
    return actions.receive_import(
        subject=subject, upload=SimpleUploadedFile(name, content), system=system,
        valid_from=valid_from, actor=actor or an_actor(), at=MONDAY,
    )  # fmt: skip


def written(row: Import) -> Import:
    actions.confirm_import(import_id=row.pk, actor=an_actor(), at=MONDAY)
    actions.write_import(import_id=row.pk, at=MONDAY)
    row.refresh_from_db()
    return row


def flaws(row: Import) -> list[tuple[int, str]]:
    return [(problem["line"], problem["flaw"]) for problem in row.problems]
