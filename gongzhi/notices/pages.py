"""Doors: the bell, one's own notices, the words and what became of messages."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of, blame, needs, page_asked, query_without
from gongzhi.notices import actions, queries
from gongzhi.notices.capabilities import Can
from gongzhi.notices.forms import TemplateForm


@require_safe
@needs()
def bell(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"count": queries.unread(actor), "notices": queries.latest_notices(actor)}
    return render(request, "notices/_bell.html", context)


@require_safe
@needs()
def index(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("q", "unread")}
    page = queries.notices_page(
        actor_of(request), text=asked["q"], only_unread=bool(asked["unread"]), **page_asked(request)
    )  # fmt: skip
    context = {"page": page, "asked": asked, "again": query_without(request, "after", "before")}
    return render(request, "notices/notice_list.html", context)


@require_safe
@needs()
def show(request: HttpRequest, notice_id: int) -> HttpResponse:
    link = actions.mark_read(actor=actor_of(request), at=timezone.now(), notice_id=notice_id)
    return redirect(link or "notices")


@require_POST
@needs()
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(actor=actor_of(request), at=timezone.now())
    return redirect("notices")


@require_safe
@needs(Can.MANAGE_TEMPLATES)
def templates(request: HttpRequest) -> HttpResponse:
    current = queries.current_templates(on=timezone.localdate())
    by_occasion: dict[str, list[Any]] = {code: [] for code in queries.LABELS}
    for template in current:
        by_occasion[template.code].append(template)
    rows = [(queries.LABELS[code], found) for code, found in by_occasion.items() if found]
    return render(request, "notices/template_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MANAGE_TEMPLATES)
def template(request: HttpRequest, code: str, channel: str, language: str) -> HttpResponse:
    name = {"code": code, "channel": channel, "language": language}
    versions = queries.versions(**name)
    if not versions:
        raise OutOfReach
    form = TemplateForm(request.POST or None, initial=_initial(versions[0]))
    if request.method == "POST" and form.is_valid() and _is_saved(request, form, name):
        return redirect("notice_template", code, channel, language)
    context = {
        "form": form, "versions": versions, "current": versions[0], "label": queries.LABELS.get(code, code),
        "placeholders": queries.placeholders_of(code, language=language),
        "rendered": _preview(request, code, language, versions[0]), **name,
    }  # fmt: skip
    return render(
        request, "notices/template_edit.html", context, status=422 if form.errors else 200
    )


@require_POST
@needs(Can.MANAGE_TEMPLATES)
def preview(request: HttpRequest, code: str, channel: str, language: str) -> HttpResponse:
    rendered = queries.preview(
        code=code, language=language, subject=request.POST.get("subject", "")[:200],
        text=request.POST.get("text", "")[:2000],
    )  # fmt: skip
    return render(request, "notices/_preview.html", {"rendered": rendered, "channel": channel})


@require_safe
@needs(Can.SEE_DELIVERIES)
def deliveries(request: HttpRequest) -> HttpResponseBase:
    status = request.GET.get("status", "")
    if request.GET.get("as") == "csv":
        return _as_table(status)
    page = queries.deliveries_page(status=status, **page_asked(request))
    context = {
        "page": page, "status": status, "again": query_without(request, "after", "before"),
        "statuses": queries.delivery_statuses(),
    }  # fmt: skip
    return render(request, "notices/delivery_list.html", context)


@require_POST
@needs(Can.SEE_DELIVERIES)
def send_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    actions.send_again(delivery_id=delivery_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The message is on its way again."))
    return redirect("deliveries")


def _is_saved(request: HttpRequest, form: TemplateForm, name: dict[str, Any]) -> bool:
    try:
        saved = actions.save_template(
            **name, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
        )
    except Invalid as error:
        blame(form, error)
        return False
    messages.success(request, _("Saved as version {version}.").format(version=saved.version))
    return True


def _initial(current: Any) -> dict[str, Any]:
    return {"subject": current.subject, "text": current.text, "valid_from": timezone.localdate()}


def _preview(request: HttpRequest, code: str, language: str, current: Any) -> Any:
    return queries.preview(
        code=code, language=language, subject=request.POST.get("subject", current.subject),
        text=request.POST.get("text", current.text),
    )  # fmt: skip


def _as_table(status: str) -> HttpResponseBase:
    headings = [
        _("Time"), _("Way"), _("To"), _("Occasion"), _("State"), _("Tries"), _("Sent at"), _("Trouble"),
    ]  # fmt: skip
    rows = (
        [
            _minute(row.created_at), row.get_channel_display(), row.masked,
            queries.LABELS.get(row.template.code, row.template.code), row.get_status_display(), row.tries,
            _minute(row.sent_at), row.error,
        ]
        for row in queries.all_deliveries(status=status)
    )  # fmt: skip
    return table_download(headings, rows, name="deliveries", form="csv")


def _minute(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
