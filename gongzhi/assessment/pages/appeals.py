"""Appeals: filing one, the list, two reviews."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.assessment import actions, queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.forms import AppealForm, ReviewForm
from gongzhi.assessment.pages import door
from gongzhi.assessment.pages.publications import sheet
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    needs,
    page_asked,
    query_without,
)

TONES = {"filed": "warn", "reviewed": "warn", "upheld": "ok", "rejected": "civic"}


@require_safe
@needs(Can.APPEAL, Can.REVIEW)
def listing(request: HttpRequest) -> HttpResponse:
    box = request.GET.get("box", "open")
    box = box if box in queries.BOXES else "open"
    text = door.text_asked(request)
    page = queries.appeals_page(actor_of(request), box=box, text=text, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "appeals"), "page": page, "box": box, "boxes": queries.BOXES.items(), "text": text,
        "rows": [(row, TONES.get(row.state, "")) for row in page.rows], "now": timezone.now(),
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "assessment/appeals.html", context)


@require_safe
@needs(Can.APPEAL, Can.REVIEW)
def one(request: HttpRequest, appeal_id: int) -> HttpResponse:
    return _page(request, appeal_id)


def _page(request: HttpRequest, appeal_id: int, form: ReviewForm | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    row = queries.appeal(actor, appeal_id)
    context = {
        "tabs": door.tabs(request, "appeals"), "row": row, "tone": TONES.get(row.state, ""),
        "say": queries.say_of(actor, row, at=now), "form": form or ReviewForm(),
        "nature": queries.named(row.finding.nature) if row.finding else "",
    }  # fmt: skip
    return render(request, "assessment/appeal.html", context, status=422 if form else 200)


@require_POST
@needs(Can.REVIEW)
def review(request: HttpRequest, appeal_id: int) -> HttpResponse:
    form = ReviewForm(request.POST)
    done = attempt(form, lambda **said: actions.review(appeal_id=appeal_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, appeal_id, form)
    messages.success(request, _("The opinion is on record: {state}.").format(state=done.get_state_display()))  # fmt: skip
    return redirect("assessment:appeal", appeal_id)


@require_POST
@needs(Can.APPEAL)
def withdraw(request: HttpRequest, appeal_id: int) -> HttpResponse:
    actions.withdraw(appeal_id=appeal_id, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("The appeal is withdrawn; it can be filed again while there is time.")
    )
    return redirect("assessment:appeals")


@require_POST
@needs(Can.APPEAL)
def file_matter(request: HttpRequest, result_id: int, matter_id: int) -> HttpResponse:
    form = AppealForm(request.POST)
    made = attempt(form, lambda **said: actions.appeal_matter(result_id=result_id, matter_id=matter_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    return sheet(request, result_id, form) if made is FAILED else _filed(request, made.pk)


@require_POST
@needs(Can.APPEAL)
def file_finding(request: HttpRequest, result_id: int, finding_id: int) -> HttpResponse:
    form = AppealForm(request.POST)
    made = attempt(form, lambda **said: actions.appeal_finding(result_id=result_id, finding_id=finding_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    return sheet(request, result_id, form) if made is FAILED else _filed(request, made.pk)


def _filed(request: HttpRequest, appeal_id: int) -> HttpResponse:
    messages.success(request, _("The appeal is filed. Two people review it, one after the other."))
    return redirect("assessment:appeal", appeal_id)
