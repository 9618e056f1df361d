"""A table comes in: checked first, every problem row listed, then confirmed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, blame, needs
from gongzhi.catalogue import actions
from gongzhi.catalogue.capabilities import Can
from gongzhi.catalogue.forms import ConfirmForm, ImportForm
from gongzhi.catalogue.pages.door import today

SHOWN = 200  # rows of a list on the page; the counts say how many there are


@require_http_methods(["GET", "POST"])
@needs(Can.MANAGE)
def import_items(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, ImportForm(initial={"valid_from": today()}), 200)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, 422)
    upload = form.cleaned_data["file"]
    try:
        draft_id, plan = actions.keep_draft(
            name=upload.name,
            content=upload.read(actions.LARGEST_FILE + 1),
            choices=form.choices(),
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as wrong:
        blame(form, wrong)
        return _form(request, form, 422)
    context = {
        "plan": plan,
        "draft_id": draft_id,
        "name": upload.name,
        "confirm": ConfirmForm(initial=form.cleaned_data),
        "new": plan.new[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "problems": plan.problems[:SHOWN],
    }
    return render(request, "catalogue/import_result.html", context)


def _form(request: HttpRequest, form: ImportForm, status: int) -> HttpResponse:
    return render(request, "catalogue/import.html", {"form": form}, status=status)


@require_POST
@needs(Can.MANAGE)
def confirm_import(request: HttpRequest, draft_id: int) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Invalid({field: " ".join(map(str, said)) for field, said in form.errors.items()})
    plan = actions.confirm_draft(
        draft_id=draft_id, choices=form.choices(), actor=actor_of(request), at=timezone.now()
    )
    done = _("Imported: {new} new items, {changed} changed, {rows} rows of the matrix.").format(
        new=len(plan.new), changed=len(plan.changed), rows=len(plan.responsibilities)
    )
    messages.success(request, done)
    return redirect("catalogue:items")
