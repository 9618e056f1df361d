"""The public directory: choose your mediator."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.pages import page_asked, query_without
from gongzhi.mediators import queries
from gongzhi.mediators.pages import door


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    by = queries.PublicFilter(
        text=door.text_asked(request), field=door.one_asked(request, "field", queries.fields()),
        language=door.one_asked(request, "language", queries.languages()), area=door.area_asked(request),
    )  # fmt: skip
    page, faces = queries.public_page(by, on=timezone.localdate(), **page_asked(request))
    context = {
        "page": page, "faces": faces, "by": by, "fields": queries.fields(), "languages": queries.languages(),
        "towns": door.towns(), "again": query_without(request, "after", "before"),
        "bodies": queries.public_bodies(by.area, field=by.field) if by.area else [],
        "is_narrowed": any((by.text, by.field, by.language, by.area)),
    }  # fmt: skip
    return render(request, "mediators/directory.html", context)


@require_safe
def face(request: HttpRequest, code: str) -> HttpResponse:
    """One mediator, with a QR code for the wall of their office."""
    seen = queries.public_face(code, on=timezone.localdate())
    address = request.build_absolute_uri(reverse("mediators:face", args=[code]))
    drawn = segno.make(address, error="m").svg_inline(
        scale=4, border=2, omitsize=True, title=_("This page"), svgclass="qr-code", lineclass="qr-line"
    )  # fmt: skip
    context: dict[str, Any] = {
        "seen": seen, "address": address, "qr": mark_safe(drawn),  # noqa: S308 - drawn here, from an address of ours
        "days": "、".join(str(WEEKDAYS[n - 1]) for n in seen.weekdays),
    }  # fmt: skip
    return render(request, "mediators/face.html", context)
