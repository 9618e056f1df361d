"""Coverage: map and table by area, the list behind every figure, and both as files."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.patrol import queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

GOOD, FAIR = 90, 75  # per cent from which an area is coloured as well, or as fairly, looked after
DEEPEST = 3  # level of a grid
STATES = {
    "never": gettext_lazy("Never visited"),
    "overdue": gettext_lazy("Visit overdue"),
    "due": gettext_lazy("Due now"),
    "visited": gettext_lazy("Visited in time"),
}
TONES = {"never": "warn", "overdue": "late", "due": "", "visited": "ok"}


def _filter(request: HttpRequest) -> queries.DueFilter:
    asked = {name: request.GET.get(name, "") for name in ("kind", "grade", "state", "klass")}
    return queries.DueFilter(
        text=door.text_asked(request),
        area_path=door.area_asked(request) or door.home_of(actor_of(request)),
        kind=asked["kind"] if asked["kind"] in queries.KIND_IDS else "",
        klass=asked["klass"].replace("\x00", "")[:20],
        grade=asked["grade"] if asked["grade"] in queries.GRADE_IDS else "",
        state=asked["state"] if asked["state"] in STATES else "",
    )


def _choices(actor: Actor, by: queries.DueFilter) -> dict[str, Any]:
    classes = queries.classes(on=door.today())
    planned = dict.fromkeys(row.kind for row in classes)
    return {
        "kinds": [(queries.KINDS[kind], desk.KIND_NAMES[kind]) for kind in planned],
        "classes": [row for row in classes if row.kind_code == by.kind],
        "class_names": {(row.kind_code, row.code): row.name for row in classes},
        "grades": [grade for grade in queries.GRADE_IDS if grade],
        "states": list(STATES.items()),
        "areas": door.areas_to_choose(actor, by.area_path),
        "crumbs": door.crumbs_to(actor, by.area_path),
        "city": not door.home_of(actor),
    }


def _kept(by: queries.DueFilter) -> dict[str, Any]:
    values = {"area": by.area_path, "kind": by.kind, "klass": by.klass, "grade": by.grade}
    return {name: value for name, value in values.items() if value}


@require_GET
@needs(Can.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    actor, by = actor_of(request), _filter(request)
    found = queries.coverage(actor, on=door.today(), by=by)
    kept = _kept(by)
    context = {
        "tabs": door.tabs(request, "coverage"),
        "by": by,
        "stats": figures(found, urlencode(kept)),
        "rows": [area(row) for row in sorted(found, key=lambda row: row.share)],
        "filters": urlencode(kept),
        "kept": urlencode({k: v for k, v in kept.items() if k != "area"}),
        "as_of": timezone.now(),
        **_choices(actor, by),
    }
    return render(request, "patrol/coverage.html", context)


def area(row: queries.Coverage) -> dict[str, Any]:
    percent = 100 * row.share
    where = places.area(row.area_path)
    return {
        "row": row, "name": where.name, "percent": percent, "tone": tone_of(percent),
        "has_below": where.level < DEEPEST,
    }  # fmt: skip


def figures(found: list[queries.Coverage], filters: str) -> list[dict[str, Any]]:
    """Return the figures above the map; each opens the list of what it counts."""
    here = f"{reverse('patrol:coverage-list')}?{filters}"
    sums = {name: sum(getattr(row, name) for row in found) for name in ("premises", *STATES)}
    in_time = 100 * (sums["visited"] + sums["due"]) / (sums["premises"] or 1)
    words = _("{share} % in time").format(share=f"{in_time:.1f}")
    shown = [
        door.stat(str(STATES[name]), sums[name], f"{here}&state={name}", tone=TONES[name])
        for name in ("visited", "due", "overdue", "never")
    ]
    return [door.stat(_("In the plans"), sums["premises"], here, words=words), *shown]


def tone_of(percent: float) -> str:
    return "ok" if percent >= GOOD else "warn" if percent >= FAIR else "late"


@require_GET
@needs(Can.VIEW)
def areas(request: HttpRequest) -> HttpResponse:
    """Draw the areas of one level with their share in the name, coloured by it."""
    by, within = _filter(request), door.area_asked(request, "within")
    level = min(door.number_asked(request, "level") or 1, DEEPEST)
    place = within if within.startswith(by.area_path) else by.area_path
    narrowed = queries.DueFilter(place, by.kind, by.klass, by.grade)
    found = queries.coverage(actor_of(request), on=door.today(), by=narrowed, depth=level + 1)
    counted = {row.area_path: row for row in found}
    sheet = json.loads(places.areas_as_geojson(level=level, within=within, on=door.today()))
    for feature in sheet["features"]:
        _colour(feature["properties"], counted, _kept(by))
    return HttpResponse(
        json.dumps(sheet, ensure_ascii=False, separators=(",", ":")),
        content_type="application/geo+json",
        headers={"Cache-Control": "private, max-age=30"},
    )


def _colour(
    drawn: dict[str, Any], counted: dict[str, queries.Coverage], kept: dict[str, Any]
) -> None:
    row = counted.get(drawn["path"])
    if row is None:
        return
    percent = 100 * row.share
    page = "patrol:coverage" if drawn["level"] < DEEPEST else "patrol:coverage-list"
    query = urlencode({**kept, "area": drawn["path"]})
    drawn |= {
        "count": row.premises, "tone": tone_of(percent), "name": f"{drawn['name']} {percent:.0f}%",
        "url": f"{reverse(page)}?{query}",
    }  # fmt: skip


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, by, on = actor_of(request), _filter(request), door.today()
    sort = request.GET.get("sort", "due")
    rows, page = queries.due_rows(
        actor, on=on, by=by, descending=sort == "-due", **page_asked(request)
    )
    choices = _choices(actor, by)
    context = {
        "tabs": door.tabs(request, "coverage"),
        "by": by,
        "page": page,
        "rows": [_shown(row, on, choices["class_names"]) for row in rows],
        "count": queries.count_dues(actor, on=on, by=by),
        "sort": sort,
        "again": query_without(request, "after", "before"),
        "filters": query_without(request, "after", "before", "sort"),
        **choices,
    }
    return render(request, "patrol/coverage_list.html", context)


def _shown(row: queries.DueRow, on: Any, names: dict[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "row": row,
        "kind": desk.KIND_NAMES[queries.KIND_IDS[row.kind]],
        "class_name": names.get((row.kind, row.klass), ""),
        "grade": row.grade or _("Not graded"),
        "standing": STATES[row.state],
        "tone": TONES[row.state],
        "late_days": (on - row.due_on).days if row.state == "overdue" else 0,
    }


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the list as a file; `what=areas` sends the table by area instead."""
    actor, by, on = actor_of(request), _filter(request), door.today()
    form = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    what = "areas" if request.GET.get("what") == "areas" else "list"
    audit.record(
        actor=actor, verb="patrol.export", subject=f"coverage:{what}", at=timezone.now(),
        detail={"filter": query_without(request)[:500], "form": form},
    )  # fmt: skip
    name = f"coverage-{what}-{on:%Y%m%d}"
    if what == "areas":
        areas_below = map(_area_cells, queries.coverage(actor, on=on, by=by))
        return table_download(
            _area_headings(), areas_below, name=name, form=form, title=_("Coverage")
        )
    names = {(row.kind_code, row.code): row.name for row in queries.classes(on=on)}
    cells = (_cells(row, names) for row in queries.dues_for_export(actor, on=on, by=by))
    return table_download(_headings(), cells, name=name, form=form, title=_("Coverage"))


def _area_headings() -> list[str]:
    return [
        _("Area"), _("In the plans"), _("Visited in time"), _("Due now"), _("Visit overdue"),
        _("Never visited"), _("Share in time, per cent"),
    ]  # fmt: skip


def _area_cells(row: queries.Coverage) -> list[Any]:
    share = round(100 * row.share, 1)
    return [row.name, row.premises, row.visited, row.due, row.overdue, row.never, share]


def _headings() -> list[str]:
    return [
        _("Code"), _("Name"), _("Address"), _("Kind"), pgettext("premises", "Class"), _("Grade"), _("Grid"), _("Last visit"),
        _("Due on"), _("Every … days"), _("Standing"),
    ]  # fmt: skip


def _cells(row: queries.DueRow, names: dict[tuple[str, str], str]) -> list[Any]:
    return [
        row.premises, row.name, row.address, str(desk.KIND_NAMES[queries.KIND_IDS[row.kind]]),
        names.get((row.kind, row.klass), ""), row.grade, row.area, row.last_on, row.due_on, row.days,
        str(STATES[row.state]),
    ]  # fmt: skip
