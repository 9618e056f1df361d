"""All files within reach: to complete, to review, scored; without names."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.counting import told
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.dossiers import queries
from gongzhi.dossiers.capabilities import Can


def _asked(request: HttpRequest) -> tuple[str, str, date]:
    box = request.GET.get("box", "")
    text = request.GET.get("q", "").replace("\0", "").strip()[:40]
    return (box if box in queries.BOXES else "open"), text, timezone.localdate()


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponse:
    actor, (box, text, on) = actor_of(request), _asked(request)
    order = request.GET.get("sort", "newest")
    page, rows = queries.dossiers_page(actor, box=box, text=text, order=order, on=on, **page_asked(request))  # fmt: skip
    counts = queries.counts(actor)
    context = {
        "page": page, "rows": rows, "can_open": actor.can(Can.KEEP), "box": box, "text": text, "sort": order, "again": query_without(request, "after", "before"),
        "tabs": [(name, label, told(counts.get(name, 0))) for name, label in queries.BOXES.items()],
        "sorts": [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("score", _("Lowest score first"))],
    }  # fmt: skip
    return render(request, "dossiers/list.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    if form not in {"csv", "xlsx"}:
        raise Http404
    actor, (box, text, on) = actor_of(request), _asked(request)
    audit.record(actor=actor, verb="dossiers.export", subject="list:dossiers", at=timezone.now(), detail={"box": box})  # fmt: skip
    headings = (
        pgettext("column", "matter"), pgettext("column", "number of the file"), pgettext("column", "kind of dispute"),
        pgettext("column", "place"), pgettext("column", "state"), pgettext("column", "missing"), pgettext("column", "archived at"),
        pgettext("column", "score (of 7)"), pgettext("column", "reviewed at"),
    )  # fmt: skip
    rows = queries.table(queries.dossiers(actor, box=box, text=text), on)
    return table_download(headings, rows, name=f"dossiers-{on:%Y%m%d}", form=form, title=_("Dispute files"))  # fmt: skip
