"""Calls to officers: the list with states and refusals, a new call, taking one back, giving it to another."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.patrol import actions
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.forms import CallForm, ReasonForm
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

TONES = {"waiting": "late", "sent": "civic", "accepted": "ok", "refused": "warn"}


def _filter(request: HttpRequest) -> desk.CallFilter:
    state, kind = request.GET.get("state", "open"), request.GET.get("kind", "")
    return desk.CallFilter(
        text=door.text_asked(request),
        area_path=door.area_asked(request) or door.home_of(actor_of(request)),
        kind=kind if kind in dict(desk.CALL_KINDS) else "",
        state=state if state in {"open", *dict(desk.CALL_STATES)} else "",
        since=door.day_or_none(request, "since"),
    )


@require_GET
@needs(Can.VIEW, Can.CALL)
def listing(request: HttpRequest) -> HttpResponse:
    actor, by = actor_of(request), _filter(request)
    page = desk.calls(actor, by=by, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "calls"),
        "by": by,
        "rows": [_shown(row) for row in page.rows],
        "page": page,
        "count": desk.count_calls(actor, by=by),
        "areas": door.areas_to_choose(actor, by.area_path),
        "states": desk.CALL_STATES,
        "kinds": desk.CALL_KINDS,
        "again": query_without(request, "after", "before"),
        "may_call": actor.can(Can.CALL),
        "reason": ReasonForm(),
    }
    return render(request, "patrol/calls.html", context)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "tone": TONES.get(row.state, ""),
        "area": places.full_name(row.area_path),
        "is_open": row.state in desk.OPEN_CALLS,
        "is_late": row.state in desk.OPEN_CALLS and row.due_at and row.due_at < timezone.now(),
        "title": row.matter.title if row.matter else row.words,
    }


@require_http_methods(["GET", "POST"])
@needs(Can.CALL)
def new(request: HttpRequest) -> HttpResponse:
    """Call an officer; what the address names about a matter or premises stands in the form already."""
    actor = actor_of(request)
    home = door.area_asked(request) or door.home_of(actor)
    asked = {
        "number": door.text_asked(request, "number")[:24],
        "premises": door.text_asked(request, "premises")[:40],
        "kind": "verify" if "number" in request.GET else "urgent",
    }
    form = CallForm(
        request.POST or None, initial=asked, areas=door.areas_to_choose(actor, home),
        officers=[(one.user_id, one.words) for one in desk.officers_near(home, on=door.today())],
    )  # fmt: skip
    if request.method == "POST":
        done = attempt(form, lambda **_values: _call(request, form))
        if done is not FAILED:
            return redirect("patrol:calls")
    status = 422 if form.errors else 200
    context = {"tabs": door.tabs(request, "calls"), "form": form}
    return render(request, "patrol/call_new.html", context, status=status)


def _call(request: HttpRequest, form: CallForm) -> Any:
    call = actions.call_officer(**form.said(), actor=actor_of(request), at=timezone.now())
    if call.user_id:
        words = _("{name} was called.").format(name=call.user.name if call.user else "")
    else:
        words = _("Nobody patrols there today: the call is with the station.")
    messages.success(request, words)
    return call


@require_POST
@needs(Can.CALL)
def withdraw(request: HttpRequest, row_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid({field: " ".join(map(str, said)) for field, said in form.errors.items()})
    actions.withdraw_call(
        call_id=row_id,
        reason=form.cleaned_data["reason"],
        actor=actor_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("The call was taken back."))
    return redirect("patrol:calls")


@require_http_methods(["GET", "POST"])
@needs(Can.CALL)
def hand_on(request: HttpRequest, row_id: int) -> HttpResponse:
    """Give a call to another officer: the candidates for its place, with who is on shift."""
    actor, at = actor_of(request), timezone.now()
    row = desk.call(actor, row_id)
    if request.method == "POST":
        officer = request.POST.get("officer", "")
        if not (officer.isascii() and officer.isdigit() and len(officer) < 16):
            raise Invalid({"officer": _("Choose an officer.")})
        actions.reassign_call(call_id=row_id, user_id=int(officer), actor=actor, at=at)
        messages.success(request, _("The call has another officer now."))
        return redirect("patrol:calls")
    context = {
        "tabs": door.tabs(request, "calls"),
        "one": _shown(row),
        "candidates": desk.candidates(row.area_path, at=at, without=[row.user_id or 0]),
    }
    return render(request, "patrol/call_hand_on.html", context)


@require_GET
@needs(Can.VIEW, Can.CALL)
def export(request: HttpRequest) -> HttpResponseBase:
    actor, by = actor_of(request), _filter(request)
    form = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    audit.record(
        actor=actor, verb="patrol.export", subject="calls", at=timezone.now(),
        detail={"filter": query_without(request)[:500], "form": form},
    )  # fmt: skip
    headings = [
        _("What for"), _("What is to be done"), _("Number of the matter"), _("Place"), _("Officer"), _("State"),
        _("Sent at"), _("Sent by"), pgettext("deadline", "Until"), _("Answered at"), _("Reason"),
    ]  # fmt: skip
    cells = (_cells(row) for row in desk.call_rows(actor, by=by))
    return table_download(headings, cells, name="patrol-calls", form=form, title=_("Calls"))


def _cells(row: Any) -> list[Any]:
    return [
        row.get_kind_display(), row.words, row.matter.number if row.matter else "",
        places.full_name(row.area_path), row.user.name if row.user else "", row.get_state_display(),
        _when(row.sent_at), row.sent_by_name, _when(row.due_at), _when(row.answered_at), row.reason,
    ]  # fmt: skip


def _when(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
