"""A case brought on paper, and an application to a court, commission or notary."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.forms import ApplyForm, EnterForm
from gongzhi.docking.pages.door import tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.RECORD)
def case(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    form = EnterForm(request.POST or None, kinds=actions.kinds_of(is_incoming=True), panels=actions.panels(), areas=queries.villages(actor))  # fmt: skip
    if request.method == "POST":
        names = ("kind", "case_number", "cause", "area_path", "panel", "amount", "appointed_at", "story", "wish")  # fmt: skip
        done = attempt(
            form,
            lambda **said: actions.enter_case(
                partner_id=said["partner_id"], actor=actor, at=at,
                case=actions.Case(sides=form.sides(), channel="hall", **{name: said[name] for name in names}),
            ),
        )  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("The case is in the register; the centre triages it."))
            return redirect("docking:case", done.pk)
    context = {"tabs": tabs("incoming", actor), "form": form}
    return render(request, "docking/enter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.FILE)
def application(request: HttpRequest, number: str) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    kind = request.GET.get("kind", "")[:20]
    offices = actions.offices_for(kind)
    fitting = queries.partners(*offices)[:1] if offices else []
    initial = {"kind": kind, "partner_id": fitting[0].pk if fitting else None}
    form = ApplyForm(request.POST or None, kinds=actions.kinds_of(is_incoming=False), initial=initial)  # fmt: skip
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.open_application(
                said=actions.Application(matter_number=number, **said), actor=actor, at=at
            ),
        )
        if done is not FAILED:
            messages.success(request, _("Begun. Now put the papers together; the clock runs."))
            return redirect("docking:case", done.pk)
    context = {"tabs": tabs("outgoing", actor), "form": form, "number": number}
    return render(request, "docking/apply.html", context, status=422 if form.errors else 200)
