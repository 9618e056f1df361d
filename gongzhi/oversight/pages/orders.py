"""Supervision orders: list, one order, issue, reply, decide, the notice on paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.oversight import actions, queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.forms import NoteForm, OrderForm, ReplyForm
from gongzhi.oversight.lifecycle import Level
from gongzhi.oversight.pages.door import (
    area_asked,
    areas_to_choose,
    note_export,
    send_table,
    tabs,
    text_asked,
)
from gongzhi.papers import queries as papers

DEEDS: dict[str, Callable[..., Any]] = {
    "reply": actions.reply,
    "accept": actions.accept,
    "return": actions.return_reply,
    "urge": actions.urge,
    "raise": actions.raise_to_red,
    "withdraw": actions.withdraw,
}


def _asked(request: HttpRequest) -> queries.OrderFilter:
    box, level = request.GET.get("box", ""), request.GET.get("level", "")
    known = {row.code for row in queries.reasons(on=timezone.localdate())}
    reason = request.GET.get("reason", "")
    return queries.OrderFilter(
        box=box if box in queries.BOXES else "open", level=int(level) if level in {"1", "2"} else None,
        reason=reason if reason in known else "", area=area_asked(request), text=text_asked(request),
    )  # fmt: skip


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, at, by = actor_of(request), timezone.now(), _asked(request)
    page, rows = queries.orders_page(actor, by=by, at=at, **page_asked(request))
    counts = queries.order_counts(actor, at=at)
    context = {
        "tabs": tabs("orders"), "page": page, "rows": rows, "by": by, "again": query_without(request, "after", "before"),
        "boxes": [(name, label, counts.get(name, 0)) for name, (label, _q) in queries.BOXES.items()],
        "levels": Level.choices, "reasons": queries.reasons(on=timezone.localdate(at)), "areas": areas_to_choose(actor, by.area),
        "can_order": actor.can(Can.ORDER), "is_narrowed": bool(by.level or by.reason or by.area or by.text),
    }  # fmt: skip
    return render(request, "oversight/orders.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.orders_table(actor_of(request), by=_asked(request), at=timezone.now())
    columns = (
        pgettext("column", "order"), pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"),
        pgettext("column", "reason"), pgettext("column", "level"), pgettext("column", "state"), pgettext("column", "unit name"),
        pgettext("column", "issued by"), pgettext("column", "demand"), pgettext("column", "issued at"),
        pgettext("column", "reply due"), pgettext("column", "replied at"), pgettext("column", "reply"),
        pgettext("column", "times returned"), pgettext("column", "times escalated"), pgettext("column", "ended at"),
        pgettext("column", "decision"),
    )  # fmt: skip
    return send_table(request, form, name="orders", title=_("Supervision orders"), columns=columns, rows=rows)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.ORDER)
def new(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    initial = {"matter_number": request.GET.get("matter", "")[:20], "level": 1}
    form = OrderForm(request.POST or None, on=timezone.localdate(at), initial=initial)
    if request.method == "POST":
        done = attempt(form, lambda **said: actions.issue(said=actions.OrderSaid(**said), actor=actor, at=at))  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("Order {number} is issued; the unit is told.").format(number=done.number))  # fmt: skip
            return redirect("oversight:order", done.pk)
    terms = [(Level(level).label, actions.reply_due(level, at=at)) for level in Level.values]
    context = {"tabs": tabs("orders"), "form": form, "terms": terms}
    return render(request, "oversight/order_new.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, order_id: int) -> HttpResponse:
    return _page(request, order_id)


def _page(
    request: HttpRequest, order_id: int, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    seen = queries.order_detail(actor_of(request), order_id, at=timezone.now())
    context = {
        "tabs": tabs("orders"), "seen": seen, "row": seen.row, "order": seen.row.order,
        "reply_form": ReplyForm(), "note_form": NoteForm(), **(forms or {}),
    }  # fmt: skip
    return render(request, "oversight/order.html", context, status=status)


@require_POST
@needs(Can.ORDER, Can.REPLY)
def act(request: HttpRequest, order_id: int, deed: str) -> HttpResponse:
    """Reply, accept, return, urge, raise or withdraw; what stands against it is said beside the form."""
    if deed not in DEEDS:
        raise Http404
    is_reply = deed == "reply"
    form = ReplyForm(request.POST) if is_reply else NoteForm(request.POST)
    done = attempt(
        form,
        lambda **said: DEEDS[deed](order_id=order_id, actor=actor_of(request), at=timezone.now(), **said),
    )  # fmt: skip
    if done is FAILED:
        return _page(request, order_id, forms={"reply_form" if is_reply else "note_form": form}, status=422)  # fmt: skip
    messages.success(request, _("Order {number}: {state}").format(number=done.number, state=done.get_state_display()))  # fmt: skip
    return redirect("oversight:order", order_id)


@require_safe
@needs(Can.VIEW)
def notice(request: HttpRequest, order_id: int, form: str) -> HttpResponseBase:
    """Write the order as the notice that is signed, sealed and sent: PDF, or Word to go on writing in."""
    if form not in {"pdf", "docx"}:
        raise Http404
    seen = queries.order_detail(actor_of(request), order_id, at=timezone.now())
    note_export(request, f"order:{order_id}", form)
    paper, name = (
        queries.notice_paper(seen),
        f"{_('Supervision notice')}-{seen.row.order.number}.{form}",
    )
    if form == "docx":
        return download(papers.docx(paper), name=name, kind=papers.DOCX)
    return download(papers.pdf_of(paper, at=queries.as_of(seen)), name=name, kind=papers.PDF)
