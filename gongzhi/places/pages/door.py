"""What every page of this module reads from a request."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from gongzhi.base.actor import Actor
from gongzhi.places.forms import FilterForm
from gongzhi.places.queries import PremisesFilter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def today() -> date:
    return timezone.localdate()


def day_asked(request: HttpRequest) -> date:
    """Return the day the page is asked about; today when none or none that exists."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def filter_asked(request: HttpRequest) -> tuple[FilterForm, PremisesFilter]:
    """Read the filters; a value that does not exist filters nothing."""
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) for name in form.fields}
    return form, PremisesFilter(
        text=chosen["q"] or "",
        kind=chosen["kind"],
        status=chosen["status"],
        grade=chosen["grade"],
        area_path=chosen["area"] or "",
        parent_code=chosen["parent"] or "",
    )


def query_without(request: HttpRequest, *names: str) -> str:
    """Return the address's query without some names, to build links on."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def download(
    pieces: Iterable[str] | Iterable[bytes], *, name: str, kind: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_answer(content: bytes, *, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
