"""The boxes of allowances, one with its ledger, decisions on many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from gongzhi.allowances import actions, queries
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.forms import AnswerForm, DecideForm
from gongzhi.base.counting import told
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    needs,
    page_asked,
    page_of_ours,
    query_without,
    text_asked,
)
from gongzhi.base.payouts.pages import box_asked, tell
from gongzhi.base.texts import as_numbers

DESK = (Can.REVIEW, Can.APPROVE, Can.PAY, Can.SET_RULES)


def _box(request: HttpRequest) -> str:
    return box_asked(request, queries.BOXES, review=Can.REVIEW, approve=Can.APPROVE, otherwise="payable")  # fmt: skip


def _text(request: HttpRequest) -> str:
    return text_asked(request, most=40)


@require_safe
@needs(*DESK)
def listing(request: HttpRequest) -> HttpResponse:
    actor, box, text = actor_of(request), _box(request), _text(request)
    sort = request.GET.get("sort", "")
    sort = sort if sort in queries.SORTS else "newest"
    page, rows = queries.allowances_page(actor, box=box, text=text, sort=sort, **page_asked(request))  # fmt: skip
    counts = queries.box_counts(actor)
    may_review, may_approve = actor.can(Can.REVIEW), actor.can(Can.APPROVE)
    context = {
        "page": page, "rows": rows, "box": box, "text": text, "sort": sort, "sorts": queries.SORTS,
        "again": query_without(request, "after", "before"),
        "tabs": [(name, label, told(counts.get(name, 0))) for name, (label, _states) in queries.BOXES.items()],
        "can_review": may_review and box == "review", "can_approve": may_approve and box == "approve",
        "can_refuse": box in {"review", "approve"} and (may_review or may_approve),
    }  # fmt: skip
    return render(request, "allowances/listing.html", context)


@require_safe
@needs(*DESK)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.allowances(actor_of(request), box=_box(request), text=_text(request))
    headings = (
        pgettext("column", "dispute"), pgettext("column", "kind"), pgettext("column", "place"), pgettext("column", "body"),
        pgettext("column", "grade"), pgettext("column", "form"), pgettext("column", "file (of 7)"), pgettext("column", "state"),
        pgettext("column", "yuan"), pgettext("column", "line or reason"), pgettext("column", "archived on"),
        pgettext("column", "published at"), pgettext("column", "paid at"),
    )  # fmt: skip
    return table_download(
        headings, queries.allowances_table(rows.order_by("-id")), name=f"allowances-{timezone.localdate():%Y%m%d}",
        form=form,
    )  # fmt: skip


@require_POST
@needs(Can.REVIEW, Can.APPROVE)
def decide(request: HttpRequest) -> HttpResponse:
    """Review, approve or refuse the chosen ones; say of each that could not be done why."""
    back = page_of_ours(request.POST.get("back", ""), "/desk/allowances")
    form = DecideForm(request.POST)
    ids = as_numbers(request.POST.getlist("ids"))
    if not form.is_valid() or not ids:
        words = _("A file has 0 to 7 points.") if "score" in form.errors else _("Choose some first.")  # fmt: skip
        messages.error(request, words)
        return redirect(back)
    try:
        outcomes = actions.decide_many(ids=ids, actor=actor_of(request), at=timezone.now(), **form.cleaned_data)  # fmt: skip
    except (Refused, Invalid) as trouble:
        messages.error(request, str(trouble))
        return redirect(back)
    tell(request, outcomes, lambda done: ngettext("{n} allowance done.", "{n} allowances done.", done))  # fmt: skip
    return redirect(back)


@require_safe
@needs(*DESK)
def allowance(request: HttpRequest, allowance_id: int) -> HttpResponse:
    return _page(request, allowance_id)


def _page(request: HttpRequest, allowance_id: int, *, status: int = 200, form: Any = None) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    seen = queries.allowance_detail(actor, allowance_id)
    row = seen.row.allowance
    may_review, may_approve = actor.can(Can.REVIEW), actor.can(Can.APPROVE)
    context = {
        "seen": seen, "row": row, "now": timezone.now(), "can_review": may_review and row.state == "proposed",
        "can_approve": may_approve and row.state == "reviewed" and row.reviewed_by != actor.id,
        "must_leave": row.state == "reviewed" and row.reviewed_by == actor.id,
        "can_refuse": row.state in {"proposed", "reviewed"} and (may_review or may_approve),
        "can_answer": may_approve and actor.id not in {row.decided_by, row.reviewed_by},
        "answer_form": form or AnswerForm(),
    }  # fmt: skip
    return render(request, "allowances/allowance.html", context, status=status)


@require_POST
@needs(Can.APPROVE)
def answer(request: HttpRequest, allowance_id: int, objection_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    done = attempt(form, lambda **said: actions.answer_objection(objection_id=objection_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, allowance_id, status=422, form=form)
    messages.success(request, _("The objection is answered."))
    return redirect("allowances:allowance", allowance_id)
