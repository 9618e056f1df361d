"""All agreements within reach: what is to be signed, due, overdue; without names."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gongzhi.agreements import queries
from gongzhi.agreements.capabilities import Can
from gongzhi.audit import actions as audit
from gongzhi.base.counting import told
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs, page_asked, query_without, text_asked


def _asked(request: HttpRequest) -> tuple[str, str, date]:
    box = request.GET.get("box", "")
    text = text_asked(request, most=40)
    return (box if box in queries.BOXES else "due"), text, timezone.localdate()


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest) -> HttpResponse:
    actor, (box, text, on) = actor_of(request), _asked(request)
    order = request.GET.get("sort", "due" if box in {"due", "late"} else "newest")
    page, rows = queries.agreements_page(actor, box=box, text=text, order=order, on=on, **page_asked(request))  # fmt: skip
    counts = queries.counts(actor, on=on)
    context = {
        "page": page, "rows": rows, "can_open": any(actor.can(one) for one in (Can.DRAFT, Can.SEAL, Can.FOLLOW)), "box": box, "text": text, "sort": order, "again": query_without(request, "after", "before"),
        "tabs": [(name, label, told(counts.get(name, 0))) for name, label in queries.BOXES.items()],
        "sorts": [("due", _("Next day due")), ("newest", _("Newest first")), ("oldest", _("Oldest first"))],
    }  # fmt: skip
    return render(request, "agreements/list.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    if form not in {"csv", "xlsx"}:
        raise Http404
    actor, (box, text, on) = actor_of(request), _asked(request)
    audit.record(actor=actor, verb="agreements.export", subject="list:agreements", at=timezone.now(), detail={"box": box})  # fmt: skip
    headings = (
        pgettext("column", "matter"), pgettext("column", "agreement"), pgettext("column", "kind of dispute"), pgettext("column", "place"),
        pgettext("column", "state"), pgettext("column", "amount (yuan)"), pgettext("column", "in force since"),
        pgettext("column", "next day due"), pgettext("column", "not performed yet"),
    )  # fmt: skip
    rows = queries.table(queries.agreements(actor, box=box, text=text, on=on), on)
    return table_download(headings, rows, name=f"agreements-{on:%Y%m%d}", form=form, title=_("Agreements"))  # fmt: skip
