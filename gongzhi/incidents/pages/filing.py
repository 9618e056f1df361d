"""Filing a matter at the desk: one dense page for the clerk at the telephone and the officer back from patrol."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of, needs
from gongzhi.catalogue import queries as catalogue
from gongzhi.files import queries as files
from gongzhi.incidents import actions, queries
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.forms import MOST_FILES, Intake, Policy
from gongzhi.matters import actions as matter_actions
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places

FIELD_OF = {"place": "lon", "point": "lon"}


@needs(Can.REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.method != "POST":
        is_officer = any(grant.role == "grid_officer" for grant in actor.grants)
        initial = {
            "source": "patrol" if is_officer else "12345",
            "system": "WGS-84",
            "idempotency_key": secrets.token_urlsafe(18),
        }
        return _page(request, Intake(initial=initial, actor=actor))
    form = Intake(request.POST, actor=actor)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _filed(request, form)


def _filed(request: HttpRequest, form: Intake) -> HttpResponse:
    said, actor, at = _said(request, form), actor_of(request), timezone.now()
    key = form.cleaned_data["idempotency_key"]
    try:
        opened = actions.report(
            said=said, actor=actor, at=at, key=f"desk:{actor.id}:{key}"[:64] if key else None
        )
    except actions.LikelyDuplicate as likely:
        return _joined_or_asked(request, form, said, likely)
    except Invalid as invalid:
        for name, sentence in invalid.problems.items():
            field = FIELD_OF.get(name, name)
            form.add_error(field if field in form.fields else None, sentence)
        return _page(request, form, status=422)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=409)
    return HttpResponseRedirect(f"/desk/matters/{opened.matter.number}")


def _joined_or_asked(
    request: HttpRequest, form: Intake, said: actions.Report, likely: actions.LikelyDuplicate
) -> HttpResponse:
    chosen = next((c for c in likely.candidates if str(c.id) == request.POST.get("join")), None)
    if chosen is None:
        form.add_error(
            None, _("This may be in the register already: join it, or file it as another one.")
        )
        return _page(request, form, status=409)
    try:
        matter, _code = matter_actions.join(
            matter_id=chosen.id, text=said.text, contact=said.contact, files=said.files,
            actor=actor_of(request), at=timezone.now(), sender=said.sender,
        )  # fmt: skip
    except (Invalid, Refused) as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=409)
    return HttpResponseRedirect(f"/desk/matters/{matter.number}")


def _said(request: HttpRequest, form: Intake) -> actions.Report:
    said = form.cleaned_data
    contact = matter_actions.Contact(said["name"], said["phone"], said["email"])
    return actions.Report(
        item_id=said["item"], text=said["text"], source=said["source"], lon=said["lon"], lat=said["lat"],
        system=said["system"] or "WGS-84", area_path=said["area"], address=said["address"], premises_code=said["premises"],
        files=form.tokens("uploads"), after_files=form.tokens("after") if said["self_handled"] else (),
        sender=files.sender_of(request), contact=contact if any((contact.name, contact.phone, contact.email)) else None,
        outside_number=said["outside_number"], self_handled=said["self_handled"], is_new=said["is_new"],
    )  # fmt: skip


def _page(request: HttpRequest, form: Intake, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "most": MOST_FILES, "tokens": form.tokens("uploads"), "after_tokens": form.tokens("after"),
        **_items(request.POST.get("q", ""), form), **_near(form), "place": _place(form),
    }  # fmt: skip
    return render(request, "incidents/report.html", context, status=status)


def _items(text: str, form: Intake) -> dict[str, Any]:
    items, is_found = queries.items_for(text, on=timezone.localdate(), limit=20)
    if form.item_row and form.item_row not in items:
        items = [form.item_row, *items]
    standards = catalogue.standards(form.item_row.id) if form.item_row else ()
    return {"items": items, "item": form.item_row, "standards": standards, "nothing": not is_found}


def _point(form: Intake) -> tuple[float, float] | None:
    try:
        lon, lat = float(form["lon"].value() or ""), float(form["lat"].value() or "")
        return places.to_wgs84(lon, lat, str(form["system"].value() or "WGS-84"))
    except ValueError:
        return None


def _near(form: Intake) -> dict[str, Any]:
    """Look for the same item nearby, as soon as item and place are known."""
    point = _point(form)
    if form.item_row is None or point is None or places.flaw_words(*point):
        return {"near": []}
    lon, lat = point
    return {"near": matters.near(item_id=form.item_row.id, lon=lon, lat=lat, at=timezone.now())}


def _place(form: Intake) -> dict[str, str]:
    point = _point(form)
    if point is None:
        return {}
    if problem := places.flaw_words(*point):
        return {"problem": problem}
    placing = places.place(lon=point[0], lat=point[1], on=timezone.localdate())
    return {"name": places.full_name(placing.path), "warning": placing.warning}


@needs(Can.REPORT)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    form = Intake(request.GET, actor=actor_of(request))
    return render(request, "incidents/_items.html", _items(request.GET.get("q", ""), form))


@needs(Can.REPORT)
@require_safe
def hints(request: HttpRequest) -> HttpResponse:
    """Answer with the grid, the standards and the likely duplicates of what is filled in so far."""
    form = Intake(request.GET, actor=actor_of(request))
    context = {"form": form, **_items("", form), **_near(form), "place": _place(form)}
    return render(request, "incidents/_hints.html", context)


@needs(Can.SET_POLICY)
@require_http_methods(["GET", "HEAD", "POST"])
def policies(request: HttpRequest) -> HttpResponse:
    """Show where the matrix dispatches by itself; set it from a day on."""
    actor, at = actor_of(request), timezone.now()
    form = Policy(
        request.POST or None,
        areas=queries.policy_areas(actor),
        initial={"valid_from": timezone.localdate(at)},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_policy(
                area_path=said["area"], automatic=said["automatic"] == "yes", valid_from=said["valid_from"],
                source=said["source"], actor=actor, at=at,
            )  # fmt: skip
            return HttpResponseRedirect(request.path)
        except Invalid as invalid:
            for name, sentence in invalid.problems.items():
                form.add_error(name, sentence)
    context = {"rows": queries.policies(actor, on=timezone.localdate(at)), "form": form}
    return render(request, "incidents/policies.html", context, status=422 if form.errors else 200)
