"""The office's pages: the list of blocks, one block, a new one, and the table of reasons."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    needs,
    page_asked,
    query_without,
    text_asked,
)
from gongzhi.guard import actions, queries
from gongzhi.guard.capabilities import Can
from gongzhi.guard.forms import AnswerForm, BlockForm, LiftForm, ReasonForm, SeekForm


def _asked(request: HttpRequest) -> dict[str, str]:
    state = request.GET.get("state", "")
    return {
        "state": state if state in queries.STATES else "",
        "text": text_asked(request, most=40),
    }


@require_safe
@needs(Can.MANAGE)
def block_list(request: HttpRequest) -> HttpResponse:
    asked, at = _asked(request), timezone.now()
    context = {
        "page": queries.blocks_page(actor_of(request), at=at, **asked, **page_asked(request)),
        "asked": asked, "states": queries.STATES, "waiting": queries.appeals_waiting(), "now": at,
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "guard/block_list.html", context)


@require_safe
@needs(Can.MANAGE)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    at, actor = timezone.now(), actor_of(request)
    headings = (
        pgettext("column", "reference"), pgettext("column", "device or address"), pgettext("column", "label"),
        pgettext("column", "report"), pgettext("column", "reason"), pgettext("column", "note"),
        pgettext("column", "made by"), pgettext("column", "made at"), pgettext("column", "until"),
        pgettext("column", "lifted at"), pgettext("column", "lifted by"), pgettext("column", "why lifted"),
        pgettext("column", "appeals"), pgettext("column", "source"),
    )  # fmt: skip
    actions.note_export(actor=actor, form=form, at=at)
    rows = queries.blocks_table(queries.blocks(actor, at=at, **_asked(request)))
    return table_download(headings, rows, name=f"blocks-{timezone.localtime(at):%Y%m%d}", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a report's number; then show what it came from, to choose."""
    at, actor = timezone.now(), actor_of(request)
    asked = request.POST or request.GET
    number = _number(asked.get("number", ""))
    reasons = queries.reasons(on=timezone.localdate())
    form = BlockForm(request.POST or None, reasons=[(row.code, row.name) for row in reasons])
    if request.method == "POST":
        made = attempt(
            form, lambda **said: actions.block(number=number, actor=actor, at=at, **said)
        )
        if made is not FAILED:
            messages.success(
                request, _("Blocked. The visitor reads why, until when, and how to appeal.")
            )
            return redirect("block", made.reference)
    context = {
        "seek": SeekForm(initial={"number": asked.get("number", "")[:30]}), "number": number, "form": form,
        "seen": queries.seen_with(actor, number, at=at) if number else [], "reasons": reasons,
        "chosen": request.POST.get("key", ""),
    }  # fmt: skip
    return render(request, "guard/block_new.html", context, status=422 if form.errors else 200)


def _number(text: str) -> str:
    """Return a matter's number as it is kept, however it was typed."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())[:11]
    cut = (digits[:2], digits[2:6], digits[6:10], digits[10:])
    return "-".join(cut) if len(digits) == 11 else ""


@require_safe
@needs(Can.MANAGE)
def block(request: HttpRequest, reference: str) -> HttpResponse:
    return _block_page(request, reference)


def _block_page(
    request: HttpRequest, reference: str, *, status: int = 200, **forms: Any
) -> HttpResponse:
    row = queries.block(actor_of(request), reference)
    at = timezone.now()
    appeals = list(row.appeals.all())
    context = {
        "row": row, "appeals": appeals, "is_in_force": row.lifted_at is None and row.until > at, "now": at,
        "is_own": row.made_by == actor_of(request).id, "lift_form": LiftForm(), "answer_form": AnswerForm(),
    }  # fmt: skip
    return render(request, "guard/block.html", context | forms, status=status)


@require_POST
@needs(Can.MANAGE)
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    form, actor, at = LiftForm(request.POST), actor_of(request), timezone.now()
    if (
        attempt(form, lambda why: actions.lift(reference=reference, why=why, actor=actor, at=at))
        is FAILED
    ):
        return _block_page(request, reference, status=422, lift_form=form)
    messages.success(request, _("The block is lifted."))
    return redirect("block", reference)


@require_POST
@needs(Can.MANAGE)
def answer(request: HttpRequest, reference: str, appeal_id: int) -> HttpResponse:
    form, actor, at = AnswerForm(request.POST), actor_of(request), timezone.now()
    done = attempt(
        form,
        lambda **said: actions.answer(
            appeal_id=appeal_id, said=actions.Answer(**said), actor=actor, at=at
        ),
    )
    if done is FAILED:
        return _block_page(request, reference, status=422, answer_form=form)
    messages.success(request, _("The appeal is answered; the visitor reads your reason."))
    return redirect("block", reference)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MANAGE)
def reasons(request: HttpRequest) -> HttpResponse:
    at, actor, on = timezone.now(), actor_of(request), timezone.localdate()
    form = ReasonForm(request.POST or None, initial={"valid_from": on, "appeal_days": 3})
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.set_reason(
                draft=actions.ReasonDraft(**said), actor=actor, at=at
            ),
        )
        if done is not FAILED:
            messages.success(request, _("The reason is in the table."))
            return redirect("block_reasons")
    context = {"rows": queries.reasons(on=on), "versions": queries.reason_versions(), "form": form}
    return render(request, "guard/reasons.html", context, status=422 if form.errors else 200)
