"""One content, three files; rules without a database."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document

from gongzhi.base.errors import Refused
from gongzhi.papers import queries as papers
from gongzhi.papers.queries import Heading, Paper, Paragraph, Table

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def a_paper() -> Paper:
    table = Table(
        title="镇街得分: 十月", headings=["位次", "镇街", "得分"], rows=[["1", "南城街道", "98.12"], ["2", "=1+1", "—"]],
        figures=frozenset({0, 2}), widths=[1, 3, 1], note="满分 100 分。",
    )  # fmt: skip
    return Paper(
        title="十月考核通报", issuer="市指挥中心", number="通报〔2026〕10号", subtitle="2026年10月",
        blocks=[Heading("一、总体情况"), Paragraph("按期处置率 93.2%。"), table], signed="市指挥中心", day="2026年11月23日",
        foot="数据截至 2026-11-23 09:00",
    )  # fmt: skip


def test_the_same_paper_gives_the_same_pdf_and_needs_no_font_of_the_machine():
    first, again = papers.pdf_of(a_paper(), at=AT), papers.pdf_of(a_paper(), at=AT)

    assert first.startswith(b"%PDF-")
    assert first == again
    assert b"NotoSerifSC" in first
    assert b"NotoSansSC" in first


def test_a_paper_is_not_printed_with_empty_boxes_when_the_fonts_are_missing(settings, tmp_path):
    settings.PAPER_FONTS = [tmp_path]
    papers._fonts.cache_clear()

    with pytest.raises(Refused, match="字体"):
        papers.pdf_of(a_paper(), at=AT)
    papers._fonts.cache_clear()


def test_word_says_what_the_pdf_says():
    document = Document(io.BytesIO(papers.docx(a_paper())))

    said = [line.text for line in document.paragraphs]
    assert said[:3] == ["市指挥中心", "通报〔2026〕10号", "十月考核通报"]
    assert "按期处置率 93.2%。" in said
    assert "2026年11月23日" in said
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["位次", "镇街", "得分"], ["1", "南城街道", "98.12"], ["2", "=1+1", "—"]]


def test_excel_has_a_sheet_a_table_with_figures_as_numbers_and_no_formula():
    book = zipfile.ZipFile(io.BytesIO(papers.xlsx(a_paper())))

    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert 'name="1 镇街得分' in book.read("xl/workbook.xml").decode()
    assert "<v>98.12</v>" in sheet
    assert "<t>=1+1</t>" in sheet
    assert "<f>" not in sheet


def test_a_table_without_rows_says_so():
    paper = Paper(title="通报", blocks=[Table("得分", ["镇街"], [], empty="本期无数据")])

    assert papers.pdf_of(paper, at=AT).startswith(b"%PDF-")
    assert "本期无数据" in [
        line.text for line in Document(io.BytesIO(papers.docx(paper))).paragraphs
    ]
