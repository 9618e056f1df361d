"""One paper: pictures of its pages, PDF, Word."""

import base64

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.agreements import queries as agreements
from gongzhi.base.downloads import download
from gongzhi.base.pages import actor_of, needs
from gongzhi.disputes import actions as disputes
from gongzhi.dossiers import queries
from gongzhi.dossiers.capabilities import Can
from gongzhi.papers import queries as papers

SHARP = 110  # points an inch, enough to read on a screen


def opened(request: HttpRequest, number: str) -> int:
    """Return the dispute's id; opening the file is noted in the trail, or refused as absent."""
    actor = actor_of(request)
    matter_id = agreements.door(number, actor)
    disputes.open_file(matter_id=matter_id, actor=actor, at=timezone.now())
    return matter_id


def _paper(request: HttpRequest, number: str, code: str) -> papers.Paper:
    if code not in queries.sheets():
        raise Http404
    return queries.paper_of(code, queries.answers_of(opened(request, number)))


@require_safe
@never_cache
@needs(Can.VIEW)
def show(request: HttpRequest, number: str, code: str) -> HttpResponse:
    paper = _paper(request, number, code)
    pages = [
        f"data:image/png;base64,{base64.b64encode(one).decode()}"
        for one in papers.pictures(paper, ppi=SHARP)
    ]
    context = {
        "number": number, "code": code, "paper": paper, "pages": pages, "sheet": queries.sheets()[code],
        "others": [(one, row.name) for one, row in queries.sheets().items()],
    }  # fmt: skip
    return render(request, "dossiers/paper.html", context)


@require_safe
@never_cache
@needs(Can.VIEW)
def pdf(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show the PDF in the browser, which prints it; `?save` takes it as a file."""
    paper = _paper(request, number, code)
    return shown(papers.pdf_of(paper, at=timezone.now()), name=f"{number}-{paper.title}.pdf", is_saved="save" in request.GET)  # fmt: skip


def shown(content: bytes, *, name: str, is_saved: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=papers.PDF)
    answer["Content-Disposition"] = str(content_disposition_header(as_attachment=is_saved, filename=name))  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@never_cache
@needs(Can.VIEW)
def word(request: HttpRequest, number: str, code: str) -> HttpResponseBase:
    paper = _paper(request, number, code)
    return download(papers.docx(paper), name=f"{number}-{paper.title}.docx", kind=papers.DOCX)
