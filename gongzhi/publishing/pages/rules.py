"""What may be shown, by item: the rules in force, and the city's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.publishing import actions, queries
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.forms import RuleForm


@needs(Can.MODERATE)
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules; who moderates the whole city may set one from a day on."""
    actor, today = actor_of(request), timezone.localdate()
    form = RuleForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": today}
    )

    def deed(**values: Any) -> Any:
        return actions.set_rule(actor=actor, at=timezone.now(), **values)

    status = 200
    if request.method == "POST":
        if attempt(form, deed) is not FAILED:
            messages.success(request, _("The rule holds from its day on."))
            return HttpResponseRedirect("/desk/publishing/rules")
        status = 422
    context = {
        "rows": queries.rules_in_force(on=today), "form": form, "may_set": actions.may_set_rules(actor),
        "paces": queries.paces(), "place_words": queries.place_words(), "today": today,
    }  # fmt: skip
    return render(request, "publishing/rules.html", context, status=status)
