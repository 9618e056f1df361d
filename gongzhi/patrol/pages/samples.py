"""Sample re-checks 抽查: list, new one, the draw, results; and the page on which everybody can check a draw."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import download, table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.patrol import actions
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.forms import SampleForm
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk
from gongzhi.places import queries as places

TONES = {"published": "warn", "drawn": "civic", "closed": ""}


@require_GET
@needs(Can.VIEW, Can.SAMPLE)
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = desk.samples(actor, **page_asked(request))
    counts = desk.sample_counts([row.pk for row in page.rows])
    context = {
        "tabs": door.tabs(request, "samples"),
        "rows": [_shown(row, counts.get(row.pk)) for row in page.rows],
        "page": page,
        "again": query_without(request, "after", "before"),
        "may_sample": actor.can(Can.SAMPLE),
    }
    return render(request, "patrol/samples.html", context)


def _shown(row: Any, counts: desk.SampleCounts | None) -> dict[str, Any]:
    return {
        "row": row, "counts": counts, "where": desk.where_of(row), "tone": TONES.get(row.state, ""),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Can.SAMPLE)
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    home = door.home_of(actor)
    form = SampleForm(
        request.POST or None, initial=SampleForm.starting(door.today()),
        areas=[(home, _("the whole city") if not home else places.full_name(home)),
               *door.areas_to_choose(actor, home)],
    )  # fmt: skip
    if request.method == "POST":
        made = attempt(form, lambda **_values: _publish(request, form))
        if made is not FAILED:
            return redirect("patrol:sample", row_id=made.pk)
    context = {"tabs": door.tabs(request, "samples"), "form": form}
    status = 422 if form.errors else 200
    return render(request, "patrol/sample_new.html", context, status=status)


def _publish(request: HttpRequest, form: SampleForm) -> Any:
    row = actions.publish_sample(**form.said(), actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("What is drawn from is fixed now. Its mark is public; nothing is drawn yet.")
    )
    return row


@require_GET
@needs(Can.VIEW, Can.SAMPLE)
def detail(request: HttpRequest, row_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = desk.sample(actor, row_id)
    items = desk.sample_items(row_id)
    context = {
        "tabs": door.tabs(request, "samples"),
        "one": _shown(row, desk.sample_counts([row_id]).get(row_id)),
        "items": [_item(item) for item in items],
        "proof": desk.proof_of(row),
        "population": len(row.visit_ids),
        "officers": len(row.officer_ids),
        "may_sample": actor.can(Can.SAMPLE),
    }
    return render(request, "patrol/sample.html", context)


def _item(item: Any) -> dict[str, Any]:
    verdicts = desk.verdict_names()
    said = [
        {
            "n": one["n"],
            "before": verdicts.get(one["before"], "—"),
            "now": verdicts.get(one["now"], "—"),
        }
        for one in item.differences
    ]
    return {"item": item, "area": places.full_name(item.visit.area_path), "differences": said}


@require_POST
@needs(Can.SAMPLE)
def draw(request: HttpRequest, row_id: int) -> HttpResponse:
    actions.draw_sample(sample_id=row_id, actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("The sample is drawn, its seed is open. The officers have their tasks.")
    )
    return redirect("patrol:sample", row_id=row_id)


@require_POST
@needs(Can.SAMPLE)
def close(request: HttpRequest, row_id: int) -> HttpResponse:
    actions.close_sample(sample_id=row_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The sample is closed."))
    return redirect("patrol:sample", row_id=row_id)


@require_GET
@needs(Can.VIEW, Can.SAMPLE)
def export(request: HttpRequest, row_id: int) -> HttpResponseBase:
    actor = actor_of(request)
    row = desk.sample(actor, row_id)
    form = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    audit.record(
        actor=actor, verb="patrol.export", subject=f"sample:{row_id}", at=timezone.now(), detail={"form": form}
    )  # fmt: skip
    headings = [
        _("Place in the draw"), _("Code"), pgettext("patrol", "Premises"), _("Grid"), _("Visited on"), _("Visited by"),
        _("Re-checked by"), _("Re-checked on"), _("Agrees"), _("Lines that differ"),
    ]  # fmt: skip
    cells = (_cells(_item(item)) for item in desk.sample_items(row_id))
    return table_download(headings, cells, name=f"sample-{row_id}", form=form, title=row.name)


def _cells(one: dict[str, Any]) -> list[Any]:
    item = one["item"]
    agrees = {True: _("yes"), False: _("no")}.get(item.agrees, "")
    return [
        item.position, item.visit.premises.code, item.visit.premises.name, one["area"], item.visit.on,
        item.visit.user.name, item.officer.name, item.recheck.on if item.recheck else "", agrees,
        "；".join(f"{d['n']} {d['before']} → {d['now']}" for d in one["differences"]),
    ]  # fmt: skip


@require_GET
def published_list(request: HttpRequest) -> HttpResponse:
    rows = desk.published_samples()
    counts = desk.sample_counts([row.pk for row in rows])
    context = {"rows": [_shown(row, counts.get(row.pk)) for row in rows]}
    return render(request, "patrol/published_list.html", context)


@require_GET
def published(request: HttpRequest, row_id: int) -> HttpResponse:
    """Show everybody a sample: marks before the draw, seed and numbers after it, results as counts."""
    row = desk.published_sample(row_id)
    papers = desk.papers_of(row)
    context = {
        "one": _shown(row, desk.sample_counts([row_id]).get(row_id)),
        "papers": papers,
        "population": len(row.visit_ids),
        "officers": len(row.officer_ids),
    }
    return render(request, "patrol/published.html", context)


@require_GET
def papers(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """Send population, marks, seed, algorithm and draw as one file, for whoever repeats it."""
    content = desk.papers_of(desk.published_sample(row_id))
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return download(text, name=f"sample-{row_id}.json", kind="application/json")
