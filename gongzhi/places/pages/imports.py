"""Importing: send a file, read the dry run, let it be written, fetch the list of problems."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.places import actions, queries
from gongzhi.places.capabilities import Can
from gongzhi.places.forms import ImportForm
from gongzhi.places.pages import door
from gongzhi.places.rules import area_files, premises_rows

COLUMNS = {"areas": area_files.COLUMNS, "premises": premises_rows.COLUMNS}
UNDER_WAY = {"received", "checking", "writing"}


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def start(request: HttpRequest, subject: str) -> HttpResponse:
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"valid_from": door.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = _receive(request, subject, form)
            return redirect("places:import", subject=subject, import_id=row)
        except Invalid as error:
            blame(form, error)
    context = {
        "form": form,
        "subject": subject,
        "columns": list(COLUMNS[subject].items()),
        "recent": queries.visible_imports(actor_of(request), subject)[:10],
    }
    return render(request, "places/import_start.html", context, status=422 if form.errors else 200)


def _receive(request: HttpRequest, subject: str, form: ImportForm) -> int:
    given = form.cleaned_data
    row = actions.receive_import(
        subject=subject, upload=given["file"], system=given["system"],
        valid_from=given["valid_from"], actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    return int(row.pk)


@require_GET
@needs(Can.MANAGE)
def result(request: HttpRequest, subject: str, import_id: int) -> HttpResponse:
    row = queries.import_found(actor_of(request), subject, import_id)
    context = {
        "row": row,
        "subject": subject,
        "is_under_way": row.state in UNDER_WAY,
        "percent": min(100, 100 * row.rows_done // max(1, row.rows_total)),
        "failure": queries.failure_of(row),
        "problems": queries.told(row),
        "sound": row.new_count + row.changed_count,
        "may_write": row.state == "checked"
        and row.new_count + row.changed_count > 0
        and not (subject == "areas" and row.error_count),
    }
    part = "places/_import_result.html" if request.headers.get("HX-Request") else ""
    return render(request, part or "places/import_result.html", context)


@require_POST
@needs(Can.MANAGE)
def write(request: HttpRequest, subject: str, import_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = queries.import_found(actor, subject, import_id)
    actions.confirm_import(import_id=row.pk, actor=actor, at=timezone.now())
    return redirect("places:import", subject=subject, import_id=row.pk)


@require_GET
@needs(Can.MANAGE)
def report(request: HttpRequest, subject: str, import_id: int) -> FileResponse:
    row = queries.import_found(actor_of(request), subject, import_id)
    return FileResponse(
        actions.opened_report(row), as_attachment=True, filename=f"{subject}-problems-{row.pk}.csv",
        content_type="text/csv; charset=utf-8",
    )  # fmt: skip
