"""Rules, budgets and payment batches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.allowances import actions, queries
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.forms import AdoptForm, UploadForm
from gongzhi.allowances.pages.desk import DESK
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.base.payouts.pages import (
    BudgetForm,
    batches_seen,
    for_the_finance_office,
    note_of,
    reasons,
)
from gongzhi.base.texts import plain


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def rules(request: HttpRequest) -> HttpResponse:
    """Show the tables; who may, takes one of the sources over or uploads the city's own."""
    actor, on, at = actor_of(request), timezone.localdate(), timezone.now()
    areas = queries.areas_to_rule(actor) if actor.can(Can.SET_RULES) else []
    is_upload = request.method == "POST" and "upload" in request.POST
    is_adopt = request.method == "POST" and not is_upload
    adopt = AdoptForm(request.POST if is_adopt else None, areas=areas, initial={"valid_from": on})
    upload = UploadForm(request.POST if is_upload else None, request.FILES if is_upload else None, areas=areas, initial={"valid_from": on})  # fmt: skip

    def adopted(code: str, **said: Any) -> Any:
        shipped = queries.shipped_sets()[code]
        draft = actions.SetDraft(name=shipped.name, source=shipped.source, **said)
        return actions.adopt_shipped(code=code, draft=draft, actor=actor, at=at)

    def uploaded(file: Any, **said: Any) -> Any:
        lines = actions.read_rules(content=file.read())
        return actions.set_rules(draft=actions.SetDraft(**said), lines=lines, actor=actor, at=at)

    if request.method == "POST":
        done = attempt(upload, uploaded) if is_upload else attempt(adopt, adopted)
        if done is not FAILED:
            messages.success(request, _("The table is in force from {day}.").format(day=done.valid_from))  # fmt: skip
            return redirect("allowances:rules")
    context = {"rows": queries.set_rows(actor, on=on), "adopt": adopt, "upload": upload, "can_set": bool(areas)}  # fmt: skip
    return render(request, "allowances/rules.html", context, status=422 if adopt.errors or upload.errors else 200)  # fmt: skip


@require_safe
@needs(*DESK)
def rules_file(request: HttpRequest, set_id: int, form: str) -> HttpResponseBase:
    row = queries.rule_set(actor_of(request), set_id)
    if row is None:
        raise OutOfReach
    return table_download(queries.rule_headings(), queries.rule_table(row), name=f"rules-{row.pk}", form=form, title=row.name)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def budgets(request: HttpRequest) -> HttpResponse:
    actor, on, at = actor_of(request), timezone.localdate(), timezone.now()
    areas = queries.areas_to_rule(actor) if actor.can(Can.SET_RULES) else []
    form = BudgetForm(request.POST or None, areas=areas, on=on)
    if request.method == "POST":
        done = attempt(form, lambda **said: actions.set_budget(draft=actions.BudgetDraft(**said), actor=actor, at=at))  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("The budget is set."))
            return redirect("allowances:budgets")
    context = {"rows": queries.budget_stands(actor, on=on), "form": form, "can_set": bool(areas)}
    return render(request, "allowances/budgets.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def batches(request: HttpRequest) -> HttpResponse:
    """Show the batches; who pays, puts what can be paid in a town into a new one."""
    if request.method == "POST":
        return _made(request)
    return render(request, "allowances/batches.html", batches_seen(request, queries, pay=Can.PAY))


def _made(request: HttpRequest) -> HttpResponse:
    area_path = plain(request.POST.get("area", ""))[:60]
    try:
        made = actions.make_batch(area_path=area_path, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("allowances:batches")
    if made.left_out:
        words = ngettext("{n} you had a hand in was left out.", "{n} you had a hand in were left out.", made.left_out)  # fmt: skip
        messages.warning(request, words.format(n=made.left_out))
    if made.without_account:
        words = ngettext("{n} waits for an account to pay to.", "{n} wait for an account to pay to.", made.without_account)  # fmt: skip
        messages.warning(request, words.format(n=made.without_account))
    return redirect("allowances:batch", made.batch.pk)


@require_safe
@never_cache
@needs(*DESK)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = queries.batch(actor, batch_id)
    context = {"row": row, "shares": queries.batch_shares(row), "can_pay": actor.can(Can.PAY)}
    return render(request, "allowances/batch.html", context)


@require_safe
@never_cache
@needs(Can.PAY)
def batch_file(request: HttpRequest, batch_id: int, form: str) -> HttpResponseBase:
    headings = (
        pgettext("column", "no."), pgettext("column", "dispute"), pgettext("column", "mediator"), pgettext("column", "body"),
        pgettext("column", "yuan"), pgettext("column", "payee"), pgettext("column", "bank"), pgettext("column", "account"),
    )  # fmt: skip
    return for_the_finance_office(request, batch_id, form, module=(queries, actions), headings=headings)  # fmt: skip


@require_POST
@needs(Can.PAY)
def take_out(request: HttpRequest, batch_id: int, allowance_id: int) -> HttpResponse:
    actions.take_out(batch_id=batch_id, allowance_id=allowance_id, note=note_of(request), actor=actor_of(request), at=timezone.now())  # fmt: skip
    messages.success(request, _("Taken out; it waits for the next batch."))
    return redirect("allowances:batch", batch_id)


@require_POST
@needs(Can.PAY)
def freeze(request: HttpRequest, batch_id: int) -> HttpResponse:
    actions.freeze(batch_id=batch_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Frozen. Download the file for the finance office."))
    return redirect("allowances:batch", batch_id)


@require_POST
@needs(Can.PAY)
def mark_paid(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Note the batch as paid, but for the lines that carry a reason why they came back."""
    returned = reasons(request, "returned-", most=300)
    actions.mark_paid(batch_id=batch_id, returned=returned, actor=actor_of(request), at=timezone.now())  # fmt: skip
    messages.success(request, _("Noted. Whoever was not paid is told why."))
    return redirect("allowances:batch", batch_id)
