"""What reporters said of the units' work."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, needs
from gongzhi.matters import queries
from gongzhi.matters.capabilities import Can


@needs(Can.VIEW)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    days, at = _days(request), timezone.now()
    rows = queries.unit_ratings(actor_of(request), days=days, at=at)
    context = {"rows": rows, "days": days, "spans": queries.RATING_SPANS, "at": at}
    return render(request, "matters/ratings.html", context)


@needs(Can.EXPORT)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    headings = [_("Unit"), _("Solved"), _("Half solved"), _("Not solved"), _("Reasons")]
    rows = (
        [row.unit, row.solved, row.half, row.not_solved, "；".join(f"{w} {n}" for w, n in row.said)]
        for row in queries.unit_ratings(actor_of(request), days=_days(request), at=timezone.now())
    )
    return table_download(headings, rows, name=_("ratings"), form=form)


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(span) for span in queries.RATING_SPANS} else 90
