"""One's own allowances, and the publicity everybody reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.allowances import actions, queries
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.forms import AccountForm, ObjectForm
from gongzhi.base.errors import Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.places import queries as places


@require_safe
@never_cache
@needs(Can.OWN)
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, form: Any = None, of: int = 0) -> HttpResponse:  # fmt: skip
    offices = queries.own_money(actor_of(request))
    forms = [form if form and one.mediator.pk == of else AccountForm() for one in offices]
    context = {"offices": list(zip(offices, forms, strict=True))}
    return render(request, "allowances/mine.html", context, status=status)


@require_POST
@needs(Can.OWN)
def account(request: HttpRequest, mediator_id: int) -> HttpResponse:
    form = AccountForm(request.POST)
    done = attempt(form, lambda **said: actions.set_account(mediator_id=mediator_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, status=422, form=form, of=mediator_id)
    messages.success(request, _("Your account is set; it is kept encrypted."))
    return redirect("allowances:mine")


@require_safe
def publicity(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("area", "")[:60]
    towns = [(row.path, row.name) for row in places.areas_at_level(1)]
    area = asked if asked in dict(towns) else ""
    page, rows = queries.published(at=timezone.now(), area=area, **page_asked(request))
    context = {"page": page, "rows": rows, "towns": towns, "area": area, "again": query_without(request, "after", "before")}  # fmt: skip
    return render(request, "allowances/publicity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def object_to(request: HttpRequest, allowance_id: int) -> HttpResponse:
    """Take an objection to something published, from anybody; limited by device and address."""
    at = timezone.now()
    row = queries.published_one(allowance_id, at=at)
    form = ObjectForm(request.POST or None)
    if request.method == "POST":
        sender = guarding.sender_of(request)
        if not guard.admit(deed=guarding.Deed.LOOK, device=sender.device, address=sender.address, at=at).allowed:  # fmt: skip
            raise Refused(_("That was very often in a short time. Please wait a few minutes."))
        done = attempt(form, lambda **said: actions.object_to(allowance_id=allowance_id, at=at, **said))  # fmt: skip
        if done is not FAILED:
            return render(request, "allowances/objected.html", {"row": row, "due": done.due_at})
    return render(request, "allowances/object.html", {"row": row, "form": form}, status=422 if form.errors else 200)  # fmt: skip
