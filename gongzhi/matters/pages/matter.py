"""A matter's page and its moves."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import needs
from gongzhi.matters import actions, forms, queries
from gongzhi.matters.capabilities import Can

Form = forms.MoveForm


@needs(Can.VIEW)
def show(request: HttpRequest, number: str) -> HttpResponse:
    if wrong := queries.number_problem(number):
        return render(
            request, "matters/wrong_number.html", {"problem": wrong, "number": number}, status=404
        )
    seen = queries.detail(number, request.actor, at=timezone.now())
    return render(request, "matters/matter.html", _context(seen))


def _context(seen: queries.Detail) -> dict[str, Any]:
    main = [move for move in seen.moves if move.is_main]
    return {
        "seen": seen, "matter": seen.matter, "row": seen.row, "main": main,
        "others": [move for move in seen.moves if not move.is_main], "photos": _photos(seen.files),
    }  # fmt: skip


def _photos(papers: list[Any]) -> list[dict[str, Any]]:
    phases = {
        "report": _("Before"),
        "verify": _("Verified"),
        "hand_in": _("After"),
        "pass_check": _("Checked"),
        "fail_check": _("Checked"),
    }
    return [
        {
            "url": p.link.url, "thumb_url": p.link.thumb_url, "kind": p.link.kind,
            "words": f"{phases.get(p.stage, '')} · {timezone.localtime(p.link.taken_at or p.at):%m-%d %H:%M}",
            "phase": phases.get(p.stage, ""),
        }
        for p in papers
    ]  # fmt: skip


@needs(Can.VIEW)
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the move's form (GET, a dialog's content), or make the move (POST)."""
    seen = queries.movable(number, name, request.actor)
    shape = (
        seen.kind.inputs.get(name)
        or forms.INPUTS.get(name)
        or (forms.ReasonForm if seen.move.reason else forms.NoteForm)
    )
    if request.method != "POST":
        initial = {key: request.GET[key] for key in request.GET}
        return _form(request, seen, shape(matter=seen.matter, initial=initial))
    if "preview" in request.POST:  # the item was changed: its standards are other ones
        return _form(request, seen, shape(request.POST, matter=seen.matter), quiet=True)
    form = shape(request.POST, matter=seen.matter)
    if not form.is_valid():
        return _form(request, seen, form, status=422)
    return _made(request, seen, form)


def _made(request: HttpRequest, seen: queries.Movable, form: Form) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        actions.move(
            matter_id=seen.matter.id, move=seen.move.name, values=form.cleaned_data, actor=request.actor,
            at=timezone.now(), version=int(version) if version.isdigit() else None,
        )  # fmt: skip
    except Invalid as invalid:
        for field, sentence in invalid.problems.items():
            form.add_error(field if field in form.fields else None, sentence)
        return _form(request, seen, form, status=422)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form(request, seen, form, status=409)
    address = reverse("matter", args=[seen.matter.number])
    if request.headers.get("HX-Request"):
        return HttpResponse(
            status=204, headers={"HX-Redirect": request.POST.get("back") or address}
        )
    return HttpResponseRedirect(address)


def _form(
    request: HttpRequest,
    seen: queries.Movable,
    form: Form,
    *,
    status: int = 200,
    quiet: bool = False,
) -> HttpResponse:
    if quiet:
        form.errors.clear()
    whole = not request.headers.get("HX-Request")
    context = {
        "seen": seen,
        "matter": seen.matter,
        "move": seen.move,
        "form": form,
        "why": seen.why,
    }
    return render(
        request, "matters/move.html" if whole else "matters/_move.html", context, status=status
    )


@needs(Can.SEE_REPORTER)
@require_POST
def reporters(request: HttpRequest, number: str) -> HttpResponse:
    """Show who reported, after a reason that goes to the trail."""
    seen = queries.movable(number, "note", request.actor)
    try:
        found = actions.see_reporters(
            matter_id=seen.matter.id,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            at=timezone.now(),
        )
    except Invalid as invalid:
        return render(
            request,
            "matters/_reporters.html",
            {"problem": str(invalid), "matter": seen.matter},
            status=422,
        )
    return render(request, "matters/_reporters.html", {"reporters": found, "matter": seen.matter})


@needs(Can.VIEW)
def check_file(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether the matter's file is whole: every line follows from those before it."""
    matter = queries.detail(number, request.actor, at=timezone.now()).matter
    return render(
        request,
        "matters/_file_check.html",
        {"broken": queries.verify_file(matter.id), "count": matter.entry_count},
    )
