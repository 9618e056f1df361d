"""One content, three files; rules without a database."""

import io
import zipfile
from datetime import UTC, datetime

import pypdfium2
import pytest
from docx import Document
from PIL import Image, ImageDraw

from gongzhi.base.errors import Refused
from gongzhi.papers import queries as papers
from gongzhi.papers.queries import Heading, Paper, Paragraph, Table, printing, scans

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
    printing._fonts.cache_clear()

    with pytest.raises(Refused, match="字体"):
        papers.pdf_of(a_paper(), at=AT)
    printing._fonts.cache_clear()


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


def a_pdf(pages: int) -> bytes:
    blocks = [Paragraph("证据材料，一页约五百字。" * 42) for _page in range(pages)]
    return papers.pdf_of(Paper("证据材料", blocks), at=AT)


def scanned(colour: str) -> bytes:
    """Return a PDF of one scanned page with a seal of this colour."""
    page, out = Image.new("RGB", (1240, 1754), "#f3ead2"), io.BytesIO()
    ImageDraw.Draw(page).ellipse((700, 1200, 1000, 1500), outline=colour, width=8)
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def test_pages_of_foreign_pdfs_are_pictures_sharp_enough_to_read_and_a_broken_one_spoils_itself_only():
    text = a_pdf(3)

    found = papers.pages_of({"text": text, "broken": b"%PDF-1.7 nonsense", "seal": scanned("#c02020"), "old": scanned("#30302a")})  # fmt: skip

    assert [len(found[name]) for name in ("text", "broken", "seal", "old")] == [len(pypdfium2.PdfDocument(text)), 0, 1, 1]  # fmt: skip
    pictures = {name: Image.open(io.BytesIO(found[name][0])) for name in ("text", "seal", "old")}
    assert {name: one.mode for name, one in pictures.items()} == {"text": "L", "seal": "RGB", "old": "L"}  # fmt: skip
    assert all(one.height >= 1700 for one in pictures.values())


def test_a_document_of_more_pages_than_are_bound_is_left_whole_and_pages_keep_their_order(
    monkeypatch,
):
    text = a_pdf(5)
    alone = papers.pages_of({"text": text})["text"]

    monkeypatch.setattr(scans, "LARGE", 0)  # drawn by all cores, page by page in turn

    assert papers.pages_of({"text": text})["text"] == alone
    assert papers.pages_of({"text": text}, most=len(alone) - 1) == {"text": []}


def test_a_bound_paper_that_cannot_be_set_says_why(tmp_path):
    template = tmp_path / "bad.typ"
    template.write_text('#image("missing.jpg")', encoding="utf-8")

    with pytest.raises(RuntimeError, match=r"missing\.jpg"):
        papers.bound_pdf(template, {}, at=AT, files={})
