"""Following published matters and streets; ending it, also from a message."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.pages import page_of_ours
from gongzhi.publishing import queries as publishing
from gongzhi.residents import actions, queries
from gongzhi.residents.forms import AlertForm
from gongzhi.residents.pages import door


@require_safe
@never_cache
def following(request: HttpRequest) -> HttpResponse:
    """List what is followed, what has changed first; then it counts as seen."""
    resident = queries.resident_of(request)
    follows = queries.account_follows(resident) if resident else queries.device_follows(request)
    rows = queries.followed_rows(follows)
    alerts = queries.alerts_of(resident) if resident else []
    context = {"rows": rows, "alerts": alerts, "resident": resident}
    answer = render(request, "residents/following.html", context)
    seen = queries.seen_now(rows)
    if resident:
        actions.note_seen(resident=resident, stages=seen)
        return answer
    return door.keep_on_device(answer, follows | seen) if seen != follows else answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def follow(request: HttpRequest, public_id: str) -> HttpResponse:
    found = publishing.shown([public_id]).get(public_id)
    if found is None:
        raise OutOfReach
    resident = queries.resident_of(request)
    if request.method != "POST":
        context = {"one": found, "is_followed": queries.is_followed(request, resident, public_id)}
        return render(request, "residents/follow.html", context)
    answer = HttpResponseRedirect(_back(request, found.url))
    if resident:
        actions.follow(resident=resident, public_id=public_id, at=timezone.now())
        messages.success(request, _("You follow this matter now and hear when it moves on."))
        return answer
    words = _("You follow this matter on this device. Look under “Following” for what is new.")
    messages.success(request, words)
    follows = queries.device_follows(request)
    follows.pop(public_id, None)
    return door.keep_on_device(answer, follows | {public_id: found.stage})


def _back(request: HttpRequest, fallback: str) -> str:
    return page_of_ours(request.POST.get("back", ""), fallback)


@require_POST
def unfollow(request: HttpRequest, public_id: str) -> HttpResponse:
    answer = HttpResponseRedirect(_back(request, "/following"))
    messages.success(request, _("You do not follow it any more."))
    if resident := queries.resident_of(request):
        actions.unfollow(resident=resident, public_id=public_id)
        return answer
    follows = queries.device_follows(request)
    follows.pop(public_id, None)
    return door.keep_on_device(answer, follows)


@require_http_methods(["GET", "HEAD", "POST"])
@door.own_corner
def alerts(request: HttpRequest, *, resident: Any) -> HttpResponse:
    """Choose streets to watch."""
    form = AlertForm(request.POST or None)
    status = 200
    if form.is_bound:
        status = _added(form, resident)
        if status == 302:
            messages.success(request, _("You hear when something is published there."))
            return HttpResponseRedirect("/following#streets")
    return render(request, "residents/alert.html", {"form": form}, status=status)


def _added(form: AlertForm, resident: Any) -> int:
    if not form.is_valid():
        return 422
    said = form.cleaned_data
    try:
        actions.add_alert(
            resident=resident, area_path=said["area"], lon=said["lon"], lat=said["lat"],
            radius_m=said["radius"], classes=said["classes"], at=timezone.now(),
        )  # fmt: skip
    except Invalid as invalid:
        for name, sentence in invalid.problems.items():
            form.add_error(name, sentence)
        return 422
    except Refused as refused:
        form.add_error(None, str(refused))
        return 409
    return 302


@require_POST
@door.own_corner
def pause_alert(request: HttpRequest, alert_id: int, *, resident: Any) -> HttpResponse:
    is_paused = request.POST.get("paused") == "yes"
    actions.pause_alert(resident=resident, alert_id=alert_id, is_paused=is_paused)
    return HttpResponseRedirect("/following#streets")


@require_POST
@door.own_corner
def delete_alert(_request: HttpRequest, alert_id: int, *, resident: Any) -> HttpResponse:
    actions.delete_alert(resident=resident, alert_id=alert_id)
    return HttpResponseRedirect("/following#streets")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """
    End what a message is about, without signing in.

    One button, not the bare link: mail programs open links by themselves.
    """
    asked = queries.stop_of(token)
    if asked is None:
        raise OutOfReach
    words = queries.stop_words(asked)
    if request.method == "POST":
        actions.stop(token=token)
    context = {"words": words, "token": token, "is_done": request.method == "POST"}
    return render(request, "residents/stop.html", context)
