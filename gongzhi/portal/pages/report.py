"""Reporting: one question a screen, and what the form asks the server on the way."""

import secrets
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.actor import ANONYMOUS
from gongzhi.base.errors import Invalid, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.files import queries as files
from gongzhi.guard import queries as guarding
from gongzhi.incidents import actions as incidents
from gongzhi.incidents import queries as incident_queries
from gongzhi.learning import queries as learning
from gongzhi.matters import actions as matter_actions
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places
from gongzhi.portal import rules
from gongzhi.portal.forms import MOST_FILES, ReportForm
from gongzhi.portal.pages import door
from gongzhi.publishing import actions as publishing
from gongzhi.residents import actions as resident_actions
from gongzhi.residents import queries as residents

VILLAGE = 3  # segments of a path down to the village
FIELD_OF = {"place": "lon", "system": "lon", "point": "lon"}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    if request.method != "POST":
        guarding.sender_of(request)  # a device is known from its first look at the form on
        return _page(request, ReportForm(initial=_initial(request), on=on))
    form = ReportForm(request.POST, on=on)
    if "find" in request.POST:  # without a script: look for the item, then go on
        return _page(request, form, quiet=True)
    if not form.is_valid():
        return _page(request, form, status=422)
    at = timezone.now()
    verdict = door.verdict_on_report(
        request, words=form.cleaned_data["text"], tokens=form.tokens, at=at
    )
    if verdict.allowed:
        return _sent(request, form)
    form.add_error(None, door.too_often(verdict.wait_s))
    return door.turned_away(request, verdict, at=at) or _page(request, form, status=429)


def _initial(request: HttpRequest) -> dict[str, Any]:
    initial: dict[str, Any] = {"idempotency_key": secrets.token_urlsafe(18)}
    if item := request.GET.get("item", ""):
        initial["item"] = item[:12]
    try:
        premises = places.premises_by_code(request.GET.get("premises", "").replace("\0", "")[:40])
    except ObjectDoesNotExist:
        return initial
    return initial | {
        "premises": premises.code, "lon": premises.lon, "lat": premises.lat,
        "address": f"{premises.address} {premises.name}".strip()[:200],
    }  # fmt: skip


def _sent(request: HttpRequest, form: ReportForm) -> HttpResponse:
    said = _said(request, form)
    key = form.cleaned_data["idempotency_key"]
    try:
        opened = incidents.report(
            said=said, actor=ANONYMOUS, at=timezone.now(), key=f"portal:{key}" if key else None
        )
    except incidents.LikelyDuplicate as likely:
        return _joined_or_asked(request, form, said, likely.candidates)
    except Invalid as invalid:
        return _page(request, _with_problems(form, invalid), status=422)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=409)
    _respect_wish(form, opened.matter.id)
    if opened.is_new:
        door.note_sent(request, number=opened.matter.number, words=said.text, at=timezone.now())
    return _to_receipt(request, opened.matter.number, opened.code, "" if opened.is_new else "again")


def _said(request: HttpRequest, form: ReportForm) -> incidents.Report:
    said = form.cleaned_data
    return incidents.Report(
        item_id=said["item"], text=said["text"], lon=said["lon"], lat=said["lat"], area_path=said["area"],
        address=said["address"], premises_code=said["premises"], answers=form.answers, files=form.tokens,
        sender=files.sender_of(request), is_new=said["is_new"],
        facts={"seen_at": said["seen_at"].isoformat()} if said["seen_at"] else {},
        contact=matter_actions.Contact(phone=said["phone"], email=said["email"]),
    )  # fmt: skip


def _with_problems(form: ReportForm, invalid: Invalid) -> ReportForm:
    for name, sentence in invalid.problems.items():
        field = FIELD_OF.get(name, name)
        form.add_error(field if field in form.fields else None, sentence)
    return form


def _joined_or_asked(
    request: HttpRequest, form: ReportForm, said: incidents.Report, candidates: Any
) -> HttpResponse:
    """Show what is there already; add the reporter to the one they chose from it."""
    chosen = next((c for c in candidates if str(c.id) == request.POST.get("join")), None)
    if chosen is None:
        kept = [(k, v) for k, vs in request.POST.lists() for v in vs if k not in SKIPPED]
        context = {"candidates": candidates, "kept": kept, "item": form.item_row}
        return render(request, "portal/duplicates.html", context, status=409)
    if code := matters.followed(request).get(chosen.number):
        return _to_receipt(request, chosen.number, code, "again")
    try:
        matter, code = matter_actions.join(
            matter_id=chosen.id, text=said.text, contact=said.contact, files=said.files, actor=ANONYMOUS,
            at=timezone.now(), sender=said.sender,
        )  # fmt: skip
    except Invalid as invalid:
        return _page(request, _with_problems(form, invalid), status=422)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=409)
    _respect_wish(form, matter.id)
    door.note_sent(request, number=matter.number, words=said.text, at=timezone.now())
    return _to_receipt(request, matter.number, code, "joined")


