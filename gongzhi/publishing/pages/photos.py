"""Photos at the moderators' desk: the covered copy, and the boxes on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.errors import Invalid
from gongzhi.base.pages import actor_of, needs
from gongzhi.files import queries as files
from gongzhi.publishing import actions, queries
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.forms import regions_sent


@needs(Can.MODERATE)
def picture(request: HttpRequest, public_id: str, photo_id: int) -> HttpResponseBase:
    """Answer with the covered copy; the picture as it was taken stands on the matter's own page."""
    return covered(queries.covered_photo(public_id, photo_id, actor_of(request)), private=True)


def covered(file: Any, *, private: bool, small: bool = False) -> HttpResponse:
    """Answer with a covered copy. Every cache must ask again, so that what is withdrawn is gone at once."""
    key = file.thumb_key if small and file.thumb_key else file.key
    kind = "image/webp" if key == file.thumb_key else file.content_type
    with files.opened(key) as content:
        answer = HttpResponse(content.read(), content_type=kind)
    answer["Cache-Control"] = "private, no-store" if private else "public, no-cache"
    answer["ETag"] = f'"{file.sha256}{"-small" if small else ""}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'"
    return answer


@needs(Can.MODERATE)
@require_POST
def set_regions(request: HttpRequest, public_id: str, photo_id: int) -> HttpResponse:
    regions = regions_sent(request.POST)
    if regions is None:
        raise Invalid({"regions": _("Give each box four numbers from 0 to 100.")})
    return _changed(request, public_id, photo_id, actions.set_regions, regions=regions)


@needs(Can.MODERATE)
@require_POST
def find_again(request: HttpRequest, public_id: str, photo_id: int) -> HttpResponse:
    return _changed(request, public_id, photo_id, actions.find_again)


def _changed(
    request: HttpRequest, public_id: str, photo_id: int, deed: Any, **values: Any
) -> HttpResponse:
    actor = actor_of(request)
    p = queries.case(public_id, actor).publication
    deed(publication_id=p.pk, photo_id=photo_id, actor=actor, at=timezone.now(), **values)
    if "HX-Request" not in request.headers:
        return HttpResponseRedirect(f"/desk/publishing/{public_id}#photo-{photo_id}")
    seen = queries.case(public_id, actor)
    photo = next(row for row in seen.photos if row.id == photo_id)
    context = {
        "photo": photo,
        "p": seen.publication,
        "mark": timezone.now().timestamp(),
        "is_chosen": True,
    }
    return render(request, "publishing/_photo.html", context)
