"""The front page, and the pages that only say something."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongzhi.matters import queries as matters
from gongzhi.places import queries as places
from gongzhi.portal import queries
from gongzhi.portal.forms import TOWN, ProgressForm


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "form": ProgressForm(),
        "near": queries.happenings(at=timezone.now()),
        "towns": places.areas_at_level(TOWN),
        "figures": queries.figures(at=timezone.now()),
        "mine": list(matters.followed(request).items())[::-1][:5],
    }
    return render(request, "portal/home.html", context)


@require_safe
def nearby(request: HttpRequest) -> HttpResponse:
    """Answer with what happened in one town, or in the whole city."""
    known = {town.path for town in places.areas_at_level(TOWN)}
    area_path = request.GET.get("area", "")
    near = queries.happenings(at=timezone.now(), area_path=area_path if area_path in known else "")
    return render(request, "portal/_near.html", {"near": near})


@require_POST
def forget(_request: HttpRequest) -> HttpResponse:
    """Forget on this device what it followed; the register keeps everything."""
    answer = HttpResponseRedirect("/")
    answer.delete_cookie(matters.FOLLOWED_COOKIE)
    return answer


@require_safe
def mediation(request: HttpRequest) -> HttpResponse:
    """Tell how to ask for mediation; whoever comes with a mediator chosen goes on to the form."""
    if chosen := request.GET.get("mediator", "")[:40]:
        return HttpResponseRedirect(f"/mediation/apply?{urlencode({'mediator': chosen})}")
    return render(request, "portal/mediation.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"days": matters.FOLLOWED_DAYS})
