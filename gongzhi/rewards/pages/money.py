"""Rules, budgets and payout batches."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.errors import Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.base.payouts.pages import (
    BudgetForm,
    batches_seen,
    for_the_finance_office,
    note_of,
    reasons,
)
from gongzhi.base.texts import plain
from gongzhi.rewards import actions, queries
from gongzhi.rewards.capabilities import Can
from gongzhi.rewards.forms import AdoptForm, RuleForm
from gongzhi.rewards.pages.desk import DESK


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules; who may, sets the next version or takes over the shipped table."""
    actor, on, at = actor_of(request), timezone.localdate(), timezone.now()
    year = {"valid_from": on, "valid_to": on.replace(year=on.year + 1, month=1, day=1)}
    is_adopting = request.method == "POST" and "adopt" in request.POST
    adopt = AdoptForm(request.POST if is_adopting else None, initial=year)
    form = RuleForm(
        request.POST if request.method == "POST" and not is_adopting else None,
        initial=year | {"claim_days": 60, "objection_days": 15, "day_most": 3},
    )
    if request.method == "POST" and _is_set(
        adopt if is_adopting else form, actor, at, adopt=is_adopting
    ):
        messages.success(request, _("The rule is in force from the day you named."))
        return redirect("reward_rules")
    context = {
        "rows": queries.public_rules(on=on), "versions": queries.all_rules()[:200], "form": form, "adopt": adopt,
        "shipped": queries.shipped_rules(), "can_set": actor.can(Can.SET_RULES), "has_any": queries.all_rules().exists(),
    }  # fmt: skip
    return render(
        request, "rewards/rules.html", context, status=422 if form.errors or adopt.errors else 200
    )


def _is_set(form: Any, actor: Any, at: Any, *, adopt: bool) -> bool:
    def deed(**said: Any) -> Any:
        if adopt:
            return actions.adopt_shipped(actor=actor, at=at, **said)
        return actions.set_rule(draft=actions.RuleDraft(**said), actor=actor, at=at)

    return attempt(form, deed) is not FAILED


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def budgets(request: HttpRequest) -> HttpResponse:
    actor, on, at = actor_of(request), timezone.localdate(), timezone.now()
    areas = queries.areas_for_budget(actor) if actor.can(Can.SET_RULES) else []
    form = BudgetForm(request.POST or None, areas=areas, on=on)
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.set_budget(
                draft=actions.BudgetDraft(**said), actor=actor, at=at
            ),
        )
        if done is not FAILED:
            messages.success(request, _("The budget is set."))
            return redirect("reward_budgets")
    context = {"rows": queries.budget_stands(actor, on=on), "form": form, "can_set": bool(areas)}
    return render(request, "rewards/budgets.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*DESK)
def batches(request: HttpRequest) -> HttpResponse:
    """Show the payout batches; who pays, puts the claimed awards of a town into a new one."""
    if request.method == "POST":
        return _made(request)
    return render(request, "rewards/batch_list.html", batches_seen(request, queries, pay=Can.PAY))


def _made(request: HttpRequest) -> HttpResponse:
    area_path = plain(request.POST.get("area", ""))[:60]
    try:
        made = actions.make_batch(area_path=area_path, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("reward_batches")
    if made.left_out:
        words = ngettext(
            "{n} award you had a hand in was left out.", "{n} awards you had a hand in were left out.", made.left_out
        )  # fmt: skip
        messages.warning(request, words.format(n=made.left_out))
    return redirect("reward_batch", made.batch.pk)


@require_safe
@never_cache
@needs(*DESK)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = queries.batch(actor, batch_id)
    context = {"row": row, "lines": queries.batch_lines(row), "can_pay": actor.can(Can.PAY)}
    return render(request, "rewards/batch.html", context)


@require_safe
@never_cache
@needs(Can.PAY)
def batch_file(request: HttpRequest, batch_id: int, form: str) -> HttpResponseBase:
    headings = (
        pgettext("column", "no."), pgettext("column", "matter"), pgettext("column", "amount (yuan)"),
        pgettext("column", "way of payment"), pgettext("column", "payee"), pgettext("column", "account"),
        pgettext("column", "bank"),
    )  # fmt: skip
    return for_the_finance_office(request, batch_id, form, module=(queries, actions), headings=headings)  # fmt: skip


@require_POST
@needs(Can.PAY)
def take_out(request: HttpRequest, batch_id: int, award_id: int) -> HttpResponse:
    actions.take_out(batch_id=batch_id, award_id=award_id, note=note_of(request), actor=actor_of(request), at=timezone.now())  # fmt: skip
    messages.success(request, _("Taken out; it waits for the next batch."))
    return redirect("reward_batch", batch_id)


@require_POST
@needs(Can.PAY)
def freeze(request: HttpRequest, batch_id: int) -> HttpResponse:
    actions.freeze(batch_id=batch_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Frozen. Download the file for the finance office."))
    return redirect("reward_batch", batch_id)


@require_POST
@needs(Can.PAY)
def mark_paid(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Note the batch as paid, but for the lines that carry a reason why not."""
    failed = reasons(request, "failed-", most=500)
    actions.mark_paid(batch_id=batch_id, failed=failed, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Noted. Whoever was not paid is asked for another way."))
    return redirect("reward_batch", batch_id)
