"""Cases from and to courts: lists, the ledger of confirmations, one case with its steps."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.counting import told
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.forms import (
    ComplainForm,
    DecisionForm,
    EndForm,
    FinishForm,
    HearingForm,
    LengthenForm,
    PrepareForm,
    RefuseForm,
    RulingForm,
    TieForm,
)
from gongzhi.docking.pages.door import (
    areas_to_choose,
    case_columns,
    case_filter,
    send_table,
    tabs,
    text_asked,
)

MakeForm = Callable[..., forms.Form]


@require_safe
@needs(Can.VIEW)
def incoming(request: HttpRequest) -> HttpResponse:
    return _listing(request, "incoming")


@require_safe
@needs(Can.VIEW)
def outgoing(request: HttpRequest) -> HttpResponse:
    return _listing(request, "outgoing")


def _listing(request: HttpRequest, way: str) -> HttpResponse:
    actor, at, by = actor_of(request), timezone.now(), case_filter(request)
    is_incoming = way == "incoming"
    page, rows = queries.cases_page(actor, is_incoming=is_incoming, by=by, at=at, **page_asked(request))  # fmt: skip
    counts = queries.case_counts(actor, is_incoming=is_incoming, at=at)
    context = {
        "tabs": tabs(way, actor), "way": way, "page": page, "rows": rows, "by": by,
        "again": query_without(request, "after", "before"),
        "boxes": [(name, label, told(counts[name])) for name, (label, _q) in queries.BOXES.items() if is_incoming or name != "accept"],
        "kinds": actions.kinds_of(is_incoming=is_incoming), "partners": queries.partners(),
        "areas": areas_to_choose(actor, by.area), "can_enter": is_incoming and actor.can(Can.RECORD),
    }  # fmt: skip
    return render(request, "docking/cases.html", context)


@require_safe
@needs(Can.VIEW)
def confirmations(request: HttpRequest) -> HttpResponse:
    actor, at, text = actor_of(request), timezone.now(), text_asked(request)
    box = request.GET.get("box", "")
    box = box if box in queries.CHANCES else "open"
    page, rows = queries.chances_page(actor, box=box, text=text, at=at, **page_asked(request))
    counts = queries.chance_counts(actor, at=at)
    context = {
        "tabs": tabs("confirmations", actor), "page": page, "rows": rows, "box": box, "text": text,
        "boxes": [(name, label, told(counts[name])) for name, label in queries.CHANCES.items()],
        "again": query_without(request, "after", "before"), "can_file": actor.can(Can.FILE),
    }  # fmt: skip
    return render(request, "docking/confirmations.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    actor, at = actor_of(request), timezone.now()
    if table in {"incoming", "outgoing"}:
        rows: Any = queries.case_table(actor, is_incoming=table == "incoming", by=case_filter(request), at=at)  # fmt: skip
        return send_table(request, form, name=table, title=_("Cases with courts"), columns=case_columns(), rows=rows)  # fmt: skip
    columns: tuple[str, ...]
    if table == "confirmations":
        box = request.GET.get("box", "")
        rows = queries.chance_table(actor, box=box if box in queries.CHANCES else "open", text=text_asked(request), at=at)  # fmt: skip
        columns = (
            pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"),
            pgettext("column", "in force since"), pgettext("column", "ask until"), pgettext("column", "court or office"),
            pgettext("column", "case number"), pgettext("column", "state"), pgettext("column", "number of the decision"),
        )  # fmt: skip
        return send_table(request, form, name=table, title=_("Confirmations"), columns=columns, rows=rows)  # fmt: skip
    if table == "messages":
        box = request.GET.get("box", "")
        rows = queries.message_table(actor, box=box if box in queries.MESSAGE_BOXES else "all", text=text_asked(request))  # fmt: skip
        columns = (
            pgettext("column", "time"), pgettext("column", "court or office"), pgettext("column", "direction"),
            pgettext("column", "message"), pgettext("column", "id"), pgettext("column", "case number"),
            pgettext("column", "state"), pgettext("column", "answer"), pgettext("column", "tries"),
            pgettext("column", "copies"), pgettext("column", "done at"),
        )  # fmt: skip
        return send_table(request, form, name=table, title=_("Message log"), columns=columns, rows=rows)  # fmt: skip
    raise Http404


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, docket_id: int) -> HttpResponse:
    return _page(request, docket_id)


def _forms(kind: str, docket: Any) -> dict[str, forms.Form]:
    kept = {"materials": docket.materials, "venue": docket.venue, "bars": [code for code, holds in docket.bars.items() if holds]}  # fmt: skip
    return {
        "refuse": RefuseForm(auto_id="refuse_%s"), "end": EndForm(auto_id="end_%s"),
        "lengthen": LengthenForm(auto_id="lengthen_%s"), "complain": ComplainForm(auto_id="complain_%s"),
        "tie": TieForm(auto_id="tie_%s"), "hearing": HearingForm(auto_id="hearing_%s"),
        "prepare": PrepareForm(kind=kind, initial=kept), "finish": FinishForm(), "decide": RulingForm() if queries.is_about_agreement(docket) else DecisionForm(),
    }  # fmt: skip


def _page(
    request: HttpRequest, docket_id: int, *, failed: Mapping[str, forms.Form] | None = None, step: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    seen = queries.detail(actor, docket_id, at=timezone.now())
    docket = seen.row.docket
    context = {
        "tabs": tabs("incoming" if docket.is_incoming else "outgoing", actor), "seen": seen, "row": seen.row,
        "docket": docket, "forms": {**_forms(docket.kind, docket), **(failed or {})}, "failed_step": step,
        "message_kinds": queries.MESSAGE_KINDS, "failed": bool(failed) and next(iter(failed or {})),
    }  # fmt: skip
    return render(request, "docking/case.html", context, status=status)


def _deed(
    request: HttpRequest, docket_id: int, deed: str
) -> tuple[forms.Form, Callable[..., Any], str]:
    """Return the form of a deed, the action it calls, and the name the page knows the form by."""
    common = {"docket_id": docket_id, "actor": actor_of(request), "at": timezone.now()}
    docket = queries.detail(common["actor"], docket_id, at=common["at"]).row.docket  # type: ignore[arg-type]
    kind = docket.kind
    if step := queries.step_of(kind, deed):
        by_court = step.who == "partner"
        ruling = RulingForm if queries.is_about_agreement(docket) else DecisionForm
        form: forms.Form = ruling(request.POST) if by_court else FinishForm(request.POST)
        name = "decide" if by_court else "finish"
        return form, lambda **said: actions.finish(step=deed, **common, **said), name  # type: ignore[arg-type]
    known: Mapping[str, tuple[forms.Form, Callable[..., Any]]] = {
        "refuse": (RefuseForm(request.POST), actions.refuse),
        "end": (EndForm(request.POST), actions.end),
        "lengthen": (LengthenForm(request.POST), actions.lengthen),
        "complain": (ComplainForm(request.POST), actions.complain),
        "tie": (TieForm(request.POST), actions.tie),
        "hearing": (HearingForm(request.POST), actions.set_hearing),
        "prepare": (PrepareForm(request.POST, kind=kind), _prepare),
    }
    if deed not in known:
        raise Http404
    form, action = known[deed]
    return form, lambda **said: action(**common, **said), deed


def _prepare(*, materials: Any, venue: str = "", bars: Any = (), **said: Any) -> Any:
    return actions.prepare(materials=materials, venue=venue, bars=bars, **said)


@require_POST
@needs(Can.ACCEPT, Can.FILE, Can.RECORD)
def act(request: HttpRequest, docket_id: int, deed: str) -> HttpResponse:
    """Do a step or a deed of the case; what stands against it is said beside its form."""
    form, action, name = _deed(request, docket_id, deed)
    done = attempt(form, action)
    if done is FAILED:
        return _page(request, docket_id, failed={name: form}, step=deed, status=422)
    messages.success(request, _("Kept. What the court must know is on its way."))
    return redirect("docking:case", docket_id)
