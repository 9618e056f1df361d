"""The log of messages; what one says opens for a reason, which goes to the trail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.counting import told
from gongzhi.base.errors import Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.docking import actions, queries
from gongzhi.docking.capabilities import Can
from gongzhi.docking.forms import ReasonForm
from gongzhi.docking.pages.door import tabs, text_asked


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, text, box = actor_of(request), text_asked(request), request.GET.get("box", "")
    box = box if box in queries.MESSAGE_BOXES else "all"
    page, rows = queries.messages_page(actor, box=box, text=text, **page_asked(request))
    counts = queries.message_counts(actor)
    context = {
        "tabs": tabs("messages", actor), "page": page, "rows": [(row, queries.MESSAGE_KINDS.get(row.kind, row.kind)) for row in rows],
        "boxes": [(name, label, told(counts[name])) for name, (label, _q) in queries.MESSAGE_BOXES.items()],
        "box": box, "text": text, "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "docking/messages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.RECORD, Can.ACCEPT)
def show(request: HttpRequest, message_id: int) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    row = queries.message(actor, message_id)
    form = ReasonForm(request.POST or None)
    content = ""
    if request.method == "POST":
        seen = attempt(
            form,
            lambda reason: audit.record_view(
                actor=actor, subject=f"message:{message_id}", reason=reason, at=at
            ),
        )
        content = "" if seen is FAILED else queries.content_of(row)
    context = {
        "tabs": tabs("messages", actor), "row": row, "kind": queries.MESSAGE_KINDS.get(row.kind, row.kind),
        "form": form, "content": content, "can_send": actor.can(Can.RECORD) and row.state == "failed",
    }  # fmt: skip
    return render(request, "docking/message.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Can.RECORD)
def again(request: HttpRequest, message_id: int) -> HttpResponse:
    try:
        actions.send_again(message_id=message_id, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("It waits to be sent again."))
    except Refused as trouble:
        messages.error(request, str(trouble))
    return redirect("docking:message", message_id)
