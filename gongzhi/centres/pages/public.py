"""Doors open to everybody: the centre's own page, its tickets, its screen, and the application for mediation."""

import secrets
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.pages import FAILED, attempt, blame
from gongzhi.centres import actions, queries
from gongzhi.centres.forms import ApplyForm, TicketForm, answers_of
from gongzhi.guard import actions as guard
from gongzhi.guard import queries as guarding
from gongzhi.mediators import queries as mediators


def _code_of(address: str) -> Any:
    drawn = segno.make(settings.PUBLIC_ADDRESS + address, error="m").svg_inline(
        omitsize=True, border=0, dark="#17202e", svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn here from an address of our own


@require_safe
@never_cache
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """Show the hall's screen: numbers and counters, the clock, the code to take a number with a phone."""
    centre, at = queries.open_centre(code), timezone.now()
    context = {
        "centre": centre, "seen": queries.screen(centre, at=at), "now": timezone.localtime(at),
        "qr": _code_of(f"/centre/{centre.code}"),
    }  # fmt: skip
    is_part = request.GET.get("part") == "calls"
    return render(request, "centres/_screen.html" if is_part else "centres/screen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def house(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the code on the centre's door: where, when, take a number, apply."""
    centre, at = queries.open_centre(code), timezone.now()
    form = TicketForm(request.POST or None)
    if request.method == "POST":
        sender = guarding.sender_of(request)
        verdict = guard.admit(deed=guarding.Deed.REPORT, device=sender.device, address=sender.address, at=at, is_proved=True)  # fmt: skip
        if not verdict.allowed:
            form.add_error(
                None, _("That was very often in a short time. Please come to the counter.")
            )
        else:
            made = attempt(form, lambda **said: actions.take_ticket(centre=centre, at=at, **said))
            if made is not FAILED:
                return redirect("centres:ticket", centre.code, made.number)
    else:
        guarding.sender_of(request)  # a device is known from its first look at the form on
    context = {
        "centre": centre, "form": form, "seen": queries.screen(centre, at=at),
        "partners": queries.there_on(centre, timezone.localdate(at)),
    }  # fmt: skip
    return render(request, "centres/house.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def ticket(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show how many wait before a number of today."""
    centre, at = queries.open_centre(code), timezone.now()
    context = {
        "centre": centre, "place": queries.place(centre, number[:8], at=at), "is_printed": bool(request.GET.get("print")),
        "qr": _code_of(f"/centre/{centre.code}/tickets/{number[:8]}"),
    }  # fmt: skip
    return render(request, "centres/ticket.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """Ask for mediation from a phone. What the words say about danger is told first; nothing is ever blocked."""
    on, at = timezone.localdate(), timezone.now()
    centre = _named_centre(request)
    areas = _areas()
    if request.method != "POST":
        guarding.sender_of(request)
        chosen = _chosen(request)
        initial = {
            "key": secrets.token_urlsafe(18), "centre": centre.code if centre else "", "mediator": chosen.code if chosen else "",
            "area_path": centre.area_path if centre else "",
        }  # fmt: skip
        return _form_page(request, ApplyForm(initial=initial, areas=areas, on=on), centre)
    form = ApplyForm(request.POST, areas=areas, on=on)
    if not form.is_valid():
        return _form_page(request, form, centre, status=422)
    warnings = queries.hints(form.cleaned_data["story"], on=on).warnings
    if warnings and not form.cleaned_data["seen"]:
        return _form_page(request, form, centre, warnings=warnings)
    sender = guarding.sender_of(request)
    verdict = guard.admit(
        deed=guarding.Deed.REPORT, device=sender.device, address=sender.address, at=at, words=form.cleaned_data["story"],
        is_proved=guarding.is_proved(request) or guard.prove(posted=request.POST, at=at),
    )  # fmt: skip
    if not verdict.allowed:
        return _turned_away(request, form, centre, verdict, at)
    return _sent(request, form, centre, at)


def _named_centre(request: HttpRequest) -> Any:
    code = (request.GET.get("centre") or request.POST.get("centre") or "").replace("\x00", "")[:30]
    try:
        return queries.open_centre(code) if code else None
    except OutOfReach:
        return None


def _chosen(request: HttpRequest) -> Any:
    """Return the mediator chosen in the public directory, or None: whoever left it cannot be chosen."""
    code = (request.GET.get("mediator") or request.POST.get("mediator") or "").replace("\x00", "")[
        :40
    ]
    try:
        return mediators.public_face(code, on=timezone.localdate()) if code else None
    except OutOfReach:
        return None


def _areas() -> list[tuple[str, str]]:
    towns = [(one.area_path, one.name) for one in queries.town_centres() if one.level == 1]
    return [("", _("Choose the town")), *towns] if towns else [("", _("No centre is open yet"))]


def _turned_away(
    request: HttpRequest, form: ApplyForm, centre: Any, verdict: Any, at: Any
) -> HttpResponse:
    if verdict.block:
        return redirect("/blocked")
    if verdict.must_prove:
        return render(request, "guard/check.html", guarding.check_context(request.POST, action=request.path, at=at), status=403)  # fmt: skip
    form.add_error(
        None,
        _(
            "That was very often in a short time. Please wait a few minutes; what you typed is kept."
        ),
    )
    return _form_page(request, form, centre, status=429)


def _sent(request: HttpRequest, form: ApplyForm, centre: Any, at: Any) -> HttpResponse:
    said = form.cleaned_data
    answers = answers_of(request.POST, form.chosen_kind)
    if chosen := _chosen(request):
        answers["mediator"] = chosen.code
    asked = actions.Said(
        door="qr" if centre else "web", sides=form.sides(), story=said["story"], wish=said["wish"], area_path=said["area_path"],
        kind_code=said["kind_code"] or queries.hints(said["story"], on=timezone.localdate()).kind or "other",
        address=said["address"], amount=said["amount"], answers=answers,
    )  # fmt: skip
    try:
        made = actions.register(
            said=asked, actor=ANONYMOUS, at=at, key=f"web:{said['key']}" if said["key"] else None
        )
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _form_page(request, form, centre, status=422)
    applicant = actions.applicant_code(matter_id=made.matter_id)
    context = {
        "number": made.matter.number, "code": applicant, "centre": made.centre, "clock_days": 1, "routes": queries.routes(),
    }  # fmt: skip
    return render(request, "centres/applied.html", context)


def _form_page(
    request: HttpRequest, form: ApplyForm, centre: Any, *, status: int = 200, warnings: Any = ()
) -> HttpResponse:
    rows = [(one, request.POST.get(f"q_{one.code}", "")) for one in queries.questions_for(form.chosen_kind) if one.code != "people"]  # fmt: skip
    context = {
        "form": form,
        "house": centre,
        "chosen": _chosen(request),
        "warnings": warnings,
        "questions": rows,
        "is_open": centre is not None or len(_areas()) > 1,
    }
    return render(request, "centres/apply.html", context, status=status)
