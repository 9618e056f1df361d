"""Courts and other offices: address, key."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.forms import PartnerForm
from gongzhi.docking.pages.door import tabs

NAMES = ("code", "name", "kind", "address", "url", "is_active")


@require_safe
@needs(Can.SET_PARTNERS)
def listing(request: HttpRequest) -> HttpResponse:
    rows = [
        (row, request.build_absolute_uri(reverse("docking:exchange", args=[row.code])), queries.last_heard(row.pk))
        for row in queries.every_partner()
    ]  # fmt: skip
    context = {"tabs": tabs("partners", actor_of(request)), "rows": rows}
    return render(request, "docking/partners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SET_PARTNERS)
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SET_PARTNERS)
def change(request: HttpRequest, partner_id: int) -> HttpResponse:
    return _form(request, queries.partner(partner_id))


def _form(request: HttpRequest, row: Any) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    initial = {name: getattr(row, name) for name in NAMES} if row else {"is_active": True}
    form = PartnerForm(request.POST or None, initial=initial, kinds=actions.partner_kinds())
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.keep_partner(
                said=actions.PartnerSaid(**said), actor=actor, at=at, partner_id=row.pk if row else None
            ),
        )  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("{name} is kept.").format(name=done.name))
            return redirect("docking:partner", done.pk)
    context = {"tabs": tabs("partners", actor), "form": form, "partner": row}
    return render(request, "docking/partner.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Can.SET_PARTNERS)
def key(request: HttpRequest, partner_id: int) -> HttpResponse:
    """Make a new key and show it once."""
    row, made = actions.renew_key(partner_id=partner_id, actor=actor_of(request), at=timezone.now())
    context = {"tabs": tabs("partners", actor_of(request)), "partner": row, "key": made}
    response = render(request, "docking/key.html", context)
    response["Cache-Control"] = "no-store"
    return response
