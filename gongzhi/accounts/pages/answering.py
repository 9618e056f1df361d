"""What the pages of this module share: trying a deed with a form, and tables to take away."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.tables import csv_lines, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Failed:
    """The deed was not done; the form says why."""


FAILED = Failed()


def attempt(form: forms.Form, deed: Callable[..., Any]) -> Any:
    """Do the deed with the form's values; put what stands against it beside the fields."""
    if not form.is_valid():
        return FAILED
    try:
        return deed(**form.cleaned_data)
    except Invalid as invalid:
        for field, words in invalid.problems.items():
            form.add_error(field if field in form.fields else None, words)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return FAILED


def way_back(request: HttpRequest, fallback: str) -> str:
    """Return where the visitor wanted to go, if that is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return target if is_ours and "\\" not in target else fallback


def table_file(
    name: str, form: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a CSV or XLSX file."""
    words = [str(heading) for heading in headings]
    answer: HttpResponse | StreamingHttpResponse
    if form == "xlsx":
        answer = HttpResponse(xlsx_bytes(words, rows, title=name), content_type=XLSX)
    else:
        answer = StreamingHttpResponse(
            csv_lines(words, rows), content_type="text/csv; charset=utf-8"
        )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
