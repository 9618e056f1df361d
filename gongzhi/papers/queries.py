"""Writes papers: PDF by typst, Word by python-docx, Excel; all three from the same values."""

import io
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image

from gongzhi.base.errors import Refused
from gongzhi.base.tables.writing import workbook
from gongzhi.papers.rules import (
    Block,
    Form,
    Hand,
    Heading,
    Mark,
    Paper,
    Paragraph,
    Signing,
    Table,
    as_values,
)

CONTENT = Path(__file__).parent / "content"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Word names fonts, it does not carry them: these two are on every Chinese Windows and in WPS.
BODY, SANS = "仿宋", "黑体"
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
SCANNED, TOGETHER = 120, 6  # points an inch of a bound page; pages one core draws at a time
FAMILIES = {"Noto Sans SC", "Noto Serif SC"}

__all__ = [
    "DOCX",
    "PDF",
    "XLSX",
    "Block",
    "Form",
    "Hand",
    "Heading",
    "Mark",
    "Paper",
    "Paragraph",
    "Signing",
    "Table",
    "as_values",
    "docx",
    "has_fonts",
    "pdf",
    "pdf_of",
    "pdf_pages",
    "pictures",
    "xlsx",
]  # fmt: skip


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the fonts of the setting and none of the machine: a paper looks alike everywhere."""
    folders = [str(folder) for folder in settings.PAPER_FONTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def has_fonts() -> bool:
    """Tell whether PDF papers can be printed here."""
    return set(_fonts().families()) >= FAMILIES


def pdf(
    template: Path,
    values: Mapping[str, Any],
    *,
    at: datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """
    Write a typst template as PDF/A-3b, the format archives ask for.

    The template reads its values by `json(bytes(sys.inputs.values))` and may use every function of
    the house style (content/house.typ). `at` is when the file says it was made: the same values
    give the same bytes. `files` are pictures the template names, by their names.
    """
    made: bytes = _compiled(
        template,
        values,
        files=files,
        form="pdf",
        timestamp=int(at.timestamp()),
        pdf_standards="a-3b",
    )
    return made


def pdf_pages(content: bytes, *, most: int = 400) -> list[bytes]:
    """
    Return the pages of a PDF as grey JPEG pictures, to be bound into another paper; ValueError when it cannot be read.

    PDF/A takes no foreign PDF inside its pages. Pages are drawn side by side on all cores.
    """
    with TemporaryDirectory() as folder:
        Path(folder, "one.pdf").write_bytes(content)
        pages = range(1, _count(folder, most) + 1)
        parts = [pages[at : at + TOGETHER] for at in range(0, len(pages), TOGETHER)]
        with ThreadPoolExecutor(os.cpu_count() or 1) as cores:
            drawn = list(cores.map(lambda part: _drawn(folder, part), parts))
    return [page for part in drawn for page in part]


def _drawn(folder: str, pages: Sequence[int]) -> list[bytes]:
    source = "#set page(width: auto, height: auto, margin: 0pt)\n" + "\n#pagebreak()\n".join(
        f'#image("one.pdf", page: {page}, width: 210mm)' for page in pages
    )
    made = _typeset(source.encode(), root=folder).compile(format="png", ppi=SCANNED)
    return [_grey(page) for page in (made if isinstance(made, list) else [made])]


def _grey(png: bytes) -> bytes:
    page = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("L").save(page, "JPEG", quality=75)
    return page.getvalue()


def _count(folder: str, most: int) -> int:
    """Find the number of pages by halving: a page that is not there does not compile."""
    if not _has_page(folder, 1):
        raise ValueError("no page can be read")
    low, high = 1, 2
    while high <= most and _has_page(folder, high):
        low, high = high, high * 2
    high = min(high, most + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _has_page(folder, middle) else (low, middle)
    return low


def _has_page(folder: str, page: int) -> bool:
    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("one.pdf", page: {page}, width: 1pt)'
    try:
        _typeset(source.encode(), root=folder).compile(format="svg")
    except typst.TypstError:
        return False
    return True


def _typeset(source: bytes, *, root: str) -> Any:
    return typst.Compiler(input=source, root=root, font_paths=_fonts(), ignore_system_fonts=True)


def pdf_of(paper: Paper, *, at: datetime) -> bytes:
    return pdf(CONTENT / "paper.typ", as_values(paper), at=at)


def pictures(paper: Paper, *, ppi: float = 96) -> list[bytes]:
    """Return the pages of a paper as PNG pictures, to be looked at before it is signed."""
    drawn = _compiled(CONTENT / "paper.typ", as_values(paper), form="png", ppi=ppi)
    return drawn if isinstance(drawn, list) else [drawn]


def _compiled(
    template: Path,
    values: Mapping[str, Any],
    *,
    form: Any,
    files: Mapping[str, bytes] | None = None,
    **more: Any,
) -> Any:
    fonts = _fonts()
    if not has_fonts():
        raise Refused(
            _(
                "The fonts that papers are printed with are missing: the administrator finds the setting in the deploy guide."
            )
        )
    source = b"\n".join(path.read_bytes() for path in (CONTENT / "house.typ", template))
    inputs = {"values": json.dumps(values, ensure_ascii=False, default=str)}
    with TemporaryDirectory() as folder:
        for name, content in (files or {}).items():
            Path(folder, name).write_bytes(content)
        compiler = typst.Compiler(
            input=source, root=folder, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs
        )
        return compiler.compile(format=form, **more)


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
        for hand in block.hands:
            words = f"{hand.label}：{hand.remark or '＿＿＿＿＿＿＿＿'}　{hand.day or '　　年　　月　　日'}"
            _line(document, words, size=12, place=WD_ALIGN_PARAGRAPH.LEFT)
        return
    line = document.add_paragraph()
    if isinstance(block, Heading):
        line.paragraph_format.keep_with_next = True
        _run(line, block.text, size=15, font=SANS, bold=True)
        return
    line.paragraph_format.first_line_indent = Pt(28)
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


def xlsx(paper: Paper) -> bytes:
    """Write the words of the paper on a first sheet and each of its tables on one of its own."""
    words = [
        [paper.subtitle],
        *([b.text] for b in paper.blocks if isinstance(b, Heading | Paragraph)),
        [paper.foot],
    ]
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return workbook([
        (paper.number or paper.title, [paper.title], words),
        *((_sheet(number, table), table.headings, _cells(table)) for number, table in enumerate(tables, 1)),
    ])  # fmt: skip


def _sheet(number: int, table: Table) -> str:
    """Name a sheet as spreadsheets allow it: without these signs, and never twice."""
    kept = "".join(" " if sign in "[]:*?/\\'" else sign for sign in table.title)
    return f"{number} {kept}"[:31]


def _cells(table: Table) -> list[list[Any]]:
    return [
        [_number(cell) if column in table.figures else cell for column, cell in enumerate(row)]
        for row in table.rows
    ]


def _number(cell: str) -> float | str:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell
