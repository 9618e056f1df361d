"""Language, size, ways of being told; a mailbox confirmed by its own code."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import FAILED, attempt, blame
from gongzhi.residents import actions, queries
from gongzhi.residents.forms import CodeForm, EmailForm, SettingsForm, initial_of
from gongzhi.residents.pages import door
from gongzhi.residents.pages.sign_in import show_code


@require_http_methods(["GET", "HEAD", "POST"])
@door.own_corner
def settings(request: HttpRequest, *, resident: Any) -> HttpResponse:
    if request.method != "POST":
        return _page(request, resident, SettingsForm(initial=initial_of(resident)))
    form = SettingsForm(request.POST)
    saved = attempt(form, lambda **said: actions.save_settings(resident=resident, **said))
    if saved is FAILED:
        return _page(request, resident, form, status=422)
    resident.language = form.cleaned_data["language"]
    with override(resident.language):
        messages.success(request, _("Saved."))
    return door.speak(HttpResponseRedirect("/my/settings"), resident)


def _page(
    request: HttpRequest, resident: Any, form: SettingsForm, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "form": form, "account": resident, "email_form": EmailForm(), "code_form": CodeForm(),
        "is_waiting": bool(queries.ticket_of(request)),
    }  # fmt: skip
    return render(request, "residents/settings.html", context | forms, status=status)


@require_POST
@door.own_corner
def email(request: HttpRequest, *, resident: Any) -> HttpResponse:
    """Send a code to a mailbox: nobody is written to at an address that is not theirs."""
    form, plain = EmailForm(request.POST), SettingsForm(initial=initial_of(resident))
    if not form.is_valid():
        return _page(request, resident, plain, status=422, email_form=form)
    at = timezone.now()
    verdict = door.verdict_on_code(request, at=at)
    if verdict.must_prove:
        return door.to_check(request, at=at)
    if not verdict.allowed:
        form.add_error(None, door.too_often())
        return _page(request, resident, plain, status=429, email_form=form)
    try:
        sent = actions.send_code(
            address=form.cleaned_data["email"], is_email=True, language=resident.language, at=at
        )  # fmt: skip
    except Refused as refused:
        blame(form, refused)
        return _page(request, resident, plain, status=429, email_form=form)
    show_code(request, sent.code)
    return door.hand_ticket(HttpResponseRedirect("/my/settings#email"), sent.ticket)


@require_POST
@door.own_corner
def email_code(request: HttpRequest, *, resident: Any) -> HttpResponse:
    form, plain = CodeForm(request.POST), SettingsForm(initial=initial_of(resident))
    status = _confirmed(request, form, resident)
    if status != 302:
        return _page(request, resident, plain, status=status, code_form=form)
    messages.success(request, _("The mailbox is confirmed."))
    answer = HttpResponseRedirect("/my/settings#email")
    answer.delete_cookie(queries.TICKET)
    return answer


def _confirmed(request: HttpRequest, form: CodeForm, resident: Any) -> int:
    if not form.is_valid():
        return 422
    if not door.may_try(request, at=timezone.now()):
        form.add_error(None, door.too_often())
        return 429
    try:
        actions.confirm_email(
            resident=resident, ticket=queries.ticket_of(request), code=form.cleaned_data["code"],
            at=timezone.now(),
        )  # fmt: skip
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return 409 if isinstance(trouble, Refused) else 422
    return 302


@require_POST
@door.own_corner
def forget_email(request: HttpRequest, *, resident: Any) -> HttpResponse:
    actions.forget_email(resident=resident)
    messages.success(request, _("The mailbox is forgotten."))
    return HttpResponseRedirect("/my/settings#email")
