"""Appeals of officers against figures about their own work: list, what was counted, decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.patrol import actions, queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.forms import DecisionForm
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

TONES = {"asked": "warn", "upheld": "ok", "refused": ""}


@require_GET
@needs(Can.DECIDE_APPEAL)
def listing(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = asked if asked in dict(desk.APPEAL_STATES) else ""
    page = desk.appeals(actor_of(request), state=state, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "appeals"),
        "rows": [_shown(row) for row in page.rows],
        "page": page,
        "state": state,
        "states": desk.APPEAL_STATES,
        "again": query_without(request, "after", "before"),
    }
    return render(request, "patrol/appeals.html", context)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "figure": desk.figure_name(row.figure),
        "tone": TONES.get(row.state, ""),
        "area": places.full_name(row.area_path),
    }


@require_http_methods(["GET", "POST"])
@needs(Can.DECIDE_APPEAL)
def detail(request: HttpRequest, row_id: int) -> HttpResponse:
    row = desk.appeal(actor_of(request), row_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        done = attempt(form, lambda decision, answer: _decide(request, row_id, decision, answer))
        if done is not FAILED:
            messages.success(request, _("Decided. The officer is told."))
            return redirect("patrol:appeals")
    found = queries.statistics(user_id=row.user_id, since=row.since, until=row.until)
    figure = next((one for one in found if one.code == row.figure), None)
    context = {
        "tabs": door.tabs(request, "appeals"),
        "one": _shown(row),
        "figure": figure,
        "counted": desk.counted_words(figure.rows) if figure else [],
        "form": form,
    }
    return render(request, "patrol/appeal.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, row_id: int, decision: str, answer: str) -> Any:
    return actions.decide_appeal(
        appeal_id=row_id, upheld=decision == "uphold", answer=answer, actor=actor_of(request),
        at=timezone.now(),
    )  # fmt: skip
