"""Writes papers: PDF by typst, Word by python-docx, Excel; all three from the same values."""

from gongzhi.papers.queries.printing import bound_pdf, has_fonts, pdf, pdf_of, pictures
from gongzhi.papers.queries.scans import pages_of
from gongzhi.papers.queries.sheets import xlsx
from gongzhi.papers.queries.word import docx
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

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = [
    "DOCX", "PDF", "XLSX", "Block", "Form", "Hand", "Heading", "Mark", "Paper", "Paragraph", "Signing", "Table", "as_values", "bound_pdf", "docx",
    "has_fonts", "pages_of", "pdf", "pdf_of", "pictures", "xlsx",
]  # fmt: skip
