"""Sweep campaigns: plan, parts, findings, effect."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.forms import (
    CampaignForm,
    EndCampaignForm,
    FindingForm,
    PartForm,
    SettleForm,
    sides_formset,
    sides_of,
)
from gongzhi.centres.lifecycle import CampaignState
from gongzhi.centres.pages import door

OPEN_TO = (*door.DESK, Can.PLAN_SWEEP, Can.SWEEP)


@require_safe
@needs(*OPEN_TO)
def campaigns(request: HttpRequest) -> HttpResponse:
    actor, on = actor_of(request), timezone.localdate()
    state, text = (
        door.one_asked(request, "state", dict(CampaignState.choices)),
        door.text_asked(request),
    )
    page, rows = queries.campaigns_page(actor, state=state, text=text, on=on, **page_asked(request))
    context = door.frame(request, "campaigns") | {
        "page": page, "rows": rows, "state": state, "states": CampaignState.choices, "text": text,
        "again": query_without(request, "after", "before"), "can_plan": actor.can(Can.PLAN_SWEEP),
    }  # fmt: skip
    return render(request, "centres/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN_SWEEP)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a campaign: sector, time, units."""
    actor, at = actor_of(request), timezone.now()
    centre = queries.own_centre(actor, Can.PLAN_SWEEP)
    if centre is None:
        raise OutOfReach
    sector = door.one_asked(request, "sector", queries.names("sectors"), "wages")
    initial = {"starts_on": timezone.localdate(at), "sector": sector}
    form = CampaignForm(request.POST or None, initial=initial, units=queries.units_for(centre))
    if request.method == "POST":
        made = attempt(
            form, lambda **said: actions.make_campaign(centre=centre, draft=actions.CampaignDraft(**said), actor=actor, at=at)
        )  # fmt: skip
        if made is not FAILED:
            return redirect("centres:campaign", made.pk)
    chosen = str(form["sector"].value())
    context = door.frame(request, "campaigns") | {
        "form": form, "lines": queries.check_list(chosen), "sectors": queries.names("sectors"), "house": centre,
    }  # fmt: skip
    return render(request, "centres/campaign_new.html", context, status=422 if form.errors else 200)


@require_safe
@needs(*OPEN_TO)
def campaign(request: HttpRequest, row_id: int) -> HttpResponse:
    return _page(request, row_id)


def _page(request: HttpRequest, row_id: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    seen = queries.campaign(actor_of(request), row_id, on=timezone.localdate())
    row, text = seen.row.campaign, door.text_asked(request)
    page, findings = queries.findings_page(seen, text=text, **page_asked(request))
    context = door.frame(request, "campaigns") | {
        "seen": seen, "row": row, "page": page, "findings": findings, "text": text,
        "again": query_without(request, "after", "before"), "end_form": forms.get("end") or EndCampaignForm(),
        "finding_form": forms.get("finding") or FindingForm(check_list=row.check_list),
        "part_form": forms.get("part") or PartForm(initial={"checked": seen.own[0].part.checked if seen.own else 0}),
        "settle_form": SettleForm(auto_id=False),
    }  # fmt: skip
    return render(request, "centres/campaign.html", context, status=status)


@require_safe
@needs(*OPEN_TO)
def campaign_export(request: HttpRequest, row_id: int) -> HttpResponseBase:
    seen = queries.campaign(actor_of(request), row_id, on=timezone.localdate())
    form = door.form_asked(request)
    door.note_export(request, f"campaign:{row_id}", form)
    headings = (
        pgettext("column", "unit"), pgettext("column", "address"), pgettext("column", "line"), pgettext("column", "what was found"),
        pgettext("column", "found on"), pgettext("column", "matter"), pgettext("column", "settled on"), pgettext("column", "how"),
    )  # fmt: skip
    return table_download(
        headings, queries.findings_table(seen), name=f"campaign-{row_id}", form=form
    )


@require_POST
@needs(Can.PLAN_SWEEP)
def begin(request: HttpRequest, row_id: int) -> HttpResponse:
    def deed() -> str:
        actions.begin(campaign_id=row_id, actor=actor_of(request), at=timezone.now())
        return _("The campaign has begun; the units see their parts now.")

    return door.done(request, deed, reverse("centres:campaign", args=[row_id]))


@require_POST
@needs(Can.PLAN_SWEEP)
def end(request: HttpRequest, row_id: int) -> HttpResponse:
    form = EndCampaignForm(request.POST)
    made = attempt(
        form, lambda **said: actions.end_campaign(campaign_id=row_id, actor=actor_of(request), at=timezone.now(), **said)
    )  # fmt: skip
    if made is FAILED:
        return _page(request, row_id, status=422, end=form)
    messages.success(request, _("The campaign is ended."))
    return redirect("centres:campaign", row_id)


@require_POST
@needs(Can.SWEEP)
def report(request: HttpRequest, row_id: int, part_id: int) -> HttpResponse:
    form = PartForm(request.POST)
    made = attempt(
        form, lambda **said: actions.report_part(part_id=part_id, actor=actor_of(request), at=timezone.now(), **said)
    )  # fmt: skip
    if made is FAILED:
        return _page(request, row_id, status=422, part=form)
    messages.success(request, _("Reported."))
    return redirect("centres:campaign", row_id)


@require_POST
@needs(Can.SWEEP)
def note_finding(request: HttpRequest, row_id: int, part_id: int) -> HttpResponse:
    seen = queries.campaign(actor_of(request), row_id, on=timezone.localdate())
    form = FindingForm(request.POST, check_list=seen.row.campaign.check_list)
    made = attempt(
        form, lambda **said: actions.note_finding(part_id=part_id, actor=actor_of(request), at=timezone.now(), **said)
    )  # fmt: skip
    if made is FAILED:
        return _page(request, row_id, status=422, finding=form)
    messages.success(request, _("The finding is noted."))
    return redirect("centres:campaign", row_id)


@require_POST
@needs(Can.SWEEP)
def settle(request: HttpRequest, row_id: int, finding_id: int) -> HttpResponse:
    form = SettleForm(request.POST)

    def deed() -> str:
        how = form.cleaned_data["how"] if form.is_valid() else ""
        actions.settle_finding(
            finding_id=finding_id, how=how, actor=actor_of(request), at=timezone.now()
        )
        return _("Settled on the spot.")

    return door.done(request, deed, reverse("centres:campaign", args=[row_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SWEEP)
def dispute(request: HttpRequest, row_id: int, finding_id: int) -> HttpResponse:
    """Make a finding a dispute of the register: who the sides are, what is wanted."""
    actor, at = actor_of(request), timezone.now()
    found = queries.finding(actor, finding_id)
    sides = sides_formset(request.POST if request.method == "POST" else None)
    form = SettleForm(request.POST or None)
    form.fields["how"].label = pgettext("centre", "What is wanted")
    if request.method == "POST" and sides.is_valid():
        people = sides_of(sides, year=timezone.localdate(at).year)
        made = attempt(
            form,
            lambda how: actions.make_dispute(
                finding_id=found.pk, sides=people, wish=how, actor=actor, at=at
            ),
        )
        if made is not FAILED:
            messages.success(
                request, _("Registered under {number}.").format(number=made.matter.number)
            )
            return redirect("centres:campaign", row_id)
    context = door.frame(request, "campaigns") | {
        "found": found,
        "sides": sides,
        "form": form,
        "row_id": row_id,
    }
    is_wrong = request.method == "POST"
    return render(request, "centres/finding_dispute.html", context, status=422 if is_wrong else 200)
