"""In by a code on one's own telephone, and out again."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of, blame
from gongzhi.residents import actions, queries
from gongzhi.residents.forms import CodeForm, PhoneForm
from gongzhi.residents.pages import door

CONSOLE = "gongzhi.notices.clients.ConsoleSms"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the telephone, and send it a code."""
    if request.method != "POST":
        if queries.resident_of(request):
            return HttpResponseRedirect(door.next_of(request.GET))
        return _asked(request, PhoneForm())
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, status=422)
    at = timezone.now()
    verdict = door.verdict_on_code(request, at=at)
    if verdict.must_prove:
        return door.to_check(request, at=at)
    if not verdict.allowed:
        form.add_error(None, door.too_often())
        return _asked(request, form, status=429)
    return _code_sent(request, form)


def _code_sent(request: HttpRequest, form: PhoneForm) -> HttpResponse:
    try:
        sent = actions.send_code(
            address=form.cleaned_data["phone"], language=get_language() or "", at=timezone.now()
        )
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _asked(request, form, status=429 if isinstance(trouble, Refused) else 422)
    show_code(request, sent.code)
    query = urlencode({"next": door.next_of(request.POST)})
    return door.hand_ticket(HttpResponseRedirect(f"/my/sign-in/code?{query}"), sent.ticket)


def show_code(request: HttpRequest, code: str) -> None:
    """Show the code on the page, in a demonstration that sends its text messages to the log."""
    if settings.DEMONSTRATION and settings.SMS_ADAPTER == CONSOLE:
        words = _("Demonstration: no message is sent. The code is {code}.")
        messages.info(request, words.format(code=code))


def _asked(request: HttpRequest, form: PhoneForm, *, status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    context = {"form": form, "next": door.next_of(asked)}
    return render(request, "residents/sign_in.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Take the code; the first one makes the account."""
    if not queries.ticket_of(request):
        return HttpResponseRedirect("/my/sign-in")
    if request.method != "POST":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    if not door.may_try(request, at=timezone.now()):
        form.add_error(None, door.too_often())
        return _code_page(request, form, status=429)
    try:
        resident = actions.sign_in(
            ticket=queries.ticket_of(request), code=form.cleaned_data["code"],
            language=_language(), actor=actor_of(request), at=timezone.now(),
        )  # fmt: skip
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _code_page(request, form, status=409 if isinstance(trouble, Refused) else 422)
    answer = door.let_in(HttpResponseRedirect(door.next_of(request.POST)), resident)
    if follows := queries.device_follows(request):
        actions.take_along(resident=resident, seen=follows, at=timezone.now())
        door.keep_on_device(answer, {})
    return answer


def _language() -> str:
    known = [code for code, _name in settings.LANGUAGES]
    spoken = get_language() or ""
    return spoken if spoken in known else settings.LANGUAGE_CODE


def _code_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    asked: Any = request.POST if request.method == "POST" else request.GET
    context = {"form": form, "next": door.next_of(asked), "minutes": settings.CODE_MINUTES}
    return render(request, "residents/code.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    return door.let_out(HttpResponseRedirect("/"))


@require_POST
@door.own_corner
def end_everywhere(request: HttpRequest, *, resident: Any) -> HttpResponse:
    actions.end_everywhere(resident=resident, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("You are signed out on every device."))
    return door.let_out(HttpResponseRedirect("/my/sign-in"))
