"""The duty desk of a level: what it owes, hand-overs between towns, objections of units."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.incidents import actions, queries
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.forms import TransferAnswer
from gongzhi.matters.capabilities import Can as Matters

DESK = (Can.DISPATCH, Can.TAKE_OVER, Can.ANSWER_TRANSFER, Can.SETTLE, Can.CLOSE)
FORMS = frozenset({"csv", "xlsx"})
WAYS = ("received", "sent")


@require_safe
@needs(*DESK)
def show(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    context = {"desk": queries.desk_of(actor_of(request), at=at), "at": at, "here": "desk"}
    return render(request, "incidents/level.html", context)


def _way(request: HttpRequest) -> str:
    asked = request.GET.get("way", "")
    return asked if asked in WAYS else WAYS[0]


@require_safe
@needs(Can.DISPATCH, Can.ANSWER_TRANSFER)
def transfers(request: HttpRequest) -> HttpResponse:
    way, state = _way(request), request.GET.get("state", "")
    page, rows = queries.transfers_page(
        actor_of(request), way=way, state=state, at=timezone.now(), **page_asked(request)
    )
    context = {
        "page": page, "rows": rows, "way": way, "state": state, "here": "transfers", "asked": query_without(request, "after", "before"),
        "again": query_without(request, "after", "before"), "ways": _ways(), "states": queries.transfer_states(),
    }  # fmt: skip
    return render(request, "incidents/transfers.html", context)


def _ways() -> list[tuple[str, str]]:
    return [("received", _("Came to us")), ("sent", _("Went from us"))]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.DISPATCH, Can.ANSWER_TRANSFER)
def transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Show what another town wants to hand over; take it, or not."""
    actor, at = actor_of(request), timezone.now()
    seen = queries.transfer_detail(actor, transfer_id, at=at)
    form = TransferAnswer(request.POST or None, places=seen.choices)
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.answer_transfer(
                transfer_id=transfer_id, actor=actor, at=at, **_answer(said)
            ),
        )
        if done is not FAILED:
            messages.success(request, _("Answered: {state}").format(state=done.get_state_display()))
            taken = done.state == "accepted"
            return redirect(f"/desk/matters/{seen.row.number}" if taken else "transfers")
    context = {"seen": seen, "row": seen.row, "form": form, "here": "transfers"}
    return render(request, "incidents/transfer.html", context, status=422 if form.errors else 200)


def _answer(said: dict[str, Any]) -> dict[str, Any]:
    if said["answer"] == "accept":
        return {
            "move": "accept_transfer",
            "values": {"area": said["area"], "note": said["reason"]},
        }
    return {"move": "refuse_transfer", "values": {"reason": said["reason"]}}


@require_safe
@needs(Can.DISPATCH, Can.ANSWER_TRANSFER)
def export_transfers(request: HttpRequest, form: str) -> HttpResponseBase:
    _must_be_known(form)
    at, way = timezone.now(), _way(request)
    rows = queries.transfers_table(
        actor_of(request), way=way, state=request.GET.get("state", ""), at=at
    )
    return table_download(
        _transfer_columns(), rows, name=f"transfers-{timezone.localdate(at)}", form=form, title=_("Hand-overs between towns")
    )  # fmt: skip


def _transfer_columns() -> tuple[str, ...]:
    return (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "from town"), pgettext("column", "to town"),
        pgettext("column", "state"), pgettext("column", "reason"), pgettext("column", "asked at"),
        pgettext("column", "to answer by"), pgettext("column", "answered at"), pgettext("column", "answer"),
    )  # fmt: skip


@require_safe
@needs(Matters.VIEW)
def objections(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    page, rows = queries.objections_page(
        actor_of(request), state=state, at=timezone.now(), **page_asked(request)
    )
    context = {
        "page": page, "rows": rows, "state": state, "here": "objections", "again": query_without(request, "after", "before"),
        "states": queries.objection_states(),
    }  # fmt: skip
    return render(request, "incidents/objections.html", context)


@require_safe
@needs(Matters.VIEW)
def export_objections(request: HttpRequest, form: str) -> HttpResponseBase:
    _must_be_known(form)
    at = timezone.now()
    rows = queries.objections_table(actor_of(request), state=request.GET.get("state", ""), at=at)
    columns = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "unit that objects"), pgettext("column", "dispatched by"),
        pgettext("column", "settled by"), pgettext("column", "state"), pgettext("column", "reason"),
        pgettext("column", "objected at"), pgettext("column", "settled at"), pgettext("column", "answer"),
    )  # fmt: skip
    name = f"objections-{timezone.localdate(at)}"
    return table_download(columns, rows, name=name, form=form, title=_("Objections"))


def _must_be_known(form: str) -> None:
    if form not in FORMS:
        raise Http404
