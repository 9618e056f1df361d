"""The security office: lock-outs, sessions, second factors, roles and the rules for passwords."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.accounts import actions
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.queries import security
from gongzhi.base.pages import needs, page_asked, query_without
from gongzhi.base.paging import page_of


@needs(Can.SECURE)
def overview(request: Any) -> HttpResponse:
    now = timezone.now()
    words = {
        "lock_outs": security.lock_outs(request.actor, at=now),
        "roles": security.role_table(request.actor, on=timezone.localdate()),
        "session_count": security.sessions(request.actor, text="", at=now).count(),
        "policy": _policy(),
    }
    return render(request, "accounts/security.html", words)


def _policy() -> list[tuple[str, str]]:
    days = settings.PASSWORD_MAX_AGE_DAYS
    return [
        (
            _("Length"),
            _("at least 10 characters, not only digits, not a common word, unlike one's own name"),
        ),
        (
            _("Old passwords"),
            _("the last {count} do not come back").format(count=settings.PASSWORD_HISTORY),
        ),
        (_("Age"), _("{days} days").format(days=days) if days else _("without end")),
        (
            _("Lock-out"),
            _("after {count} wrong passwords, for {minutes} minutes").format(
                count=settings.AXES_FAILURE_LIMIT, minutes=round(settings.AXES_COOLOFF_TIME * 60)
            ),
        ),
        (
            _("Session"),
            _("ends after {idle} minutes without use and {hours} hours in all").format(
                idle=settings.SESSION_IDLE_AGE // 60, hours=settings.SESSION_COOKIE_AGE // 3600
            ),
        ),
    ]


@needs(Can.SECURE)
@require_POST
def unlock(request: Any) -> HttpResponse:
    actions.unlock(
        username=request.POST.get("username", ""),
        reason=request.POST.get("reason", "")[:500],
        actor=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The lock is lifted."))
    return HttpResponseRedirect("/setup/security")


@needs(Can.SECURE)
def sessions(request: Any) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    rows = security.sessions(request.actor, text=text, at=timezone.now())
    again = query_without(request, "after", "before")
    page = page_of(rows, "pk", **page_asked(request))
    return render(request, "accounts/sessions.html", {"page": page, "text": text, "again": again})


@needs(Can.SECURE)
def second_factors(request: Any) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    rows = security.people_with_second_factor(request.actor, text=text)
    again = query_without(request, "after", "before")
    page = page_of(rows, "username", **page_asked(request))
    return render(
        request, "accounts/second_factors.html", {"page": page, "text": text, "again": again}
    )


@needs(Can.SECURE)
@require_POST
def reset_second_factor(request: Any, user_id: int) -> HttpResponse:
    actions.reset_second_factor(
        user_id=user_id,
        reason=request.POST.get("reason", "")[:500],
        actor=request.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The second factor is reset; the person enrols anew."))
    return HttpResponseRedirect("/setup/security/second-factors")
