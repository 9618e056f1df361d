"""The auditor's desk: the trail, the views of personal data, the state of the chain."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.audit import actions, queries
from gongzhi.audit.capabilities import Can
from gongzhi.audit.forms import FilterForm
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import needs, page_asked, query_without
from gongzhi.base.paging import page_of


@needs(Can.READ)
def trail(request: Any) -> HttpResponse:
    form = FilterForm(request.GET)
    rows = queries.entries(request.actor, form.filters())
    page = page_of(rows, "-pk", **page_asked(request))
    words = {
        "form": form,
        "page": page,
        "again": query_without(request, "after", "before"),
        "verbs": queries.verbs(request.actor),
    }
    return render(request, "audit/trail.html", words)


@needs(Can.READ)
def entry(request: Any, entry_id: int) -> HttpResponse:
    return render(
        request, "audit/entry.html", {"entry": queries.entries(request.actor).get(pk=entry_id)}
    )


@needs(Can.READ)
def export(request: Any) -> Any:
    """Write what the filters leave; taking it away is itself recorded."""
    filters = FilterForm(request.GET).filters()
    rows = queries.entries(request.actor, filters)
    asked = {name: str(value) for name, value in vars(filters).items() if value}
    actions.record(
        actor=request.actor,
        verb="export_trail",
        subject="audit:all",
        at=timezone.now(),
        detail=asked,
    )
    headings = [_("number"), _("time"), _("received"), _("who"), _("person"), _("on behalf of"),
                _("address"), _("deed"), _("on what"), _("reason"), _("details"), _("sealed in block")]  # fmt: skip
    cells = (
        (e.pk, e.at.isoformat(), e.received_at.isoformat(), e.actor_name, e.actor_id, e.on_behalf_of or "",
         e.address, e.verb, e.subject, e.reason, e.detail or "", e.block_id or "")
        for e in rows.iterator(chunk_size=2000)
    )  # fmt: skip
    return table_download(headings, cells, name="trail", form="csv")


@needs(Can.READ)
def chain(request: Any) -> HttpResponse:
    noted = request.GET.get("digest", "").strip()
    words = {
        "chain": queries.chain_state(),
        "noted": noted,
        "block": queries.holds_digest(noted) if noted else None,
    }
    return render(request, "audit/chain.html", words)


@needs(Can.READ)
@require_POST
def verify(request: Any) -> HttpResponse:
    """Recompute the whole chain, and record that it was done and what came of it."""
    state = queries.chain_state(verify=True)
    outcome = {"blocks": state.block_count, "holds": state.breach is None}
    actions.record(
        actor=request.actor,
        verb="verify_chain",
        subject="audit:chain",
        at=timezone.now(),
        detail=outcome,
    )
    return render(request, "audit/chain.html", {"chain": state, "is_verified": True})
