"""Answers that a browser saves as a file, by names in any language."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from gongzhi.base.tables.writing import csv_lines, xlsx_bytes

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(
    content: bytes | Iterable[str], *, name: str, kind: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a file; what comes in pieces is sent in pieces."""
    answer: HttpResponse | StreamingHttpResponse
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type=kind)
    else:
        answer = StreamingHttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    answer["Cache-Control"] = "no-store"
    return answer


def table_download(
    headings: Sequence[Any], rows: Iterable[Sequence[Any]], *, name: str, form: str, title: str = ""
) -> HttpResponse | StreamingHttpResponse:
    """Answer with rows as a CSV or XLSX file."""
    words = [str(heading) for heading in headings]
    if form == "xlsx":
        return download(
            xlsx_bytes(words, rows, title=title or name), name=f"{name}.xlsx", kind=XLSX
        )
    return download(csv_lines(words, rows), name=f"{name}.csv", kind=CSV)
