"""The list of disputes, and a new one entered at a body's or a centre's desk."""

import secrets
from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import actor_of, blame, needs, page_asked, query_without
from gongzhi.disputes import actions, queries
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.forms import EntryForm, side_forms, sides_of
from gongzhi.disputes.lifecycle import Outcome
from gongzhi.matters import actions as matter_actions
from gongzhi.places import queries as places

ANY = tuple(str(can) for can in Can)
VILLAGE = 2


@require_safe
@needs(*ANY)
def index(request: HttpRequest) -> HttpResponse:
    actor, at, by = actor_of(request), timezone.now(), queries.dispute_filter(request.GET)
    page, rows = queries.disputes_page(actor, by, at=at, **page_asked(request))
    context = {
        "page": page, "rows": rows, "by": by, "tabs": _tabs(request, by), "areas": _areas(actor, by.area),
        "kinds": queries.kind_choices(timezone.localdate()), "levels": queries.level_choices(), "outcomes": Outcome.choices,
        "again": query_without(request, "after", "before"), "unsorted": query_without(request, "after", "before", "sort"),
        "is_narrowed": _is_narrowed(by), "can_open": actor.can(Can.OPEN), "can_export": actor.can(Can.SEE_FIGURES),
    }  # fmt: skip
    return render(request, "disputes/list.html", context)


def _tabs(request: HttpRequest, by: queries.DisputeFilter) -> list[tuple[str, str, str]]:
    """Return the tabs: code, words, query; the other filters stay."""
    words = {
        "open": _("Under way"), "triage": _("To triage"), "consent": _("Sides and mediator"),
        "mediating": _("In mediation"), "sign": _("To sign"), "performing": _("Performance"),
        "archive": _("To archive"), "ended": _("Ended"), "all": _("All"),
    }  # fmt: skip
    rest = query_without(request, "box", "after", "before")
    return [(code, words[code], f"box={code}&{rest}".rstrip("&")) for code in queries.BOXES]


def _is_narrowed(by: queries.DisputeFilter) -> bool:
    return any((by.q, by.kind, by.level, by.outcome, by.area, by.body, by.since, by.until, by.clock))  # fmt: skip


def _areas(actor: Actor, chosen: str) -> list[tuple[str, str]]:
    """Return the areas to narrow to: those below the one chosen, or below the actor's own."""
    reach = sorted({grant.area for can in ANY for grant in actor.grants_for(can)})
    base = chosen or (reach[0] if len(reach) == 1 else "")
    below = places.children(base) if base else places.areas_at_level(1)
    kept = [(chosen, places.full_name(chosen))] if chosen else []
    return kept + [(row.path, row.name) for row in below]


@require_safe
@needs(Can.SEE_FIGURES)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the list as a table; what identifies somebody is not in it."""
    if form not in {"csv", "xlsx"}:
        raise Http404
    actor, at, by = actor_of(request), timezone.now(), queries.dispute_filter(request.GET)
    asked = {"filter": query_without(request, "after", "before")[:500], "form": form}
    audit.record(actor=actor, verb="disputes.export", subject="list:disputes", at=at, detail=asked)
    rows = queries.disputes_table(
        actor, by, at=at, most=queries.norm("export.most", on=timezone.localdate())
    )
    name = f"{_('Disputes')}-{timezone.localdate():%Y%m%d}"
    return table_download(_headings(), rows, name=name, form=form, title=str(_("Disputes")))


def _headings() -> tuple[str, ...]:
    return (
        pgettext("column", "number"), pgettext("column", "kind"), pgettext("column", "place"), pgettext("column", "address"),
        pgettext("column", "state"), pgettext("column", "body"), pgettext("column", "level"), pgettext("column", "grade"),
        pgettext("column", "basis"), pgettext("column", "outcome"), pgettext("column", "opened at"),
        pgettext("column", "agreed at"), pgettext("column", "in force since"), pgettext("column", "performed on"),
        pgettext("column", "closed at"),
    )  # fmt: skip


@needs(Can.OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    areas = _villages(actor)
    if request.method != "POST":
        initial = {"idempotency_key": secrets.token_urlsafe(18), "area": areas[0][0] if len(areas) == 1 else ""}  # fmt: skip
        return _entry(request, EntryForm(initial=initial, areas=areas), side_forms())
    form = EntryForm(request.POST, areas=areas)
    if "add" in request.POST:
        return _entry(request, _quiet(form), _one_more(request))
    sides = side_forms(request.POST)
    if not (form.is_valid() and sides.is_valid()):
        return _entry(request, form, sides, status=422)
    return _opened(request, form, sides)


def _villages(actor: Actor) -> list[tuple[str, str]]:
    """Return the villages within reach; of a reach that is smaller or larger, what lies on its way."""
    on, found = timezone.localdate(), {}
    for grant in actor.grants_for(Can.OPEN):
        for row in places.areas_at_level(VILLAGE, within=grant.area, on=on):
            found[row.path] = places.full_name(row.path)
    return list(found.items())


def _quiet(form: EntryForm) -> EntryForm:
    """Keep what was typed, without complaints about what is not typed yet."""
    form.full_clean()
    form.errors.clear()
    return form


def _one_more(request: HttpRequest) -> Any:
    """Return the sent sides and an empty one more, of the side asked for."""
    sent = request.POST.copy()
    total = sent.get("sides-TOTAL_FORMS", "0")
    count = int(total) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    sent["sides-TOTAL_FORMS"] = str(count + 1)
    asked = request.POST["add"]
    sent[f"sides-{count}-side"] = asked if asked in {"applicant", "respondent", "third"} else "respondent"  # fmt: skip
    sent[f"sides-{count}-nature"] = "person"
    made = side_forms(sent)
    for form in made.forms:
        form.full_clean()
        form.errors.clear()
    return made


def _opened(request: HttpRequest, form: EntryForm, sides: Any) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    key = form.cleaned_data["idempotency_key"]
    key = f"desk:{actor.id}:{key}"[:64] if key else None
    try:
        row = actions.open_dispute(intake=_intake(form, sides), actor=actor, at=at, key=key)
        number = row.matter.number
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _entry(request, form, sides, status=422 if isinstance(trouble, Invalid) else 409)
    except IntegrityError:
        known = matter_actions.known_opening(key or "")
        if known is None:
            raise
        number = known.matter.number
    return HttpResponseRedirect(f"/desk/matters/{number}")


def _intake(form: EntryForm, sides: Any) -> actions.Intake:
    said = form.cleaned_data
    plain = {name: said[name] for name in ("kind_code", "basis", "source", "outside_number", "address", "story", "wish", "amount", "people_count", "is_open", "safe_channel")}  # fmt: skip
    referred = said["source"] if said["basis"] == "referral" else ""
    return actions.Intake(
        **plain, area_path=said["area"], sides=sides_of(sides), referred_by=referred, level=VILLAGE
    )


def _entry(request: HttpRequest, form: EntryForm, sides: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "sides": sides, "source": queries.law_source(),
    }  # fmt: skip
    return render(request, "disputes/new.html", context, status=status)
