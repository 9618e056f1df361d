"""Papers as Word documents that an office may go on writing in."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from gongzhi.papers.rules import Block, Form, Heading, Paper, Signing, Table

# Word names fonts, it does not carry them: these two are on every Chinese Windows and in WPS.
BODY, SANS = "仿宋", "黑体"
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def docx(paper: Paper) -> bytes:
    """Write the paper as a Word document that its office may go on writing in."""
    document = Document()
    _page(document, paper)
    _head(document, paper)
    for block in paper.blocks:
        _write(document, block)
    for words in (paper.signed, paper.day, paper.seal and f"（{paper.seal}）"):
        if words:
            _line(document, words, size=14, place=RIGHT)
    for block in paper.after:
        _write(document, block)
    page = io.BytesIO()
    document.save(page)
    return page.getvalue()


def _head(document: Any, paper: Paper) -> None:
    if paper.issuer:
        _line(document, paper.issuer, size=22, font=SANS, bold=True)
    if paper.number:
        _line(document, paper.number, size=11)
    if paper.mark:
        _line(document, f"【{paper.mark.words}】", size=14, font=SANS, bold=True, place=RIGHT)
    _line(document, paper.title, size=18, font=SANS, bold=True)
    if paper.subtitle:
        _line(document, paper.subtitle, size=10.5)


def _page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.8)
    section.left_margin, section.right_margin = Cm(2.6), Cm(2.4)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.issuer or paper.signed
    style = document.styles["Normal"]
    style.font.size = Pt(14)
    _set_font(style, BODY)
    if paper.foot:
        foot = section.footer.paragraphs[0]
        _run(foot, paper.foot, size=8.5, font=SANS)


def _set_font(styled: Any, name: str) -> None:
    styled.font.name = name
    # Word asks for the font of Chinese signs apart from that of Latin ones.
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _run(line: Any, words: str, *, size: float, font: str = BODY, bold: bool = False) -> None:
    run = line.add_run(words)
    run.bold = bold
    run.font.size = Pt(size)
    _set_font(run, font)


def _line(
    document: Any, words: str, *, size: float, font: str = BODY, bold: bool = False,
    place: Any = WD_ALIGN_PARAGRAPH.CENTER,
) -> None:  # fmt: skip
    line = document.add_paragraph()
    line.alignment = place
    line.paragraph_format.space_after = Pt(4)
    _run(line, words, size=size, font=font, bold=bold)


def _write(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        _write_table(document, block)
        return
    if isinstance(block, Form):
        _write_form(document, block)
        return
    if isinstance(block, Signing):
        if block.note:
            _line(document, f"（{block.note}）", size=10, place=WD_ALIGN_PARAGRAPH.LEFT)
        for hand in block.hands:
            words = f"{hand.label}：{hand.remark or '＿＿＿＿＿＿＿＿'}　{hand.day or '　　年　　月　　日'}"
            _line(document, words, size=12, place=WD_ALIGN_PARAGRAPH.LEFT)
        return
    line = document.add_paragraph()
    if isinstance(block, Heading):
        line.paragraph_format.keep_with_next = True
        _run(line, block.text, size=15, font=SANS, bold=True)
        return
    line.paragraph_format.first_line_indent = Pt(0 if block.is_flush else 28)
    line.paragraph_format.line_spacing = 1.5
    _run(line, block.text, size=14)


def _write_table(document: Any, block: Table) -> None:
    _line(document, block.title, size=11, font=SANS, bold=True, place=WD_ALIGN_PARAGRAPH.LEFT)
    if not block.rows:
        _line(document, block.empty, size=10, place=WD_ALIGN_PARAGRAPH.LEFT)
        return
    drawn = document.add_table(rows=1, cols=len(block.headings))
    drawn.style = "Table Grid"
    _fill(drawn.rows[0], block.headings, block.figures, bold=True)
    for row in block.rows:
        _fill(drawn.add_row(), row, block.figures)
    if block.note:
        _line(document, block.note, size=9, place=WD_ALIGN_PARAGRAPH.LEFT)


def _write_form(document: Any, block: Form) -> None:
    drawn = document.add_table(rows=0, cols=4)
    drawn.style = "Table Grid"
    for pairs in block.rows:
        cells = drawn.add_row().cells
        if len(pairs) == 1:
            cells[1].merge(cells[3])
        for place, (label, words) in enumerate(pairs[:2]):
            _run(cells[place * 2].paragraphs[0], label, size=10.5, font=SANS)
            _run(cells[place * 2 + 1].paragraphs[0], words, size=10.5)
    document.add_paragraph()


def _fill(row: Any, cells: Any, figures: frozenset[int], *, bold: bool = False) -> None:
    for column, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
        line = cell.paragraphs[0]
        if column in figures:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(line, words, size=9, font=SANS, bold=bold)
