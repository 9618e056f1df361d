"""One's own page: details, password, sessions, second factor, substitute, language."""

import base64
import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongzhi.accounts import actions
from gongzhi.accounts.forms import CodeForm, OwnPasswordForm, PasswordForm, SubstituteForm
from gongzhi.accounts.pages.answering import way_back
from gongzhi.accounts.queries import people, security
from gongzhi.base.pages import FAILED, attempt, needs


@never_cache
@needs()
def me(request: Any) -> HttpResponse:
    return _me_page(request, SubstituteForm())


def _me_page(request: Any, form: SubstituteForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    sessions = security.own_sessions(request.actor, at=now)
    for session in sessions:
        session.is_this = security.is_this_session(session, request.session.session_key)  # type: ignore[attr-defined]
    words = {
        "person": security.me(request.actor),
        "postings": people.with_words(
            people.current_postings(request.actor.id, on=timezone.localdate())
        ),
        "sessions": sessions,
        "codes_left": security.unused_recovery_codes(request.actor),
        "substitutions": people.substitutions_of(request.actor.id)[:20],
        "today": timezone.localdate(),
        "form": form,
        "languages": settings.LANGUAGES,
    }
    return render(request, "accounts/me.html", words, status=status)


@never_cache
@needs()
@sensitive_post_parameters()
def password(request: Any) -> HttpResponse:
    form = PasswordForm(request.POST or None)

    def deed(current: str, new: str, again: str) -> None:
        actions.change_password(
            current=current,
            new=new,
            session_key=request.session.session_key,
            actor=request.actor,
            at=timezone.now(),
        )

    if request.method == "POST" and attempt(form, deed) is not FAILED:
        messages.success(request, _("Your password is changed; your other devices are signed out."))
        return HttpResponseRedirect(way_back(request, "/me"))
    words = {"form": form, "next": way_back(request, ""), "history": settings.PASSWORD_HISTORY}
    return render(request, "accounts/password.html", words, status=422 if form.errors else 200)


@never_cache
@needs()
def second_factor(request: Any) -> HttpResponse:
    """Enrol a telephone: scan, type the first code, keep the recovery codes."""
    if security.me(request.actor).second_factor_at:
        return HttpResponseRedirect("/me")
    form = CodeForm(request.POST or None)

    def deed(code: str) -> list[str]:
        return actions.confirm_enrolment(
            code=code,
            session_key=request.session.session_key,
            actor=request.actor,
            at=timezone.now(),
        )

    if request.method == "POST" and (codes := attempt(form, deed)) is not FAILED:
        return _recovery_codes(request, codes)
    enrolment = actions.begin_enrolment(actor=request.actor)
    words = {
        "form": form,
        "qr": _qr(enrolment.address),
        "secret": enrolment.secret,
        "next": way_back(request, ""),
    }
    return render(request, "accounts/second_factor.html", words, status=422 if form.errors else 200)


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def _recovery_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    words = {"codes": codes, "next": way_back(request, "/me")}
    return render(request, "accounts/recovery_codes.html", words)


@never_cache
@needs()
@require_POST
def renew_codes(request: Any) -> HttpResponse:
    codes = actions.renew_recovery_codes(
        password=_own_password(request), actor=request.actor, at=timezone.now()
    )
    return _recovery_codes(request, codes)


@needs()
@require_POST
def remove_second_factor(request: Any) -> HttpResponse:
    actions.remove_second_factor(
        password=_own_password(request), actor=request.actor, at=timezone.now()
    )
    messages.success(request, _("You sign in with your password alone from now on."))
    return HttpResponseRedirect("/me")


def _own_password(request: Any) -> str:
    form = OwnPasswordForm(request.POST)
    return form.cleaned_data["password"] if form.is_valid() else ""


@needs()
@require_POST
def end_session(request: Any) -> HttpResponse:
    actions.end_session(
        digest=request.POST.get("session", ""), actor=request.actor, at=timezone.now()
    )
    messages.success(request, _("That device is signed out."))
    return HttpResponseRedirect(way_back(request, "/me"))


@needs()
@require_POST
def end_other_sessions(request: Any) -> HttpResponse:
    actions.end_other_sessions(
        session_key=request.session.session_key, actor=request.actor, at=timezone.now()
    )
    messages.success(request, _("All your other devices are signed out."))
    return HttpResponseRedirect("/me")


@needs()
@require_POST
def language(request: Any) -> HttpResponse:
    chosen = request.POST.get("language", "")
    answer = HttpResponseRedirect("/me")
    if chosen in dict(settings.LANGUAGES):
        actions.keep_language(language=chosen, actor=request.actor)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax")
    return answer


@needs()
@require_POST
def ask_for_substitute(request: Any) -> HttpResponse:
    form = SubstituteForm(request.POST)

    def deed(substitute: int, **values: Any) -> None:
        actions.ask_for_substitute(
            absent_id=request.actor.id,
            substitute_id=substitute,
            actor=request.actor,
            at=timezone.now(),
            **values,
        )

    if attempt(form, deed) is FAILED:
        return _me_page(request, form, 422)
    messages.success(request, _("Asked. Your lead or an administrator approves it."))
    return HttpResponseRedirect("/me")


@needs()
@require_POST
def end_substitution(request: Any, substitution_id: int) -> HttpResponse:
    actions.end_substitution(
        substitution_id=substitution_id,
        on=timezone.localdate(),
        actor=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The substitution ends."))
    return HttpResponseRedirect(way_back(request, "/me"))
