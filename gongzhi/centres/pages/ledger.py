"""The ledger of major disputes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.accounts import queries as accounts
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.forms import AdvanceForm, EndForm, EnterForm, HelpForm, OwnerForm
from gongzhi.centres.pages import door

LEVELS = {"city": 0, "town": 1}


def _by(request: HttpRequest) -> dict[str, Any]:
    return {
        "state": door.one_asked(request, "state", queries.STATES, "open"),
        "level": LEVELS.get(request.GET.get("level", "")),
        "grade": door.one_asked(request, "grade", queries.names("grade_names")),
        "text": door.text_asked(request),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.LEDGER)
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the major disputes of the city or a town; enter one by hand."""
    actor, at = actor_of(request), timezone.now()
    form = EnterForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda **said: actions.enter(actor=actor, at=at, **said))
        if made is not FAILED:
            messages.success(request, _("Entered in the ledger."))
            return redirect("centres:major", made.matter.number)
    on, by = timezone.localdate(at), _by(request)
    sort = door.one_asked(request, "sort", queries.SORTS)
    found = queries.majors(actor, on=on, **by)
    page, rows = queries.majors_page(found, sort=sort, on=on, **page_asked(request))
    counts = queries.major_counts(actor, on=on)
    labels = {
        "open": pgettext("centre", "Open"),
        "due": _("Next step due"),
        "unowned": _("Without owner"),
        "ended": pgettext("centre", "Closed"),
    }
    context = door.frame(request, "ledger") | {
        "page": page, "rows": rows, "by": by, "level": request.GET.get("level", ""), "sort": sort, "form": form,
        "states": [(name, label, counts[name]) for name, label in labels.items()], "grades": queries.by_code("grade_names"),
        "again": query_without(request, "after", "before"), "others": query_without(request, "after", "before", "state"),
        "sorts": query_without(request, "after", "before", "sort"),
    }  # fmt: skip
    return render(request, "centres/ledger.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.LEDGER)
def ledger_export(request: HttpRequest) -> HttpResponseBase:
    form, on = door.form_asked(request), timezone.localdate()
    door.note_export(request, "ledger", form)
    headings = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "place"), pgettext("column", "grade"),
        pgettext("column", "grounds"), pgettext("column", "owner"), pgettext("column", "stage"), pgettext("column", "next step"),
        pgettext("column", "until"), pgettext("column", "entered at"), pgettext("column", "closed at"),
    )  # fmt: skip
    rows = queries.majors_table(queries.majors(actor_of(request), on=on, **_by(request)), on)
    return table_download(headings, rows, name=f"ledger-{on:%Y%m%d}", form=form)


@require_safe
@needs(Can.LEDGER)
def major(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, number)


def _page(request: HttpRequest, number: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    at = timezone.now()
    seen = queries.major(actor_of(request), number, on=timezone.localdate(at))
    row = seen.row.major
    context = door.frame(request, "ledger") | {
        "seen": seen, "row": row, "grade": queries.by_code("grade_names").get(row.grade, {}), "stages": queries.rows("stages"),
        "advance": forms.get("advance") or AdvanceForm(initial={"stage": row.stage}), "end": forms.get("end") or EndForm(),
        "owner": forms.get("owner") or _owner_form(row), "help": forms.get("help") or _help_form(row),
    }  # fmt: skip
    return render(request, "centres/major.html", context, status=status)


def _owner_form(row: Any, posted: Any = None) -> OwnerForm:
    officials = queries.may_own(row.area_path, at=timezone.now())
    return OwnerForm(posted, officials=officials, initial={"owner_id": row.owner_id})


def _help_form(row: Any, posted: Any = None) -> HelpForm:
    units = [
        (one.id, one.name)
        for one in accounts.units_by_code().values()
        if one.is_open and (one.area_path.startswith(row.area_path[: row.area_path.find("/", 7) + 1]) or one.kind == "department")
    ]  # fmt: skip
    return HelpForm(posted, units=units, initial={"unit_ids": row.helper_ids})


@require_POST
@needs(Can.LEDGER)
def deed(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Name the owner, note a step, ask units to help, close."""
    seen = queries.major(actor_of(request), number, on=timezone.localdate())
    row, at = seen.row.major, timezone.now()
    made: dict[str, tuple[Any, Callable[..., Any]]] = {
        "owner": (_owner_form, actions.name_owner), "help": (_help_form, actions.help_with),
        "advance": (lambda _row, posted: AdvanceForm(posted), actions.advance),
        "end": (lambda _row, posted: EndForm(posted), actions.end),
    }  # fmt: skip
    make, act = made[name]
    form = make(row, request.POST)
    if (
        attempt(form, lambda **said: act(major_id=row.pk, actor=actor_of(request), at=at, **said))
        is FAILED
    ):
        return _page(request, number, status=422, **{name: form})
    messages.success(request, _("Noted in the ledger."))
    return redirect("centres:major", number)
