"""Time rules with their versions and sources."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.clocks import actions, queries
from gongzhi.clocks.capabilities import Can
from gongzhi.clocks.forms import RuleForm
from gongzhi.clocks.pages.shared import show


@require_GET
@needs(Can.VIEW)
def time_rules(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    rows = queries.rule_lines(text, timezone.localdate())
    return show(request, "time_rules.html", {"rows": rows, "text": text})


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    versions = [rule for rule in queries.rules_in_force() if rule.code == code]
    if not versions:
        raise OutOfReach
    newest = versions[0]
    form = RuleForm(
        request.POST or None,
        initial={
            **(newest.limit.as_dict() if newest.limit else {}),
            "name": newest.name, "most": newest.most, "levels": newest.levels,
            "source": newest.source,
        },
    )  # fmt: skip
    if form.is_valid():
        kept = ("name", "limit", "most", "levels", "valid_from", "source")
        values = {name: form.cleaned_data[name] for name in kept}
        try:
            actions.publish_rule(code=code, actor=actor_of(request), at=timezone.now(), **values)
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, _("The new version is kept; what runs keeps the old one."))
            return redirect("clocks:time_rules")
    values = {
        "form": form,
        "code": code,
        "versions": queries.rule_lines(code, timezone.localdate()),
    }
    return show(request, "new_version.html", values, status=422 if form.errors else 200)
