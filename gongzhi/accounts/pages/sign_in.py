"""Coming in and going out."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongzhi.accounts import actions, queries
from gongzhi.accounts.forms import CodeForm, SignInForm
from gongzhi.accounts.pages.answering import way_back
from gongzhi.accounts.queries import security
from gongzhi.base.pages import FAILED, attempt

PENDING = "waiting_for_code"
MINUTES_FOR_CODE = 5
# Administrators have no part in the city's matters: their day begins in their own office.
OFFICES = {
    "system_admin": "/setup/organisation",
    "security_admin": "/setup/security",
    "auditor": "/setup/audit",
}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password; with a second factor, its code comes next."""
    if request.actor.id:  # type: ignore[attr-defined]
        return HttpResponseRedirect(way_back(request, settings.LOGIN_REDIRECT_URL))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user: Any = _authenticated(request, form)
        if user is None:
            return _sign_in_page(request, form, 422)
        if user.second_factor_at:
            return _ask_for_code(request, user)
        return _come_in(request, user)
    return _sign_in_page(request, form, 422 if form.errors else 200)


def _authenticated(request: HttpRequest, form: SignInForm) -> Any:
    username = form.cleaned_data["username"].strip().lower()
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        address = request.actor.address  # type: ignore[attr-defined]
        actions.note_failed_sign_in(username=username, address=address, at=timezone.now())
        form.add_error(None, _("User name or password is wrong."))
    return user


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    words = {
        "form": form,
        "next": way_back(request, ""),
        "why": request.GET.get("why", ""),
        "minutes": settings.SESSION_IDLE_AGE // 60,
    }
    return render(request, "accounts/sign_in.html", words, status=status)


def _ask_for_code(request: HttpRequest, user: Any) -> HttpResponse:
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "at": timezone.now().timestamp(),
        "next": way_back(request, ""),
    }
    return HttpResponseRedirect("/sign-in/code")


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor, within five minutes of the password."""
    pending = request.session.get(PENDING)
    since = timezone.now().timestamp() - timedelta(minutes=MINUTES_FOR_CODE).total_seconds()
    if not pending or pending["at"] < since:
        return HttpResponseRedirect("/sign-in?why=slow" if pending else "/sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and _code_fits(form, pending["user"]):
        return _come_in(request, actions.account_of(pending["user"]), pending["next"])
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


def _code_fits(form: CodeForm, user_id: int) -> bool:
    def deed(code: str) -> None:
        actions.check_second_factor(user_id=user_id, code=code, at=timezone.now())

    return attempt(form, deed) is not FAILED


def _come_in(request: HttpRequest, user: Any, target: str = "") -> HttpResponse:
    login(request, user, backend=BACKEND)
    request.session.pop(PENDING, None)
    actions.note_sign_in(
        user_id=user.pk,
        address=request.actor.address,  # type: ignore[attr-defined]
        device=request.headers.get("User-Agent", ""),
        at=timezone.now(),
    )
    answer = HttpResponseRedirect(target or way_back(request, _first_page(user.pk)))
    if user.language:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return answer


def _first_page(user_id: int) -> str:
    roles = {grant.role for grant in queries.actor_for(user_id, timezone.now()).grants}
    is_administrator = bool(roles) and roles <= OFFICES.keys()
    return OFFICES[min(roles)] if is_administrator else settings.LOGIN_REDIRECT_URL


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.id:
        actions.note_sign_out(actor=actor, at=timezone.now())
    logout(request)
    return HttpResponseRedirect("/sign-in?why=out")


def locked_out(request: HttpRequest, _answer: Any = None, credentials: Any = None) -> HttpResponse:
    """Say, after too many wrong passwords, when the next attempt counts. (AXES_LOCKOUT_CALLABLE)"""
    until = security.locked_until(
        username=(credentials or {}).get("username", ""),
        address=request.actor.address,  # type: ignore[attr-defined]
    )
    form = SignInForm(request.POST)
    form.full_clean()
    at = date_format(timezone.localtime(until), "H:i") if until else ""
    form.add_error(
        None,
        _(
            "Too many wrong passwords. Try again at {time}, or ask the security administrator."
        ).format(time=at),
    )
    return _sign_in_page(request, form, 429)
