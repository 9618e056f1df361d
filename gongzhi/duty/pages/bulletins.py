"""Bulletins: the boxes, one with its readers, a new one, confirming, recalling."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.base.texts import plain
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import BulletinForm
from gongzhi.duty.pages import door
from gongzhi.duty.pages.addressing import addressed, mine_of, uploads_of

TONES = {"current": "ok", "past": "", "recalled": "late"}


def _box(request: HttpRequest) -> str:
    return door.one_asked(request, "box", queries.BULLETIN_BOXES, "current")


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, at, box, text = (
        actor_of(request),
        timezone.now(),
        _box(request),
        door.text_asked(request),
    )
    page, rows = queries.bulletins_page(actor, box=box, text=text, at=at, **page_asked(request))
    unread = queries.unread_count(actor, at=at)
    context = {
        "tabs": door.tabs(request, "bulletins"), "page": page, "box": box, "text": text,
        "rows": [{"row": row, "tone": TONES[row.state]} for row in rows],
        "boxes": [(name, label, unread if name == "unread" else 0) for name, label in queries.BULLETIN_BOXES.items()],
        "again": query_without(request, "after", "before"), "can_announce": actor.can(Can.ANNOUNCE),
    }  # fmt: skip
    return render(request, "duty/bulletins.html", context)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    actor, at = actor_of(request), timezone.now()
    door.note_export(request, "bulletins", door.form_asked(request))
    headings = [
        _("From unit"), _("Title"), _("Text"), pgettext("bulletin", "Published at"), _("In force until"), _("Units"), _("Have read it"),
        _("Why recalled"),
    ]  # fmt: skip
    rows = queries.bulletins(actor, box=_box(request), text=door.text_asked(request), at=at)
    table = queries.bulletins_table(rows, actor, at=at)
    return table_download(
        headings,
        table,
        name="bulletins",
        form=door.form_asked(request),
        title=pgettext("duty", "Bulletins"),
    )


@require_http_methods(["GET", "POST"])
@needs(Can.ANNOUNCE)
def new(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    days = queries.norm("bulletin_days", timezone.localdate(at))
    until = timezone.localtime(at + timedelta(days=days)).replace(hour=18, minute=0)
    form = BulletinForm(request.POST or None, initial={"valid_until": until})
    mine, to = mine_of(actor, Can.ANNOUNCE)
    form.address(mine, to)
    if request.method == "POST":
        done = attempt(form, lambda **said: _published(request, said))
        if done is not FAILED:
            messages.success(request, _("The bulletin is published; its readers are told."))
            return redirect("duty:bulletin", done.pk)
    context = {
        "tabs": door.tabs(request, "bulletins"), "form": form, "tokens": uploads_of(request),
    }  # fmt: skip
    return render(request, "duty/bulletin_new.html", context, status=422 if form.errors else 200)


def _published(request: HttpRequest, said: dict[str, Any]) -> Any:
    actor = actor_of(request)
    readers = addressed(actor, Can.ANNOUNCE, said)
    draft = actions.BulletinDraft(**said, reader_ids=readers, uploads=uploads_of(request))
    return actions.publish_bulletin(draft=draft, actor=actor, at=timezone.now())


@require_GET
@needs(Can.VIEW)
def detail(request: HttpRequest, row_id: int) -> HttpResponse:
    seen = queries.bulletin(actor_of(request), row_id, at=timezone.now())
    context = {
        "tabs": door.tabs(request, "bulletins"), "seen": seen, "row": seen.row.bulletin, "tone": TONES[seen.row.state],
        "photos": [{"url": one.url, "thumb_url": one.thumb_url, "words": one.name, "kind": one.kind} for one in seen.files],
        "to_confirm": [one for one in seen.own if not one.reader.read_at and seen.row.state != "recalled"],
    }  # fmt: skip
    return render(request, "duty/bulletin.html", context)


@require_GET
@needs(Can.VIEW)
def readers(request: HttpRequest, row_id: int) -> HttpResponseBase:
    seen = queries.bulletin(actor_of(request), row_id, at=timezone.now())
    door.note_export(request, f"bulletin:{row_id}", door.form_asked(request))
    headings = [_("Unit"), _("Read at"), _("Confirmed by")]
    return table_download(
        headings, queries.readers_table(seen), name="readers", form=door.form_asked(request)
    )


@require_POST
@needs(Can.VIEW)
def step(request: HttpRequest, row_id: int, name: str) -> HttpResponse:
    """Confirm for a unit of one's own that it was read, or recall."""
    actor, at = actor_of(request), timezone.now()

    def read() -> str:
        reader = door.number_of(request.POST.get("reader", "")) or 0
        actions.confirm_read(reader_id=reader, actor=actor, at=at)
        return _("Confirmed as read.")

    def recall() -> str:
        reason = plain(request.POST.get("reason", ""))[:300]
        actions.recall_bulletin(bulletin_id=row_id, reason=reason, actor=actor, at=at)
        return _("Recalled; its readers are told why.")

    deeds = {"read": read, "recall": recall}
    if name not in deeds:
        raise OutOfReach
    answer = door.done(request, deeds[name], "duty:bulletins")
    answer["Location"] = f"/desk/duty/bulletins/{row_id}"
    return answer
