"""Bodies: the list with what each lacks, one body, what the court is told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.base.texts import as_numbers
from gongzhi.mediators import actions, queries
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.forms import KINDS, BodyForm, FiledForm, ReasonForm, TermForm
from gongzhi.mediators.pages import door


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, on, by = actor_of(request), timezone.localdate(), door.body_filter(request)
    page, rows = queries.bodies_page(actor, by, on=on, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "bodies"), "page": page, "rows": rows, "by": by, "boxes": queries.BODY_BOXES,
        "sorts": queries.BODY_SORTS, "kinds": KINDS, "fields": queries.fields(), "towns": door.towns_within(actor),
        "counts": queries.registry_counts(actor, on=on), "can_keep": actor.can(Can.KEEP),
        "again": query_without(request, "after", "before"), "again_box": query_without(request, "after", "before", "box"),
        "is_narrowed": any((by.text, by.kind, by.field, by.area)),
    }  # fmt: skip
    return render(request, "mediators/bodies.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.bodies(actor_of(request), door.body_filter(request), on=timezone.localdate())
    return table_download(
        queries.body_headings(), queries.body_table(rows.order_by("id")), name=f"bodies-{timezone.localdate():%Y%m%d}",
        form=form, title=_("Mediation bodies"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = BodyForm(
        request.POST or None, units=queries.units_offered(actor), areas=door.areas_offered(actor)
    )
    if request.method == "POST":
        made = attempt(form, lambda **said: actions.enter_body(draft=actions.BodyDraft(**said), actor=actor, at=timezone.now()))  # fmt: skip
        if made is not FAILED:
            messages.success(request, _("{name} is entered. Add its members next.").format(name=made.name))  # fmt: skip
            return redirect("mediators:body", made.pk)
    context = {"tabs": door.tabs(request, "bodies"), "form": form}
    return render(request, "mediators/body_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def change(request: HttpRequest, body_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = queries.body_detail(actor, body_id, on=timezone.localdate()).row.body
    names = ("name", "code", "kind", "unit_id", "area_path", "expertise", "founder", "founded_on", "term_ends_on", "address", "phone", "about")  # fmt: skip
    form = BodyForm(
        request.POST or None, initial={name: getattr(row, name) for name in names}, units=queries.units_offered(actor),
        areas=door.areas_offered(actor),
    )  # fmt: skip
    if request.method == "POST":
        deed = lambda **said: actions.change_body(body_id=row.pk, draft=actions.BodyDraft(under_id=row.under_id, **said), actor=actor, at=timezone.now())  # noqa: E731  # fmt: skip
        if attempt(form, deed) is not FAILED:
            messages.success(request, _("The entry is changed."))
            return redirect("mediators:body", row.pk)
    context = {"tabs": door.tabs(request, "bodies"), "form": form, "row": row}
    return render(request, "mediators/body_form.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.VIEW)
def body(request: HttpRequest, body_id: int) -> HttpResponse:
    return _page(request, body_id)


def _page(request: HttpRequest, body_id: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor, on = actor_of(request), timezone.localdate()
    seen = queries.body_detail(actor, body_id, on=on)
    context = {
        "tabs": door.tabs(request, "bodies"), "seen": seen, "row": seen.row.body, "can_keep": actor.can(Can.KEEP),
        "can_serve": actor.can(Can.SERVE), "today": on, "term_form": TermForm(initial={"begins_on": on}),
        "reason_form": ReasonForm(), **forms,
    }  # fmt: skip
    return render(request, "mediators/body.html", context, status=status)


@require_POST
@needs(Can.KEEP)
def term(request: HttpRequest, body_id: int) -> HttpResponse:
    form = TermForm(request.POST)
    done = attempt(form, lambda **said: actions.begin_term(body_id=body_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, body_id, status=422, term_form=form)
    messages.success(request, _("The new term runs until {day}.").format(day=done.term_ends_on))
    return redirect("mediators:body", body_id)


@require_POST
@needs(Can.KEEP)
def close(request: HttpRequest, body_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda **said: actions.close_body(body_id=body_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, body_id, status=422, reason_form=form)
    messages.success(request, _("{name} is closed; what it did stays.").format(name=done.name))
    return redirect("mediators:body", body_id)


def _filing_box(request: HttpRequest) -> str:
    return "filed" if request.GET.get("box") == "filed" else "open"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.VIEW)
def filings(request: HttpRequest) -> HttpResponse:
    """What the court is still to be told; who keeps the registry notes what was filed."""
    actor, box, text = actor_of(request), _filing_box(request), door.text_asked(request)
    form = FiledForm(request.POST or None, initial={"filed_on": timezone.localdate()})
    if request.method == "POST" and _filed(request, form):
        return redirect("mediators:filings")
    context = {
        "tabs": door.tabs(request, "filings"), "page": queries.filings_page(actor, box=box, text=text, **page_asked(request)),
        "box": box, "text": text, "form": form, "today": timezone.localdate(), "can_keep": actor.can(Can.KEEP) and box == "open",
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "mediators/filings.html", context, status=422 if form.errors else 200)


def _filed(request: HttpRequest, form: FiledForm) -> bool:
    ids = as_numbers(request.POST.getlist("ids"))  # fmt: skip
    if not actor_of(request).can(Can.KEEP) or not form.is_valid():
        return False
    try:
        count = actions.note_filed(filing_ids=ids, actor=actor_of(request), at=timezone.now(), **form.cleaned_data)  # fmt: skip
    except (Refused, Invalid) as trouble:
        messages.error(request, str(trouble))
        return True
    messages.success(request, ngettext("{n} change is noted as filed.", "{n} changes are noted as filed.", count).format(n=count))  # fmt: skip
    return True


@require_safe
@needs(Can.VIEW)
def export_filings(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list for the court: 《人民调解法》第十条."""
    rows = queries.filings(actor_of(request), box=_filing_box(request), text=door.text_asked(request))  # fmt: skip
    return table_download(
        queries.filing_headings(), queries.filing_table(rows.order_by("due_on", "id")), name=f"filings-{timezone.localdate():%Y%m%d}",
        form=form, title=_("Filing with the court"),
    )  # fmt: skip
