"""A matter's page and its moves."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.clocks import queries as clocks
from gongzhi.matters import actions, forms, queries
from gongzhi.matters.capabilities import Can

Form = forms.MoveForm
FORWARD = frozenset(
    {"verify", "register", "correct", "dispatch", "accept", "hand_in", "pass_check", "close"}
)

PRESSING = frozenset({"urge", "supervise", "answer", "follow_up"})


@needs(Can.VIEW)
def show(request: HttpRequest, number: str) -> HttpResponse:
    if wrong := queries.number_problem(number):
        return render(
            request, "matters/wrong_number.html", {"problem": wrong, "number": number}, status=404
        )
    seen = queries.detail(number, actor_of(request), at=timezone.now())
    return render(request, "matters/matter.html", _context(seen, actor_of(request)))


def _context(seen: queries.Detail, actor: Actor) -> dict[str, Any]:
    main, others = _buttons(seen.moves, seen.kind.leading)
    clock = replace(seen.row.face, sentence=_sentence(seen), hints=tuple(_hints(seen)))
    if seen.matter.closed_at is not None:
        clock = replace(clock, words=clocks.moment(timezone.localtime(seen.matter.closed_at)))
    return {
        "seen": seen, "matter": seen.matter, "row": seen.row, "clock": clock, "main": main,
        "others": others, "photos": _photos(seen.files),
        "open_asks": [_ask(ask) for ask in seen.asks if ask.state in {"asked", "first_approved"}],
        "explanation": seen.explanation, "can_see_reporter": actor.can(Can.SEE_REPORTER),
        "can_merge": any(move.name == "merge" for move in seen.moves), "nearby_days": settings.NEARBY_DAYS,
        "links": [(_natures().get(nature, nature), row) for nature, row in seen.links],
    }  # fmt: skip


def _natures() -> dict[str, str]:
    return {
        "duplicate_of": _("Went on as"),
        "duplicate_of_of": _("Took in"),
        "caused_by": _("Caused by"),
        "caused_by_of": _("Led to"),
        "related": _("Related"),
        "related_of": _("Related"),
        "handed_over": _("Handed over to"),
        "handed_over_of": _("Handed over from"),
    }


def _buttons(
    moves: list[queries.Possible], leading: frozenset[str]
) -> tuple[list[queries.Possible], list[queries.Possible]]:
    """
    Return the buttons and the menu: what leads on, else what is to be decided, else what presses.

    A kind that names its leading moves has no other among the buttons: what ends a matter waits in the menu.
    """
    if leading:
        shown = [move for move in moves if move.name in leading][:3]
        return shown, [move for move in moves if move not in shown]
    ranked = sorted(
        moves, key=lambda move: (move.name not in FORWARD, move.name in queries.OPPOSED)
    )
    for group in (
        [move for move in ranked if move.name in queries.DECISIONS or move.name in queries.OPPOSED],
        [move for move in ranked if move.is_main and move.name not in queries.OPPOSED],
        [move for move in ranked if move.name in PRESSING],
    ):
        if group:
            shown = group[:3]
            return shown, [move for move in moves if move not in shown]
    return [], moves


def _sentence(seen: queries.Detail) -> str:
    """Say whose move it is and until when."""
    owes = seen.kind.owes.get(seen.matter.state)
    if owes is None or not seen.row.party:
        return seen.row.state_label
    if seen.matter.due_at is None or seen.matter.paused_at is not None:
        return _("{unit} is to {do}").format(unit=seen.row.party, do=owes.does)
    due = clocks.moment(timezone.localtime(seen.matter.due_at))
    return _("{unit} is to {do} before {due}").format(unit=seen.row.party, do=owes.does, due=due)


def _hints(seen: queries.Detail) -> list[str]:
    hints = []
    if seen.matter.counting == "service":
        hints.append(_("service time only"))
    elif seen.matter.counting == "continuous":
        hints.append(_("urgent: without a break"))
    if seen.matter.is_open and seen.matter.whole_due_at:
        hints.append(
            _("the whole matter by {due}").format(
                due=clocks.moment(timezone.localtime(seen.matter.whole_due_at))
            )
        )
    return hints


def _ask(ask: Any) -> dict[str, Any]:
    labels = {
        "extension": _("Extension asked for"),
        "suspension": _("Suspension asked for"),
        "appeal": _("Appeal"),
    }
    waits = (
        _("The duty officer decides next.")
        if ask.state == "first_approved" or ask.nature == "appeal"
        else _("The head of unit decides next.")
    )
    return {
        "label": labels[ask.nature],
        "by": ask.asked_by_name,
        "at": ask.asked_at,
        "reason": ask.reason,
        "until": ask.until,
        "waits": waits,
    }


def _caption(phase: str, at: datetime) -> str:
    moment = date_format(at, _("M j, H:i"))
    return f"{phase} · {moment}" if phase else moment


def _photos(papers: list[Any]) -> list[dict[str, Any]]:
    phases = {
        "report": pgettext("photo", "Before"),
        "note": pgettext("photo", "Note"),
        "verify": pgettext("photo", "Verified"),
        "hand_in": pgettext("photo", "After"),
        "pass_check": pgettext("photo", "Checked"),
        "fail_check": pgettext("photo", "Checked"),
    }
    return [
        {
            "url": p.link.url, "thumb_url": p.link.thumb_url, "kind": p.link.kind,
            "words": _caption(phases.get(p.stage, ""), timezone.localtime(p.link.taken_at or p.at)),
        }
        for p in papers
    ]  # fmt: skip


@needs(Can.VIEW)
def compare(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """Set two matters beside each other, to see whether they are one."""
    at, actor = timezone.now(), actor_of(request)
    pair = [_context(queries.detail(one, actor, at=at), actor) for one in (number, other)]
    metres = queries.metres_apart(pair[0]["matter"], pair[1]["matter"])
    return render(request, "matters/compare.html", {"pair": pair, "metres": metres})


@needs(Can.VIEW)
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the move's form (GET, a dialog's content), or make the move (POST)."""
    seen = queries.movable(number, name, actor_of(request))
    shape = forms.shape_of(seen.kind, seen.move)
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
            matter_id=seen.matter.id, move=seen.move.name, values=form.cleaned_data, actor=actor_of(request),
            at=timezone.now(), version=int(version) if version.isdecimal() and len(version) < 10 else None,
        )  # fmt: skip
    except Invalid as invalid:
        blame(form, invalid)
        return _form(request, seen, form, status=422)
    except Refused as refused:
        blame(form, refused)
        return _form(request, seen, form, status=409)
    address = reverse("matter", args=[seen.matter.number])
    messages.success(
        request,
        _("“{move}” is done: {number}").format(move=seen.move.label, number=seen.matter.number),
    )
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    stays = {"HX-Refresh": "true"} if _is_list(request) else {"HX-Redirect": address}
    return HttpResponse(status=204, headers=stays)


def _is_list(request: HttpRequest) -> bool:
    """Tell whether the dialog was opened beside a list: then the list stays, read afresh."""
    seen = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return seen.startswith("/desk") and not seen.startswith("/desk/matters/")


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
        "is_stale": status == 409,
    }
    return render(
        request, "matters/move.html" if whole else "matters/_move.html", context, status=status
    )


@needs(Can.SEE_REPORTER)
@require_POST
def reporters(request: HttpRequest, number: str) -> HttpResponse:
    """Show who reported, after a reason that goes to the trail."""
    seen = queries.movable(number, "note", actor_of(request))
    try:
        found = actions.see_reporters(
            matter_id=seen.matter.id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
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
    matter = queries.detail(number, actor_of(request), at=timezone.now()).matter
    return render(
        request,
        "matters/_file_check.html",
        {"broken": queries.verify_file(matter.id), "count": matter.entry_count},
    )
