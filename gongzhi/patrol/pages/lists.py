"""Check-lists: list, one with its lines and versions, tables out and in with a dry run."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongzhi.base.downloads import XLSX, download
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.patrol import actions, queries
from gongzhi.patrol.capabilities import Can
from gongzhi.patrol.forms import ListsForm
from gongzhi.patrol.pages import door
from gongzhi.patrol.queries import desk

ONE_DAY = timedelta(days=1)


@require_GET
@needs(*door.DESK)
def listing(request: HttpRequest) -> HttpResponse:
    on, text, names = door.today(), door.text_asked(request), _class_names()
    kind = door.number_asked(request, "kind")
    rows = [
        row
        for row in queries.check_lists(on=on)
        if kind in {None, row.kind}
        and (text in row.name or any(text in line.text for line in row.lines))
    ]
    context = {
        "tabs": door.tabs(request, "lists"),
        "rows": [_shown(row, names) for row in rows],
        "q": text,
        "kind": kind,
        "kinds": [
            (n, desk.KIND_NAMES[n]) for n in sorted({row.kind for row in queries.classes(on=on)})
        ],
        "may_plan": actor_of(request).can(Can.PLAN),
    }
    return render(request, "patrol/lists.html", context)


def _class_names() -> dict[tuple[int, str], str]:
    return {(one.kind, one.code): one.name for one in queries.classes(on=door.today())}


def _shown(row: Any, names: dict[tuple[int, str], str]) -> dict[str, Any]:
    return {
        "row": row,
        "kind": desk.KIND_NAMES[row.kind],
        "classes": [names.get((row.kind, code), code) for code in row.classes],
    }


@require_GET
@needs(*door.DESK)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    versions = queries.list_versions(code, on=door.today())
    if not versions:
        raise OutOfReach
    asked = door.number_asked(request, "version")
    chosen = next((one for one in versions if one.version == asked), versions[0])
    context = {
        "tabs": door.tabs(request, "lists"),
        "one": _shown(chosen, _class_names()),
        "versions": versions,
        "is_latest": chosen == versions[0],
        "today": door.today(),
    }
    return render(request, "patrol/list.html", context)


@require_GET
@needs(*door.DESK)
def export(request: HttpRequest) -> HttpResponseBase:
    """Send heads and lines as one workbook, which the import reads again."""
    book = desk.lists_workbook(queries.check_lists(on=door.today()))
    return download(book, name=f"check-lists-{door.today():%Y%m%d}.xlsx", kind=XLSX)


@require_http_methods(["GET", "POST"])
@needs(Can.PLAN)
def import_lists(request: HttpRequest) -> HttpResponse:
    """Read a workbook, say what would change, and change it once it is confirmed."""
    if request.method == "GET":
        return _form(request, ListsForm(initial={"valid_from": door.today() + ONE_DAY}), 200)
    form = ListsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, 422)
    try:
        if form.is_confirmed:
            return _replaced(request, form)
        changed = actions.preview_lists(**form.tables(), actor=actor_of(request))
    except Invalid as trouble:
        blame(form, trouble)
        return _form(request, form, 422)
    context = {
        "tabs": door.tabs(request, "lists"),
        "changed": changed,
        "kept": form.to_confirm(),
        "valid_from": form.cleaned_data["valid_from"],
    }
    return render(request, "patrol/lists_import_result.html", context)


def _form(request: HttpRequest, form: ListsForm, status: int) -> HttpResponse:
    context = {"tabs": door.tabs(request, "lists"), "form": form}
    return render(request, "patrol/lists_import.html", context, status=status)


def _replaced(request: HttpRequest, form: ListsForm) -> HttpResponse:
    changed = actions.replace_lists(**form.tables(), actor=actor_of(request), at=timezone.now())
    words = ngettext(
        "{n} check-list has a new version.", "{n} check-lists have a new version.", len(changed)
    )
    messages.success(
        request, words.format(n=len(changed)) if changed else _("Nothing has changed.")
    )
    return redirect("patrol:lists")
