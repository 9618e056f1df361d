"""Plans: list, one with its periods, the editor with its forecast, putting in force, ending."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.pages import actor_of, blame, needs, page_asked, query_without
from gongzhi.patrol import actions, queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.forms import EndForm, PlanForm, PlanKindForm
from gongzhi.patrol.pages import door
from gongzhi.patrol.pages.forecast import Shown, shown
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

ONE_DAY = timedelta(days=1)
TONES = {"draft": "warn", "in_force": "ok", "ended": ""}


@require_GET
@needs(Can.VIEW, Can.PLAN)
def listing(request: HttpRequest) -> HttpResponse:
    actor, by, sort = actor_of(request), _filter(request), request.GET.get("sort", "")
    rows, page = desk.plans(actor, by=by, sort=sort, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "plans"),
        "by": by,
        "rows": [_shown(row) for row in rows],
        "page": page,
        "sort": sort,
        "states": desk.PLAN_STATES,
        "kinds": _kinds(),
        "again": query_without(request, "after", "before"),
        "filters": query_without(request, "after", "before", "sort"),
        "may_plan": actor.can(Can.PLAN),
    }
    return render(request, "patrol/plans.html", context)


def _filter(request: HttpRequest) -> desk.PlanFilter:
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    return desk.PlanFilter(
        text=door.text_asked(request),
        state=state if state in dict(desk.PLAN_STATES) else "",
        kind=kind if kind in queries.KIND_IDS else "",
        area_path=door.area_asked(request),
    )


def _kinds() -> list[tuple[str, Any]]:
    planned = dict.fromkeys(row.kind for row in queries.classes(on=door.today()))
    return [(queries.KINDS[kind], desk.KIND_NAMES[kind]) for kind in planned]


def _shown(row: queries.PlanRow) -> dict[str, Any]:
    days = [days for _klass, _grade, days in row.days]
    return {
        "row": row,
        "kind": desk.KIND_NAMES[queries.KIND_IDS[row.kind]],
        "tone": TONES[row.state],
        "least": min(days, default=0),
        "most": max(days, default=0),
        "last_on": row.valid_to - timedelta(days=1) if row.valid_to else None,
        "is_later": row.state == "in_force" and row.valid_from > door.today(),
    }


@require_GET
@needs(Can.VIEW, Can.PLAN)
def export(request: HttpRequest) -> HttpResponseBase:
    form = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    headings = [
        _("Code"), _("Name"), _("Version"), _("State"), _("Kind"), _("Area"), _("From"), _("Until"),
        pgettext("premises", "Class"), _("Grade"), _("Every … days"), _("Source"), _("Reason"),
    ]  # fmt: skip
    cells = _cells(desk.every_plan(actor_of(request)))
    return table_download(headings, cells, name="patrol-plans", form=form, title=_("Plans"))


def _cells(rows: list[queries.PlanRow]) -> Iterator[list[Any]]:
    names = {(one.kind_code, one.code): one.name for one in queries.classes(on=door.today())}
    for row in rows:
        kind = str(desk.KIND_NAMES[queries.KIND_IDS[row.kind]])
        for klass, grade, days in row.days:
            yield [
                row.code, row.name, row.version, row.state_label, kind, row.area, row.valid_from,
                row.valid_to, names.get((row.kind, klass), pgettext("premises", "Every class")), grade or _("every grade"),
                days, row.source, row.reason,
            ]  # fmt: skip


@require_GET
@needs(Can.VIEW, Can.PLAN)
def detail(request: HttpRequest, row_id: int) -> HttpResponse:
    return _detail(request, row_id, EndForm(initial={"last_on": door.today()}), 200)


def _detail(request: HttpRequest, row_id: int, ending: EndForm, status: int) -> HttpResponse:
    actor = actor_of(request)
    row = desk.plan(actor, row_id)
    before = desk.rule_before(actor, row)
    context = {
        "tabs": door.tabs(request, "plans"),
        "one": _shown(row),
        "table": _table(row, desk.periods_of(row), before),
        "letters": desk.LETTERS,
        "versions": [_shown(one) for one in queries.plan_versions(actor, row.code)],
        "may_plan": _may_plan(request, row.area_path),
        "can_follow": actor.can(Can.PLAN) and row.state == "in_force",
        "ending": ending,
        "forecast": _forecast(request, row, desk.periods_of(row), before)
        if row.state == "draft"
        else None,
        "has_before": before is not None,
    }
    return render(request, "patrol/plan.html", context, status=status)


def _may_plan(request: HttpRequest, area_path: str) -> bool:
    """Tell whether a plan of the area may be changed: one of the whole city only by who plans there."""
    return any(area_path.startswith(grant.area) for grant in actor_of(request).grants_for(Can.PLAN))


def _table(
    row: queries.PlanRow, periods: desk.Periods, before: queries.PlanRow | None
) -> list[desk.Row]:
    return desk.table_of(
        kind=row.kind, now=periods, before=desk.periods_of(before) if before else None,
        on=row.valid_from, every_class=pgettext("premises", "Every class"),
    )  # fmt: skip


def _forecast(
    request: HttpRequest,
    row: queries.PlanRow,
    proposed: desk.Periods,
    before: queries.PlanRow | None,
) -> Shown:
    """Compare with what rules until then; a first plan is compared with nothing."""
    work = queries.forecast(
        actor_of(request), plan_id=row.id, proposed=proposed, on=door.today(),
        now=desk.periods_of(before),
    )  # fmt: skip
    return shown(work)


@require_http_methods(["GET", "POST"])
@needs(Can.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan: kind and area first, its periods on the next page."""
    home = door.home_of(actor_of(request))
    form = PlanKindForm(
        request.POST or None, initial={"valid_from": door.today() + timedelta(days=1), "area": home},
        groups=_groups(), areas=_areas(request, home),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.draft_plan(plan=form.said(), actor=actor_of(request), at=timezone.now())
            return redirect("patrol:plan-edit", row_id=row.pk)
        except Invalid as trouble:
            blame(form, trouble)
    context = {"tabs": door.tabs(request, "plans"), "form": form}
    return render(request, "patrol/plan_new.html", context, status=422 if form.errors else 200)


def _groups() -> list[tuple[str, str]]:
    """Return a group of check-lists and the kind of premises it is for, as one choice."""
    rows = desk.groups_for(door.today())
    return [(f"{group}/{queries.KINDS[kind]}", str(desk.KIND_NAMES[kind])) for group, kind in rows]


def _areas(request: HttpRequest, home: str) -> list[tuple[str, str]]:
    own = (home, places.full_name(home) if home else _("the whole city"))
    return [own, *door.areas_to_choose(actor_of(request), "")]


@require_POST
@needs(Can.PLAN)
def follow(request: HttpRequest, row_id: int) -> HttpResponse:
    """
    Begin the next version of a plan, as a copy that is edited before it is put in force.

    Of a plan that rules from above, the copy is one of the actor's own area.
    """
    actor = actor_of(request)
    row = desk.plan(actor, row_id)
    is_ours = _may_plan(request, row.area_path)
    said = actions.PlanSaid(
        name=row.name, group=row.group, kind=row.kind, days=desk.periods_of(row),
        area_path=row.area_path if is_ours else door.home_of(actor),
        valid_from=max(door.today(), actions.first_day_after(row.valid_from)) if is_ours else door.today(),
    )  # fmt: skip
    made = actions.draft_plan(
        plan=said, code=row.code if is_ours else "", actor=actor, at=timezone.now()
    )
    return redirect("patrol:plan-edit", row_id=made.pk)


@require_http_methods(["GET", "POST"])
@needs(Can.PLAN)
def edit(request: HttpRequest, row_id: int) -> HttpResponse:
    """Edit a draft's periods in their table; the old values stand beside, the forecast below."""
    actor = actor_of(request)
    row = desk.plan(actor, row_id)
    if row.state != "draft":
        raise Refused(_("A plan in force is not changed; begin its next version."))
    if not _may_plan(request, row.area_path):
        raise OutOfReach
    form = PlanForm(request.POST or None, initial=PlanForm.starting(row))
    typed, periods = _typed(request, row), desk.periods_of(row)
    if request.method == "POST":
        periods = _readable(typed)
        if form.is_valid() and _saved(request, row, form, typed):
            return redirect("patrol:plan", row_id=row_id)
    before = desk.rule_before(actor, row)
    context = {
        "tabs": door.tabs(request, "plans"),
        "one": _shown(row),
        "form": form,
        "table": _table(row, periods, before),
        "letters": desk.LETTERS,
        "has_before": before is not None,
        "forecast": _forecast(request, row, periods, before),
    }
    return render(request, "patrol/plan_edit.html", context, status=422 if form.errors else 200)


def _typed(request: HttpRequest, row: queries.PlanRow) -> dict[tuple[str, str], str]:
    """Return what was typed into the table, empty cells left out."""
    cells = desk.cells_of(row.kind, row.valid_from)
    typed = {key: request.POST.get(desk.cell_name(*key), "").strip()[:8] for key in cells}
    return {key: text for key, text in typed.items() if text}


def _readable(typed: dict[tuple[str, str], str]) -> dict[tuple[str, str], int]:
    return {
        key: int(text)
        for key, text in typed.items()
        if text.isascii() and text.isdigit() and int(text)
    }


def _saved(
    request: HttpRequest, row: queries.PlanRow, form: PlanForm, typed: dict[tuple[str, str], str]
) -> bool:
    periods = _readable(typed)
    if len(periods) != len(typed):
        form.add_error(
            None, _("A period is a number of days; leave a cell empty where the wider rule holds.")
        )
        return False
    said = actions.PlanSaid(
        group=row.group, kind=row.kind, area_path=row.area_path, days=periods, **form.cleaned_data
    )
    try:
        actions.draft_plan(plan=said, code=row.code, actor=actor_of(request), at=timezone.now())
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return False
    messages.success(request, _("The draft is kept. Nothing changes before it is put in force."))
    return True


@require_POST
@needs(Can.PLAN)
def preview(request: HttpRequest, row_id: int) -> HttpResponse:
    """Answer with the forecast for what is typed just now; nothing is kept."""
    actor = actor_of(request)
    row = desk.plan(actor, row_id)
    periods = _readable(_typed(request, row))
    context = {"forecast": _forecast(request, row, periods, desk.rule_before(actor, row))}
    return render(request, "patrol/_forecast.html", context)


@require_POST
@needs(Can.PLAN)
def release(request: HttpRequest, row_id: int) -> HttpResponse:
    at = timezone.now()
    row = actions.release_plan(plan_id=row_id, on=door.today(), actor=actor_of(request), at=at)
    if row.valid_from <= door.today():
        words = _(
            "In force. The tasks of today are being shared anew: for a whole city in a minute."
        )
        messages.success(request, words)
    else:
        messages.success(
            request, _("In force from {day} on.").format(day=row.valid_from.isoformat())
        )
    return redirect("patrol:plan", row_id=row_id)


@require_POST
@needs(Can.PLAN)
def end(request: HttpRequest, row_id: int) -> HttpResponse:
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_plan(
                plan_id=row_id, on=door.today(), actor=actor_of(request), at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(
                request, _("The plan ends on {day}.").format(day=form.cleaned_data["last_on"])
            )
            return redirect("patrol:plan", row_id=row_id)
        except Invalid as trouble:
            blame(form, trouble)
    return _detail(request, row_id, form, 422)


@require_POST
@needs(Can.PLAN)
def discard(request: HttpRequest, row_id: int) -> HttpResponse:
    actions.discard_plan(plan_id=row_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The draft is gone."))
    return redirect("patrol:plans")
