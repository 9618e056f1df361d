"""The list and tree of items, one item with everything about it, and its next version."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.downloads import CSV, XLSX, download
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.catalogue import actions, queries
from gongzhi.catalogue.capabilities import Can
from gongzhi.catalogue.forms import EndForm, ItemForms
from gongzhi.catalogue.pages.door import may_manage, today
from gongzhi.catalogue.queries import ItemFilter

ROWS = 50


def _filter(request: HttpRequest) -> ItemFilter:
    asked = {
        name: request.GET.get(name, "")[:80] for name in ("family", "class_code", "department")
    }
    return ItemFilter(text=request.GET.get("q", "")[:80], urgent="urgent" in request.GET, **asked)


@require_GET
@needs(Can.VIEW)
def item_list(request: HttpRequest) -> HttpResponse:
    narrowed, on = _filter(request), today()
    rows = queries.filtered_items(
        narrowed, on=on, after=request.GET.get("after", "")[:24], limit=ROWS + 1
    )
    kept = {key: value for key, value in request.GET.items() if key != "after" and value}
    further = {**kept, "after": rows[ROWS - 1].code} if len(rows) > ROWS else None
    context = {
        "rows": rows[:ROWS],
        "count": queries.count_items(narrowed, on=on),
        "narrowed": narrowed,
        "tree": queries.tree(on),
        "departments": queries.departments(on),
        "next": f"?{urlencode(further)}" if further else "",
        "previous": f"?{urlencode(kept)}" if "after" in request.GET else "",
        "query": urlencode(kept),
        "can_manage": may_manage(request),
    }
    return render(request, "catalogue/item_list.html", context)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    on = today()
    name = f"catalogue-{on:%Y%m%d}"
    if form == "xlsx":
        return download(queries.catalogue_workbook(on=on), name=f"{name}.xlsx", kind=XLSX)
    if form == "zip":
        return download(queries.catalogue_csv(on=on), name=f"{name}.zip", kind="application/zip")
    rows = queries.filtered_items(_filter(request), on=on, limit=1_000_000)
    return download(queries.items_csv(rows), name=f"{name}.csv", kind=CSV)


@require_GET
@needs(Can.VIEW)
def item_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, code, EndForm(initial={"on": today()}), 200)


def _detail(request: HttpRequest, code: str, ending: EndForm, status: int) -> HttpResponse:
    versions = queries.versions(code)
    if not versions:
        raise OutOfReach
    asked = request.GET.get("version", "")
    row = next((v for v in versions if str(v.version) == asked), versions[-1])
    context = {
        "item": row,
        "history": queries.history(code),
        "matrix": queries.matrix_for(row.id, on=today()),
        "no_reports": queries.no_reports_for(row.id),
        "is_latest": row == versions[-1],
        "ending": ending,
        "can_manage": may_manage(request),
    }
    return render(request, "catalogue/item_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def item_new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _edit(request, ItemForms(valid_from=today()), "")
    forms = ItemForms(request.POST)
    if not forms.is_valid():
        return _edit(request, forms, "", status=422)
    try:
        row = actions.add(
            draft=forms.draft(),
            valid_from=forms.revision.cleaned_data["valid_from"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as wrong:
        forms.show(wrong.problems)
        return _edit(request, forms, "", status=422)
    messages.success(request, _("The item is in the catalogue."))
    return redirect("catalogue:item", code=row.code)


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def item_revise(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form; then what would change; then, confirmed, put the next version into force."""
    versions = queries.versions(code)
    if not versions:
        raise OutOfReach
    if request.method == "GET":
        latest = queries.draft_of(versions[-1])
        first = ItemForms(draft=latest, valid_from=today(), based_on=versions[-1].version)
        return _edit(request, first, code)
    forms = ItemForms(request.POST)
    if not forms.is_valid():
        return _edit(request, forms, code, status=422)
    if request.POST.get("step") != "confirm":
        return _edit(request, forms, code, preview=True)
    return _put(request, forms, code)


def _put(request: HttpRequest, forms: ItemForms, code: str) -> HttpResponse:
    values = forms.revision.cleaned_data
    try:
        actions.revise(
            draft=forms.draft(),
            based_on=values["based_on"] or 0,
            valid_from=values["valid_from"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as wrong:
        forms.show(wrong.problems)
        return _edit(request, forms, code, status=422)
    messages.success(
        request, _("The next version is in force from {day}.").format(day=values["valid_from"])
    )
    return redirect("catalogue:item", code=code)


def _edit(
    request: HttpRequest, forms: ItemForms, code: str, *, preview: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "forms": forms,
        "code": code,
        "preview": preview,
        "changes": queries.changes_to(forms.draft()) if preview else [],
    }
    return render(request, "catalogue/item_edit.html", context, status=status)


@require_POST
@needs(Can.MANAGE)
def item_retire(request: HttpRequest, code: str) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _detail(request, code, form, 422)
    try:
        actions.retire(
            code=code, on=form.cleaned_data["on"], actor=actor_of(request), at=timezone.now()
        )
    except Invalid as wrong:
        blame(form, wrong)
        return _detail(request, code, form, 422)
    messages.success(request, _("The item ends on {day}.").format(day=form.cleaned_data["on"]))
    return redirect("catalogue:item", code=code)
