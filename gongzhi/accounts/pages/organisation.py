"""Administration of the unit tree."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from gongzhi.accounts import actions, queries
from gongzhi.accounts.capabilities import Can
from gongzhi.accounts.forms import ClosingForm, UnitChangeForm, UnitForm
from gongzhi.accounts.queries import people, units
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, attempt, needs, page_asked, query_without
from gongzhi.base.paging import page_of


@needs(Can.ORGANISE)
def organisation(request: Any) -> HttpResponse:
    """Show the tree; a search or a kind turns it into a list."""
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    words: dict[str, Any] = {"text": text, "kind": kind, "kinds": units.KINDS}
    if text or kind:
        rows = units.find_units(request.actor, text=text, kind=kind)
        words["page"] = page_of(rows, "code", **page_asked(request))
        words["again"] = query_without(request, "after", "before")
    else:
        words["units"] = units.top_units(request.actor)
    return render(request, "accounts/organisation.html", words)


@needs(Can.ORGANISE)
def branch(request: Any, unit_id: int) -> HttpResponse:
    rows = units.branch(request.actor, unit_id)
    return render(request, "accounts/_branch.html", {"units": rows})


@needs(Can.ORGANISE)
def unit(request: Any, unit_id: int) -> HttpResponse:
    return _unit_page(request, unit_id, ClosingForm(initial={"on": timezone.localdate()}))


def _unit_page(request: Any, unit_id: int, form: ClosingForm, status: int = 200) -> HttpResponse:
    row = queries.visible_units(request.actor).select_related("parent").get(pk=unit_id)
    posted = people.posted_in(unit_id, on=timezone.localdate())
    words = {
        "unit": row,
        "above": [queries.unit(number) for number in row.ancestors[:-1]],
        "area": people.area_name(row.area_path) if row.area_path else "",
        "units": units.branch(request.actor, unit_id),
        "posted": [(row, people.role_name(row.role)) for row in posted[:50]],
        "posted_count": posted.count(),
        "form": form,
    }
    return render(request, "accounts/unit.html", words, status=status)


@needs(Can.ORGANISE)
def add_unit(request: Any) -> HttpResponse:
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("parent", "")})

    def deed(parent: int | None, **values: Any) -> int:
        return actions.add_unit(parent_id=parent, actor=request.actor, at=timezone.now(), **values)

    if request.method == "POST" and (unit_id := attempt(form, deed)) is not FAILED:
        messages.success(request, _("The unit is added."))
        return HttpResponseRedirect(f"/setup/organisation/{unit_id}")
    return _unit_form(request, form, _("Add a unit"), "/setup/organisation")


@needs(Can.ORGANISE)
def change_unit(request: Any, unit_id: int) -> HttpResponse:
    row = queries.visible_units(request.actor).select_related("parent").get(pk=unit_id)
    now = {
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent.code if row.parent else "",
        "area_path": row.area_path,
    }
    form = UnitChangeForm(request.POST or None, initial=now)

    def deed(parent: int | None, **values: Any) -> None:
        actions.change_unit(
            unit_id=unit_id, parent_id=parent, actor=request.actor, at=timezone.now(), **values
        )

    if request.method == "POST" and attempt(form, deed) is not FAILED:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(f"/setup/organisation/{unit_id}")
    title = _("Change {name}").format(name=row.name)
    return _unit_form(request, form, title, f"/setup/organisation/{unit_id}")


def _unit_form(request: Any, form: UnitForm, title: str, back: str) -> HttpResponse:
    words = {"form": form, "title": title, "back": back, "choices": units.choices()}
    return render(request, "accounts/form.html", words, status=422 if form.errors else 200)


@needs(Can.ORGANISE)
@require_POST
def close_unit(request: Any, unit_id: int) -> HttpResponse:
    form = ClosingForm(request.POST)

    def deed(**values: Any) -> None:
        actions.close_unit(unit_id=unit_id, actor=request.actor, at=timezone.now(), **values)

    if attempt(form, deed) is FAILED:
        return _unit_page(request, unit_id, form, 422)
    messages.success(request, _("The unit is closed."))
    return HttpResponseRedirect(f"/setup/organisation/{unit_id}")


@needs(Can.ORGANISE)
@require_POST
def reopen_unit(request: Any, unit_id: int) -> HttpResponse:
    actions.reopen_unit(unit_id=unit_id, actor=request.actor, at=timezone.now())
    messages.success(request, _("The unit is open again."))
    return HttpResponseRedirect(f"/setup/organisation/{unit_id}")


@needs(Can.ORGANISE)
def export_units(request: Any, form: str) -> Any:
    """Write the tree with the headings the import reads, parents first."""
    rows = queries.visible_units(request.actor).select_related("parent").order_by("ancestors")
    cells = (
        (
            u.code,
            u.name,
            u.get_kind_display(),
            u.parent.code if u.parent else "",
            u.area_path,
            u.ends_on or "",
        )
        for u in rows.iterator(chunk_size=1000)
    )
    headings = (
        pgettext("column", "code"),
        pgettext("column", "name"),
        pgettext("column", "kind"),
        pgettext("column", "parent"),
        pgettext("column", "area"),
        pgettext("column", "closed on"),
    )
    return table_download(headings, cells, name="units", form=form)
