"""Tables people send, in every way they can be wrong."""

import csv
import io
import zipfile

import pytest

from gongzhi.base.errors import Invalid
from gongzhi.base.tables.cells import guarded, unguarded
from gongzhi.base.tables.sheets import Limits, read_lines
from gongzhi.base.tables.writing import csv_lines, xlsx_bytes

LIMITS = Limits(rows=3, size=200_000, unpacked=1024)
COLUMNS = {"code": "code", "编码": "code", "name": "name"}


def read(content: bytes) -> list[dict[str, str]]:
    lines = read_lines(content, COLUMNS, required=["code"], limits=LIMITS)
    return [dict(line.cells) for line in lines]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff编码,name\r\nA,井盖\r\n".encode(),
        "编码,name\nA,井盖".encode("gb18030"),
        b"code,name\rA,\xe4\xba\x95\xe7\x9b\x96\r",  # as old Macs end lines
        "code\tname\nA\t井\x07盖\x1b\n".encode(),  # control characters on the way
    ],
)
def test_tables_are_read_as_programs_write_them(content):
    assert read(content) == [{"code": "A", "name": "井盖"}]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\x00\x01\x02",
        b"wrong,columns\n1,2\n",
        b"PK\x03\x04 not a workbook",
        b"code\n" + b"A\n" * 4,
        b"code\n" + b"A" * 200_000,
        "好".encode("utf-16"),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(content):
    with pytest.raises(Invalid) as told:
        read(content)

    assert told.value.problems["file"].endswith(".") or "。" in told.value.problems["file"]


def test_a_quotation_that_never_ends_is_told_in_a_sentence():
    usual = csv.field_size_limit(1000)
    try:
        with pytest.raises(Invalid):
            read(b'code,name\nA,"' + b"x" * 2000)
    finally:
        csv.field_size_limit(usual)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000)

    with pytest.raises(Invalid):
        read(bomb.getvalue())


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_that_is_taken_away_runs_as_a_formula(cell):
    text = "".join(csv_lines(["a"], [[cell]]))

    assert text.split("\r\n", 1)[1].lstrip('"').startswith("'")
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(["a"], [[cell]], title="a"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "x", "'x", "", "-"])
def test_what_was_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
