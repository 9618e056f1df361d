"""
Reads premises a chunk of rows at a time, column by column: what holds for a whole column is asked once,
and single rows are looked at only where the column has something wrong.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gongzhi.base.tables.cells import unguarded
from gongzhi.base.tables.reading import UnreadableFile, columns_of
from gongzhi.places.rules.coordinates import Bounds, Floats, flaw_in, to_wgs84_many
from gongzhi.places.rules.personal import personal_columns, personal_number_in
from gongzhi.places.rules.problems import Problem

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("编码", "代码", "编号"),
    "kind": ("类型", "类别"),
    "name": ("名称",),
    "address": ("地址", "详细地址"),
    "lon": ("经度", "longitude", "lng", "x"),
    "lat": ("纬度", "latitude", "y"),
    "area_code": ("区域编码", "网格编码", "grid_code"),
    "status": ("状态",),
    "grade": ("等级", "级别"),
    "parent_code": ("上级编码", "所属编码", "所属建筑"),
}
NEEDED: Final = ("code", "kind", "name")
LONGEST: Final = {"code": 40, "parent_code": 40, "name": 120, "address": 240}
CODE: Final = re.compile(r"[0-9A-Za-z_\-]{1,40}")
KINDS: Final = {
    "address": 1, "地址": 1, "标准地址": 1,
    "building": 2, "建筑": 2, "建筑物": 2, "楼栋": 2,
    "rental_building": 3, "出租屋": 3, "出租楼": 3,
    "small_premises": 4, "三小场所": 4,
    "organisation": 5, "organization": 5, "单位": 5, "机构": 5, "组织机构": 5, "企业": 5,
    "facility": 6, "部件": 6, "公共设施": 6, "设施": 6,
}  # fmt: skip
STATUSES: Final = {
    "": 1, "in_use": 1, "在用": 1, "正常": 1,
    "vacant": 2, "空置": 2,
    "closed": 3, "停用": 3, "关闭": 3, "注销": 3, "停业": 3,
}  # fmt: skip
_SPACES: Final = {0x3000: " ", 0xA0: " "}
GRADES: Final = {"": 0, "a": 1, "b": 2, "c": 3, "d": 4}


@dataclass
class Chunk:
    """Rows by column; `bad` marks those that stay out."""

    lines: list[int]
    texts: dict[str, list[str]]
    kinds: list[Any]
    statuses: list[Any]
    grades: list[Any]
    sent_lons: Floats
    sent_lats: Floats
    lons: Floats
    lats: Floats
    details: list[str] | None
    bad: NDArray[np.bool_]
    stated: frozenset[str]  # the columns the file has
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, n: int, flaw: str, **values: Any) -> None:
        self.bad[n] = True
        self.note(n, flaw, grave=True, **values)

    def note(self, n: int, flaw: str, *, grave: bool = False, **values: Any) -> None:
        code = self.texts["code"][n][:40]
        self.problems.append(Problem(self.lines[n], code, flaw, values, is_grave=grave))


class Reader:
    """Turns chunks of cells into columns; remembers the codes it has seen."""

    def __init__(self, header: Sequence[str], system: str, city: Bounds | None) -> None:
        if personal := personal_columns(header):
            raise UnreadableFile("personal_columns", columns=", ".join(personal))
        self.places = columns_of(header, COLUMNS)
        if missing := [column for column in NEEDED if column not in self.places]:
            raise UnreadableFile(
                "missing_columns", missing=", ".join(missing), found=", ".join(header)
            )
        taken = set(self.places.values())
        self.extras = [(name, n) for n, name in enumerate(header) if n not in taken and name]
        self.width, self.system, self.city = len(header), system, city
        self.seen: dict[str, int] = {}

    def read(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> Chunk:
        cells: list[Sequence[str]] = list(rows)
        odd = [n for n, row in enumerate(cells) if len(row) != self.width]
        counts = {n: len(cells[n]) for n in odd}
        for n in odd:
            cells[n] = [*cells[n], *[""] * self.width][: self.width]
        chunk = self._columns(list(zip(*cells, strict=True)), list(lines))
        for n in odd:
            if counts[n] < self.width or any(c.strip() for c in rows[n][self.width :]):
                flaw = "too_few_cells" if counts[n] < self.width else "too_many_cells"
                chunk.refuse(n, flaw, count=counts[n], expected=self.width)
        self._check(chunk)
        return chunk

    def _columns(self, columns: list[tuple[str, ...]], lines: list[int]) -> Chunk:
        texts = {
            column: [cell.strip() for cell in columns[self.places[column]]]
            if column in self.places
            else [""] * len(lines)
            for column in COLUMNS
        }
        for column in ("name", "address"):
            if not "".join(texts[column]).isprintable():
                texts[column] = _plain_spaces(texts[column])
            if any(text.startswith("'") for text in texts[column]):
                texts[column] = [unguarded(text) for text in texts[column]]
        lons, lats = _numbers(texts["lon"]), _numbers(texts["lat"])
        return Chunk(
            lines, texts,
            [KINDS.get(text.lower()) for text in texts["kind"]],
            [STATUSES.get(text.lower()) for text in texts["status"]],
            [GRADES.get(text.lower()) for text in texts["grade"]],
            lons, lats, *_converted(lons, lats, self.system),
            self._details(columns), np.zeros(len(lines), dtype=np.bool_),
            frozenset(self.places) | ({"details"} if self.extras else frozenset()),
        )  # fmt: skip

    def _details(self, columns: list[tuple[str, ...]]) -> list[str] | None:
        if not self.extras:
            return None
        names = [name for name, _n in self.extras]
        cells = zip(*(columns[n] for _name, n in self.extras), strict=True)
        return [
            json.dumps(
                {a: unguarded(b) for a, b in zip(names, row, strict=True) if b}, ensure_ascii=False
            )
            for row in cells
        ]

    def _check(self, chunk: Chunk) -> None:
        self._check_codes(chunk)
        self._check_texts(chunk)
        self._check_words(chunk)
        self._check_personal(chunk)
        self._check_points(chunk)

    def _check_codes(self, chunk: Chunk) -> None:
        fits, seen = CODE.fullmatch, self.seen
        for n, (code, line) in enumerate(zip(chunk.texts["code"], chunk.lines, strict=True)):
            if not fits(code):
                chunk.refuse(n, "code_unusable" if code else "code_missing")
            elif (first := seen.setdefault(code, line)) != line:
                chunk.refuse(n, "code_twice", line=first)

    def _check_texts(self, chunk: Chunk) -> None:
        for column, most in LONGEST.items():
            for n in _which(chunk.texts[column], partial(_is_longer, most)):
                chunk.refuse(n, "too_long", column=column, most=most)
        for column in ("name", "address", "parent_code"):
            for n in _which(chunk.texts[column], _has_unprintable):
                chunk.refuse(n, "unprintable")
        for n in (n for n, name in enumerate(chunk.texts["name"]) if not name):
            chunk.refuse(n, "name_missing")
        for n in _which(chunk.details or [], _has_control):
            chunk.refuse(n, "unprintable")

    def _check_words(self, chunk: Chunk) -> None:
        words = (
            ("kind", chunk.kinds),
            ("status", chunk.statuses),
            ("grade", chunk.grades),
        )
        for column, values in words:
            if None in values:
                for n in (n for n, value in enumerate(values) if value is None):
                    word = chunk.texts[column][n][:40]
                    chunk.refuse(n, f"{column}_unknown", **{column: word})

    def _check_personal(self, chunk: Chunk) -> None:
        for texts in (chunk.texts["name"], chunk.texts["address"], chunk.details or []):
            for n in _which(texts, _has_personal):
                chunk.refuse(n, f"personal_{personal_number_in(texts[n])}")

    def _check_points(self, chunk: Chunk) -> None:
        no_lon, no_lat = np.isnan(chunk.lons), np.isnan(chunk.lats)
        for n in np.flatnonzero(no_lon | no_lat).tolist():
            self._check_no_point(chunk, n)
        box = self.city
        if box is None:
            suspect = np.flatnonzero(~no_lon & ~no_lat)
        else:
            inside = (chunk.lons >= box.west) & (chunk.lons <= box.east)
            inside &= (chunk.lats >= box.south) & (chunk.lats <= box.north)
            suspect = np.flatnonzero(~inside & ~no_lon & ~no_lat)
        for n in suspect.tolist():
            lon, lat = float(chunk.sent_lons[n]), float(chunk.sent_lats[n])
            if flaw := flaw_in(float(chunk.lons[n]), float(chunk.lats[n]), box):
                chunk.refuse(n, flaw, lon=lon, lat=lat)

    def _check_no_point(self, chunk: Chunk, n: int) -> None:
        lon, lat = chunk.texts["lon"][n], chunk.texts["lat"][n]
        if lon and lat:
            chunk.refuse(n, "not_a_number")
        elif lon or lat:
            chunk.refuse(n, "half_a_point")
        elif not chunk.texts["area_code"][n]:
            chunk.refuse(n, "point_missing")


def _plain_spaces(texts: list[str]) -> list[str]:
    """Turn full-width and no-break spaces, frequent in Chinese tables, into plain ones."""
    return [text.translate(_SPACES).strip() for text in texts]


def _which(texts: list[str], is_any: Callable[[list[str]], bool]) -> list[int]:
    """Return the texts for which the question is true; it is asked about all of them first, which is fast."""
    return [n for n, text in enumerate(texts) if is_any([text])] if is_any(texts) else []


def _is_longer(most: int, texts: list[str]) -> bool:
    return max(map(len, texts), default=0) > most


def _has_unprintable(texts: list[str]) -> bool:
    return not "".join(texts).isprintable()


def _has_control(details: list[str]) -> bool:
    return any("\\u00" in text for text in details)


def _has_personal(texts: list[str]) -> bool:
    return personal_number_in("\n".join(texts)) != ""


def _numbers(texts: list[str]) -> Floats:
    """Return the texts as numbers, NaN where there is none."""
    try:
        numbers = np.array([text or "nan" for text in texts], dtype=np.float64)
    except ValueError:
        numbers = np.array([_number(text) for text in texts], dtype=np.float64)
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _converted(lons: Floats, lats: Floats, system: str) -> tuple[Floats, Floats]:
    """Convert what may be degrees; the rest stays as it is and is reported."""
    usable = (np.abs(lons) <= 180) & (np.abs(lats) <= 90)
    out = lons.copy(), lats.copy()
    out[0][usable], out[1][usable] = to_wgs84_many(lons[usable], lats[usable], system)
    return out


def copy_text(columns: Iterable[Sequence[Any]]) -> bytes:
    """Write columns as COPY's text format. Texts hold no control characters, only backslashes need care."""
    lines = "\n".join(["\t".join(row) for row in zip(*map(_cells, columns), strict=True)])
    return (lines + "\n").encode() if lines else b""


def _cells(column: Sequence[Any]) -> list[str]:
    texts = [
        "\\N" if cell is None else cell if isinstance(cell, str) else repr(cell) for cell in column
    ]
    if "\\" in "".join(texts).replace("\\N", ""):
        return [
            t if c is None else t.replace("\\", "\\\\") for t, c in zip(texts, column, strict=True)
        ]
    return texts
