"""The rules for automatic orders and the numbers oversight works by; new versions from a day on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.oversight import actions, queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.forms import NormForm, RuleForm
from gongzhi.oversight.pages.door import tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponse:
    actor, on = actor_of(request), timezone.localdate()
    rules, norms = queries.order_rules_in_force(on=on), queries.norms_in_force(on=on)
    forms = _forms(request, rules, norms)
    if request.method == "POST":
        if not actor.can(Can.SET_RULES):
            raise OutOfReach
        if _kept(request, forms):
            messages.success(request, _("The new version is kept; those before it stay."))
            return redirect("oversight:rules")
    context = {
        "tabs": tabs("rules"), "rules": rules, "norms": norms, "can_set": actor.can(Can.SET_RULES), **forms,
        "versions": [r for r in queries.order_rules() if r.version > 1], "norm_versions": [n for n in queries.norms() if n.version > 1],
        "reasons": {row.code: row.name for row in queries.reasons(on=on)}, "bands": queries.bands(on=on),
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values())
    return render(request, "oversight/rules.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, rules: list[Any], norms: list[Any]) -> dict[str, Any]:
    which = request.POST.get("which", "")
    every = {row.code: row.name for row in queries.order_rules()} | {r.code: r.name for r in rules}
    return {
        "rule_form": RuleForm(request.POST if which == "rule" else None, rules=list(every.items())),
        "norm_form": NormForm(request.POST if which == "norm" else None, norms=[(n.code, n.name) for n in norms]),
    }  # fmt: skip


def _kept(request: HttpRequest, forms: dict[str, Any]) -> bool:
    actor, at = actor_of(request), timezone.now()
    if request.POST.get("which") == "norm":
        done = attempt(forms["norm_form"], lambda **said: actions.set_norm(actor=actor, at=at, **said))  # fmt: skip
    else:
        done = attempt(forms["rule_form"], lambda **said: actions.set_rule(actor=actor, at=at, **said))  # fmt: skip
    return done is not FAILED
