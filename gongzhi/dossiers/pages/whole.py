"""The file of a dispute: contents, what is missing, documents put in, the bound PDF, the review."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.errors import Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.dossiers import actions, queries
from gongzhi.dossiers.capabilities import Can
from gongzhi.dossiers.forms import PutInForm, ReviewForm, StatementForm
from gongzhi.dossiers.pages.papers import opened, shown
from gongzhi.matters import queries as matters


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, number, opened(request, number))


def _page(
    request: HttpRequest, number: str, matter_id: int, *, status: int = 200, **more: Any
) -> HttpResponse:
    actor, on = actor_of(request), timezone.localdate()
    contents = queries.contents_of(matter_id, at=timezone.now())
    kept = contents.dossier
    context = {
        "number": number, "contents": contents, "kept": kept, "standing": matters.standing(matter_id),
        "put_in": PutInForm(places=_places()), "statement": StatementForm(initial={"statement": kept.statement if kept else ""}),
        "review": ReviewForm(points=queries.points(on)), "can_keep": actor.can(Can.KEEP),
        "is_bound": kept is not None and kept.state == "bound",
        "can_review": actor.can(Can.REVIEW) and kept is not None and kept.state == "bound" and kept.kept_by != actor.id, **more,
    }  # fmt: skip
    return render(request, "dossiers/file.html", context, status=status)


def _places() -> list[tuple[str, str]]:
    return [(one.code, f"{one.number} {one.name}") for one in queries.places(timezone.localdate())]


@require_safe
@never_cache
@needs(Can.VIEW)
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Show the whole file bound as one PDF."""
    matter_id = opened(request, number)
    content = queries.whole_file(matter_id, at=timezone.now())
    return shown(content, name=f"{number}-卷宗.pdf", is_saved="save" in request.GET)


@require_POST
@needs(Can.KEEP, Can.REVIEW)
def act(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    deeds: dict[str, Callable[[HttpRequest, str, int], HttpResponse]] = {
        "put_in": _put_in,
        "take_out": _take_out,
        "statement": _statement,
        "review": _review,
    }
    if deed not in deeds:
        raise Http404
    return deeds[deed](request, number, opened(request, number))


def _said(request: HttpRequest, matter_id: int) -> dict[str, Any]:
    return {"matter_id": matter_id, "actor": actor_of(request), "at": timezone.now()}


def _put_in(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    form = PutInForm(request.POST, places=_places())
    said = _said(request, matter_id)
    if attempt(form, lambda **words: actions.put_in(**said, **words)) is FAILED:
        return _page(request, number, matter_id, status=422, put_in=form)
    messages.success(request, _("Put into the file."))
    return redirect("dossiers:file", number)


def _take_out(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    sent = request.POST.get("document", "")
    document_id = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 16 else 0
    try:
        actions.take_out(document_id=document_id, **_said(request, matter_id))
    except Refused as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(
            request, _("Taken out of the contents; it stays among the dispute’s files.")
        )
    return redirect("dossiers:file", number)


def _statement(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    form = StatementForm(request.POST)
    said = _said(request, matter_id)
    if attempt(form, lambda **words: actions.state_why(**said, **words)) is FAILED:
        return _page(request, number, matter_id, status=422, statement=form)
    messages.success(request, _("Kept."))
    return redirect("dossiers:file", number)


def _review(request: HttpRequest, number: str, matter_id: int) -> HttpResponse:
    form = ReviewForm(request.POST, points=queries.points(timezone.localdate()))
    said = _said(request, matter_id)
    done = attempt(form, lambda **words: actions.review(**said, **words))
    if done is FAILED:
        return _page(request, number, matter_id, status=422, review=form)
    messages.success(request, _("Reviewed: {score} of 7 points.").format(score=done.score))
    return redirect("dossiers:file", number)
