"""Findings: what the office found out, with evidence; cancelled with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.assessment import actions, queries
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.forms import FindingForm, ReasonForm
from gongzhi.assessment.pages import door
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    blame,
    needs,
    page_asked,
    query_without,
)


@require_safe
@needs(Can.VIEW, Can.KEEP)
def listing(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, form: Any = None, cancelling: tuple[int, Any] | None = None) -> HttpResponse:  # fmt: skip
    actor, text = actor_of(request), door.text_asked(request)
    page = queries.findings_page(actor, text=text, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "findings"), "page": page, "text": text, "again": query_without(request, "after", "before"),
        "rows": [(row, queries.named(row.nature)) for row in page.rows], "can_keep": actor.can(Can.KEEP),
        "form": form or FindingForm(initial={"found_on": door.today()}), "failed": form is not None,
        "cancel_form": cancelling[1] if cancelling else ReasonForm(), "cancelling": cancelling[0] if cancelling else 0,
    }  # fmt: skip
    return render(request, "assessment/findings.html", context, status=422 if form or cancelling else 200)  # fmt: skip


@require_POST
@needs(Can.KEEP)
def note(request: HttpRequest) -> HttpResponse:
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    said = dict(form.cleaned_data)
    try:
        key = queries.subject_key(said["subject"], said.pop("about"), on=door.today())
        draft = actions.FindingDraft(key=key, **said)
        actions.note(draft=draft, actor=actor_of(request), at=timezone.now())
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _list(request, form)
    messages.success(request, _("The finding is noted; it takes points in the period of its day."))
    return redirect("assessment:findings")


@require_POST
@needs(Can.KEEP)
def cancel(request: HttpRequest, finding_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda **said: actions.cancel(finding_id=finding_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _list(request, cancelling=(finding_id, form))
    messages.success(request, _("The finding is cancelled; published results stay as they are."))
    return redirect("assessment:findings")
