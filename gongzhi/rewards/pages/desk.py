"""The review page: boxes of awards, one award with its ledger, decisions on many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

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
from gongzhi.base.payouts.pages import DecideForm, box_asked, tell
from gongzhi.base.texts import as_numbers
from gongzhi.rewards import actions, queries
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.forms import ObjectionAnswerForm

DESK = (Can.REVIEW, Can.APPROVE, Can.PAY, Can.SET_RULES)


def _box(request: HttpRequest) -> str:
    return box_asked(request, queries.BOXES, review=Can.REVIEW, approve=Can.APPROVE, otherwise="claimed")  # fmt: skip


def _text(request: HttpRequest) -> str:
    return text_asked(request, most=40)


@require_safe
@needs(*DESK)
def award_list(request: HttpRequest) -> HttpResponse:
    actor, box, text = actor_of(request), _box(request), _text(request)
    page, rows = queries.awards_page(actor, box=box, text=text, **page_asked(request))
    counts = queries.box_counts(actor)
    context = {
        "page": page, "rows": rows, "box": box, "text": text, "again": query_without(request, "after", "before"),
        "tabs": [(name, label, counts.get(name, 0)) for name, (label, _states) in queries.BOXES.items()],
        "can_review": actor.can(Can.REVIEW) and box == "review",
        "can_approve": actor.can(Can.APPROVE) and box == "approve",
        "can_refuse": box in {"review", "approve"} and (actor.can(Can.REVIEW) or actor.can(Can.APPROVE)),
    }  # fmt: skip
    return render(request, "rewards/award_list.html", context)


@require_safe
@needs(*DESK)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.awards(actor_of(request), box=_box(request), text=_text(request))
    headings = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), pgettext("column", "state"),
        pgettext("column", "amount (yuan)"), pgettext("column", "rule or reason"), pgettext("column", "reported at"),
        pgettext("column", "closed at"), pgettext("column", "decided at"), pgettext("column", "paid at"),
    )  # fmt: skip
    return table_download(
        headings,
        queries.awards_table(rows),
        name=f"rewards-{timezone.localdate():%Y%m%d}",
        form=form,
    )


@require_POST
@needs(Can.REVIEW, Can.APPROVE)
def decide(request: HttpRequest) -> HttpResponse:
    """Review, approve or refuse the chosen awards; say of each that could not be done why."""
    back = page_of_ours(request.POST.get("back", ""), "/desk/rewards")
    form = DecideForm(request.POST)
    ids = as_numbers(request.POST.getlist("ids"))
    if not form.is_valid() or not ids:
        messages.error(request, _("Choose awards first."))
        return redirect(back)
    try:
        outcomes = actions.decide_many(
            award_ids=ids, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        )
    except (Refused, Invalid) as trouble:
        messages.error(request, str(trouble))
        return redirect(back)
    tell(request, outcomes, lambda done: ngettext("{n} award done.", "{n} awards done.", done))
    return redirect(back)


@require_safe
@needs(*DESK)
def award(request: HttpRequest, award_id: int) -> HttpResponse:
    return _award_page(request, award_id)


def _award_page(
    request: HttpRequest, award_id: int, *, status: int = 200, form: Any = None
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    seen = queries.award_detail(actor, award_id, on=timezone.localdate())
    row = seen.row.award
    context = {
        "seen": seen, "row": row, "now": at,
        "can_review": actor.can(Can.REVIEW) and row.state == "proposed",
        "can_approve": actor.can(Can.APPROVE) and row.state == "reviewed" and row.reviewed_by != actor.id,
        "must_leave": row.state == "reviewed" and row.reviewed_by == actor.id,
        "can_refuse": row.state in {"proposed", "reviewed"} and (actor.can(Can.REVIEW) or actor.can(Can.APPROVE)),
        "can_answer": actor.can(Can.APPROVE) and actor.id not in {row.decided_by, row.reviewed_by},
        "answer_form": form or ObjectionAnswerForm(rules=_rules(seen)),
    }  # fmt: skip
    return render(request, "rewards/award.html", context, status=status)


def _rules(seen: Any) -> list[tuple[int, str]]:
    return [(rule.pk, f"{rule.name} ¥{rule.amount}") for rule in seen.rules]


@require_POST
@needs(Can.APPROVE)
def answer(request: HttpRequest, award_id: int, objection_id: int) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    seen = queries.award_detail(actor, award_id, on=timezone.localdate())
    form = ObjectionAnswerForm(request.POST, rules=_rules(seen))
    done = attempt(
        form,
        lambda **said: actions.answer_objection(
            objection_id=objection_id, said=actions.Answer(**said), actor=actor, at=at
        ),
    )
    if done is FAILED:
        return _award_page(request, award_id, status=422, form=form)
    messages.success(request, _("The objection is answered; the reporter reads your reason."))
    return redirect("award", award_id)
