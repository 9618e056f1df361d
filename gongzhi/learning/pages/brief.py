"""The daily brief: read, print, take away as Word or PDF."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs
from gongzhi.base.texts import as_number
from gongzhi.learning import queries
from gongzhi.learning.capabilities import Can
from gongzhi.learning.pages import door

PAPERS = {
    "pdf": (queries.brief_pdf, "application/pdf"),
    "docx": (
        queries.brief_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


@require_safe
@needs(Can.VIEW)
def brief(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    area = door.area_asked(request, actor)
    if not queries.covers(actor, area):
        raise OutOfReach
    day, version = door.day_asked(request), _version_asked(request)
    found = (
        queries.brief_of(actor, area_path=area, day=day, version=version)
        if day
        else queries.newest_brief(actor, area_path=area)
    )
    context = {
        "tabs": door.tabs("brief"), "brief": found, "area": area, "areas": door.areas_to_choose(actor),
        "days": queries.brief_days(actor, area_path=area),
    }  # fmt: skip
    return render(request, "learning/brief.html", context)


def _version_asked(request: HttpRequest) -> int | None:
    text = request.GET.get("version", "")
    return as_number(text, digits=5)


@require_safe
@needs(Can.VIEW)
def paper(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with the brief of a day as a paper."""
    actor, day = actor_of(request), door.day_asked(request)
    if form not in PAPERS or day is None:
        raise OutOfReach
    found = queries.brief_of(
        actor, area_path=door.area_asked(request, actor), day=day, version=_version_asked(request)
    )
    write, kind = PAPERS[form]
    audit.record(
        actor=actor, verb="learning.export_brief", subject=f"brief:{found.id}", at=timezone.now(), detail={"form": form}
    )  # fmt: skip
    name = f"{queries.brief_title(found)} {found.day.isoformat()}.{form}"
    return download(write(found), name=name, kind=kind)
