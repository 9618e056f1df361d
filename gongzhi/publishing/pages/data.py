"""Open data and statistics for everybody: pages, downloads, and what their columns mean."""

import json
from collections.abc import Iterator
from dataclasses import astuple, fields
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.tables.writing import csv_lines
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.publishing import queries

SCHEMA_VERSION = "1.0"
KINDS = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}
NAMES = [field.name for field in fields(queries.DataRow)]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    types = queries.COLUMN_TYPES
    context = {
        "size": queries.data_size(), "changed_at": queries.changed_at(), "licence": settings.OPEN_DATA_LICENCE,
        "columns": [(name, types.get(name, "string"), said, queries.COLUMN_VALUES.get(name, ())) for name, said in queries.columns().items()],
        "towns": queries.town_names().items(), "version": SCHEMA_VERSION,
    }  # fmt: skip
    return render(request, "publishing/data.html", context)


@require_safe
def schema(_request: HttpRequest) -> HttpResponse:
    """Answer with the columns as a Table Schema."""
    types = queries.COLUMN_TYPES
    described = {
        "name": "matters", "version": SCHEMA_VERSION, "licence": settings.OPEN_DATA_LICENCE, "primaryKey": "id",
        "fields": [_described(name, types.get(name, "string"), said) for name, said in queries.columns().items()],
    }  # fmt: skip
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False})


def _described(name: str, kind: str, said: str) -> dict[str, Any]:
    limits = {"enum": queries.COLUMN_VALUES[name]} if name in queries.COLUMN_VALUES else {}
    return {"name": name, "type": kind, "description": said, "constraints": limits}


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponseBase:
    """Stream the open data; unchanged while nothing public has changed."""
    if form not in KINDS:
        raise Http404
    by = _filter(request)
    etag = f'"{queries.edition()}-{form}-{by.name}"'
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "no-cache"})
    if refusal := too_often(request):
        return refusal
    rows = queries.data_rows(by, address=settings.PUBLIC_ADDRESS)
    pieces = _as_csv(rows) if form == "csv" else _as_geojson(rows)
    answer = StreamingHttpResponse(pieces, content_type=KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="matters-{by.name}.{form}"'
    answer["ETag"], answer["Cache-Control"] = etag, "no-cache"
    answer["Access-Control-Allow-Origin"] = (
        "*"  # open to other people's pages: there is nothing private in it
    )
    return answer


def too_often(request: HttpRequest) -> HttpResponse | None:
    """Count a download by the limits all processes share; None while there is room."""
    sender = guarding.sender_of(request)
    verdict = guard.admit(
        deed=guarding.Deed.DOWNLOAD, device=sender.device, address=sender.address, at=timezone.now()
    )
    if verdict.allowed:
        return None
    answer = render(request, "publishing/too_often.html", status=429)
    answer["Retry-After"] = str(verdict.wait_s)
    return answer


def _filter(request: HttpRequest) -> queries.DataFilter:
    town = request.GET.get("town", "")
    return queries.DataFilter(
        since=_day(request.GET.get("since", "")), until=_day(request.GET.get("until", "")),
        town=town if town in queries.town_names() else "",
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as_csv(rows: Iterator[queries.DataRow]) -> Iterator[str]:
    return csv_lines(NAMES, ([_cell(value) for value in astuple(row)] for row in rows))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _as_geojson(rows: Iterator[queries.DataRow]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":[\n'
    for count, row in enumerate(rows):
        yield (",\n" if count else "") + json.dumps(_feature(row), ensure_ascii=False)
    yield "\n]}\n"


def _feature(row: queries.DataRow) -> dict[str, Any]:
    said = {
        name: _plain(getattr(row, name)) for name in NAMES if name not in {"longitude", "latitude"}
    }
    point = {"type": "Point", "coordinates": [row.longitude, row.latitude]}
    return {
        "type": "Feature", "id": row.id, "geometry": point if row.longitude is not None else None,
        "properties": said,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool) else _cell(value)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    town = _town(request)
    context = {
        "found": queries.statistics(town=town, on=timezone.localdate()), "town": town,
        "town_name": queries.town_names().get(town, ""), "towns": queries.town_names().items(),
        "least": settings.SMALLEST_PUBLIC_FIGURE,
    }  # fmt: skip
    return render(request, "publishing/statistics.html", context)


def _town(request: HttpRequest) -> str:
    town = request.GET.get("town", "")
    return town if town in queries.town_names() else ""


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one figure as a table."""
    found = queries.statistics(town=_town(request), on=timezone.localdate())
    tables = {"months": found.months, "towns": found.towns, "classes": found.classes, "villages": found.villages}  # fmt: skip
    if name not in tables:
        raise Http404
    if refusal := too_often(request):
        return refusal
    headings = [
        _("Name"),
        _("Reported"),
        _("Settled"),
        _("Settled in time"),
        _("Settled, %"),
        _("In time, %"),
    ]
    cells = [
        [x.name, x.reported, x.settled, x.on_time, x.settled_percent, x.on_time_percent]
        for x in tables[name]
    ]
    if name == "villages" and found.others:
        cells.append([_("Other villages together"), found.others, "", "", "", ""])
    return table_download(headings, cells, name=f"statistics-{name}", form="csv")