def _respect_wish(form: ReportForm, matter_id: int) -> None:
    """Keep the matter off the public pages where its reporter asks for it; noting it twice is noting it once."""
    if form.cleaned_data["keep_private"]:
        publishing.keep_matter_private(matter_id=matter_id, at=timezone.now())


SKIPPED = frozenset({"csrfmiddlewaretoken", "is_new", "join", "find", "q"}) | guarding.SPENT


def _to_receipt(request: HttpRequest, number: str, code: str, how: str) -> HttpResponse:
    query = urlencode({"code": code} | ({"how": how} if how else {}))
    answer = HttpResponseRedirect(f"/receipt/{number}?{query}")
    door.follow(request, answer, number=number, code=code)
    if resident := residents.resident_of(request):
        resident_actions.keep(resident=resident, number=number, code=code, at=timezone.now())
    return answer


def _page(
    request: HttpRequest, form: ReportForm, *, status: int = 200, quiet: bool = False
) -> HttpResponse:
    if quiet:
        form.errors.clear()
    context = {
        "form": form, "tokens": form.tokens if form.is_bound else [], "most": MOST_FILES,
        "placed": _placed_of(form), "choices": _choices(request.POST.get("q", ""), form), **_about(form.item_row, _path_of(form)),
        "too_long": len(form["text"].value() or "") if status == 422 else 0,
    }  # fmt: skip
    return render(request, "portal/report.html", context, status=status)


def _choices(text: str, form: ReportForm | None = None) -> dict[str, Any]:
    """Return the items to choose from: found by the words, else the popular ones; the chosen one stays."""
    items, is_found = incident_queries.items_for(text, on=timezone.localdate())
    chosen = form.item_row if form else None
    if chosen and chosen not in items:
        items = [chosen, *items]
    near = [] if text else _near(form)
    meant = _meant(text)
    return {
        "near": _tiles(near), "meant": _tiles(meant),
        "items": _tiles([item for item in items if item not in near and item not in meant]),
        "chosen": chosen.id if chosen else None, "nothing": not is_found,
    }  # fmt: skip


def _meant(text: str) -> list[catalogue.ItemRow]:
    """Return what such words were about in the city's settled matters; the resident chooses."""
    return [
        catalogue.item(one.id) for one in learning.suggested_items(text, on=timezone.localdate())
    ]


def _near(form: ReportForm | None) -> list[catalogue.ItemRow]:
    """Return what is reported most in the village of the form's place; nothing without a place."""
    path = _path_of(form) if form else ""
    on, village = timezone.localdate(), "/".join(path.split("/")[:VILLAGE]) + "/"
    if path.count("/") < VILLAGE:
        return []
    known = {item.code: item for item in catalogue.items_in_force(on)}
    codes = matters.frequent_items(village, at=timezone.now())
    return [known[code] for code in codes if code in known]


def _tiles(items: list[catalogue.ItemRow]) -> list[tuple[catalogue.ItemRow, rules.Tile]]:
    return [(item, rules.tile_of(item.icon)) for item in items]


def _placed_of(form: ReportForm) -> dict[str, str] | None:
    """Return where the form's point lies; None without a point."""
    try:
        lon, lat = float(form["lon"].value() or ""), float(form["lat"].value() or "")
    except ValueError:
        return None
    return _placed(lon, lat)


def _path_of(form: ReportForm) -> str:
    placed = _placed_of(form)
    return placed["path"] if placed else str(form["area"].value() or "")


def _about(item: catalogue.ItemRow | None, path: str) -> dict[str, Any]:
    if item is None:
        return {"item": None}
    tip = catalogue.advice(item_id=item.id, area_path=path, at=timezone.now())
    return {"item": item, "tip": tip, "calls": rules.calls_in(item.emergency_notice)}


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Answer with the items that fit what is being typed."""
    form = ReportForm(request.GET, on=timezone.localdate())
    return render(
        request, "portal/_items.html", {"choices": _choices(request.GET.get("q", ""), form)}
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Answer with what to know about the chosen item, and its questions."""
    form = ReportForm(request.GET, on=timezone.localdate())
    context = {"form": form, "is_fragment": True, **_about(form.item_row, _path_of(form))}
    return render(request, "portal/_about.html", context)


@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """Answer with the grid a point lies in, or with what is wrong with it."""
    point = door.point_in(request.GET)
    found = (
        _placed(*point) if point else {"path": "", "problem": _("Tap the map to set the place.")}
    )
    return render(request, "portal/_place.html", found)


def _placed(lon: float, lat: float) -> dict[str, str]:
    if problem := places.flaw_words(lon, lat):
        return {"path": "", "problem": problem}
    try:
        placing = places.place(lon=lon, lat=lat, on=timezone.localdate())
    except (Invalid, Refused) as error:
        return {"path": "", "problem": str(error)}
    return {
        "path": placing.path,
        "name": places.full_name(placing.path),
        "problem": placing.warning,
    }
