"""My data: what is kept and why, to take away, and the end of the account."""

from typing import Any

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import download
from gongzhi.base.pages import actor_of
from gongzhi.residents import actions, queries
from gongzhi.residents.forms import DeleteForm
from gongzhi.residents.pages import door


@require_safe
@door.own_corner
def data(request: HttpRequest, *, resident: Any) -> HttpResponse:
    return _page(request, resident, DeleteForm())


def _page(
    request: HttpRequest, resident: Any, form: DeleteForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form, "kept": queries.kept_sorts(), "account": resident,
        "own": queries.data_of(resident, at=timezone.now()),
    }  # fmt: skip
    return render(request, "residents/data.html", context, status=status)


@require_POST
@door.own_corner
def take(request: HttpRequest, *, resident: Any) -> HttpResponseBase:
    """Hand over everything: as JSON for a program, as a page for a reader."""
    at = timezone.now()
    own = queries.data_of(resident, at=at)
    actions.note_taken(resident=resident, actor=actor_of(request), at=at)
    name = _("my data at Gongzhi")
    if request.POST.get("form") == "html":
        words = {"own": own, "kept": queries.kept_sorts(), "at": at}
        page = render_to_string("residents/data_paper.html", words, request=request)
        return download(page.encode(), name=f"{name}.html", kind="text/html; charset=utf-8")
    answer = JsonResponse(own, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return download(answer.content, name=f"{name}.json", kind="application/json")


@require_http_methods(["POST"])
@door.own_corner
def delete(request: HttpRequest, *, resident: Any) -> HttpResponse:
    form = DeleteForm(request.POST)
    if not form.is_valid():
        return _page(request, resident, form, status=422)
    actions.delete_account(
        resident=resident, forget_contact=form.cleaned_data["forget_contact"],
        actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    messages.success(
        request,
        _(
            "Your account is deleted. Matters that you reported go on; number and code still open them."
        ),
    )
    return door.let_out(HttpResponseRedirect("/"))
