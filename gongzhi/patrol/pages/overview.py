"""The first page of the patrol desk: the day in figures, each of which opens its list; and one premises."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from gongzhi.base.actor import Actor
from gongzhi.base.pages import actor_of, needs
from gongzhi.patrol import queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.pages import coverage, door
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

WORST = 6  # areas named on the first page


@require_GET
@needs(*door.DESK)
def overview(request: HttpRequest) -> HttpResponse:
    actor, on = actor_of(request), door.today()
    path = door.area_asked(request) or door.home_of(actor)
    covered = queries.coverage(actor, on=on, by=queries.DueFilter(area_path=path))
    context = {
        "tabs": door.tabs(request, "overview"),
        "by": {"area_path": path},
        "areas": door.areas_to_choose(actor, path),
        "crumbs": door.crumbs_to(actor, path),
        "place": places.full_name(path) if path else _("the whole city"),
        "day": _day(actor, path),
        "standing": coverage.figures(covered, urlencode({"area": path})),
        "worst": [coverage.area(row) for row in sorted(covered, key=lambda r: r.share)[:WORST]],
        "calls": _calls(actor, path),
        "as_of": timezone.now(),
        "area": urlencode({"area": path}),
    }
    return render(request, "patrol/overview.html", context)


def _day(actor: Actor, path: str) -> list[dict[str, Any]]:
    on = door.today()
    counts = desk.day_counts(actor, on=on, area_path=path)
    present = desk.presence(actor, on=on, area_path=path)
    here = f"{reverse('patrol:tasks')}?{urlencode({'area': path})}"
    done = _("{share} % of the day").format(share=counts.done_percent)
    of = _("of {n} who patrol").format(n=present.officers)
    return [
        door.stat(_("To do today"), counts.total, here),
        door.stat(_("Done"), counts.done, f"{here}&state=done", tone="ok", words=done),
        door.stat(pgettext("patrol task", "Open"), counts.open, f"{here}&state=open"),
        door.stat(_("Urgent, open"), counts.urgent, f"{here}&state=open&urgent=1", tone="late"),
        door.stat(
            _("Without an officer"), counts.nobody, f"{here}&state=open&officer=0", tone="late"
        ),
        door.stat(_("Officers on shift"), present.on_shift, words=of),
    ]


def _calls(actor: Actor, path: str) -> list[dict[str, Any]]:
    counts = desk.call_counts(actor, area_path=path, since=door.today())
    here = f"{reverse('patrol:calls')}?{urlencode({'area': path})}"
    since = urlencode({"since": door.today().isoformat()})
    shown = [
        door.stat(_("With the station"), counts.waiting, f"{here}&state=waiting", tone="late"),
        door.stat(_("Sent, not answered"), counts.sent, f"{here}&state=sent"),
        door.stat(_("Accepted"), counts.accepted, f"{here}&state=accepted", tone="ok"),
        door.stat(_("Refused today"), counts.refused, f"{here}&state=refused&{since}", tone="warn"),
    ]
    if actor.can(Can.DECIDE_APPEAL):
        waiting = desk.open_appeals(actor)
        url = f"{reverse('patrol:appeals')}?state=asked"
        shown.append(door.stat(_("Appeals to decide"), waiting, url, tone="warn"))
    return shown


@require_GET
@needs(*door.DESK)
def premises(request: HttpRequest, code: str) -> HttpResponse:
    """Show one premises as the patrols see it: when it is due, what was found there."""
    actor, on = actor_of(request), door.today()
    row = places.premises(actor, code)
    visits = queries.visits_of(actor, code=code)
    texts = _texts(visits)
    names = {(one.kind, one.code): one.name for one in queries.classes(on=on)}
    dues = desk.dues_of(actor, code)
    context = {
        "tabs": door.tabs(request, "coverage"),
        "row": row,
        "above": places.ancestors(row.area_path),
        "class_name": names.get((row.kind, (row.details or {}).get("class", "")), ""),
        "dues": [_due(one, on) for one in dues],
        "visits": [_visit(one, texts) for one in visits],
        "matters": desk.matters_behind(visits),
        "may_call": actor.can(Can.CALL),
    }
    return render(request, "patrol/premises.html", context)


def _texts(visits: list[queries.VisitRow]) -> dict[tuple[str, int, int], str]:
    """Return the text of every line of the versions the visits were made with."""
    used = {(visit.list_code, visit.list_version) for visit in visits}
    return {
        (code, version, line.n): line.text
        for code, version in sorted(used)
        for line in queries.check_list(code, version, on=door.today()).lines
    }


def _due(row: Any, on: Any) -> dict[str, Any]:
    state = desk.state_of(row.last_on, row.due_on, on)
    return {"row": row, "standing": coverage.STATES[state], "tone": coverage.TONES[state]}


def _visit(visit: queries.VisitRow, texts: dict[tuple[str, int, int], str]) -> dict[str, Any]:
    found = [
        {"line": line, "text": texts.get((visit.list_code, visit.list_version, line.n), "")}
        for line in visit.lines
        if line.verdict == "fail"
    ]
    return {"row": visit, "found": found}
