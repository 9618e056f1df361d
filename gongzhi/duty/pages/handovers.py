"""Hand-overs: the list, one of them to write, sign, add to, print."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongzhi.base.downloads import download, table_download
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.base.texts import plain
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import AdditionForm, PointForm
from gongzhi.duty.lifecycle import HandoverState
from gongzhi.duty.pages import door

PDF = "application/pdf"
TONES = {"draft": "warn", "offered": "civic", "signed": "ok"}


def _narrowed(request: HttpRequest) -> dict[str, Any]:
    return {
        "desk": door.desk_asked(request), "text": door.text_asked(request), "since": door.day_asked(request, "since"),
        "until": door.day_asked(request, "until"),
    }  # fmt: skip


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    by = _narrowed(request)
    if by["desk"] is None:
        return render(request, "duty/no_desk.html", {"tabs": door.tabs(request, "handovers")})
    actor = actor_of(request)
    page = queries.handovers_page(actor, **by, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "handovers"), "page": page, "by": by, "desk": by["desk"],
        "rows": [{"row": row, "tone": TONES[row.state]} for row in page.rows],
        "desks": queries.desks_to_choose(actor), "again": query_without(request, "after", "before"),
        "open": queries.open_handover(by["desk"]), "can_serve": _serves(request, by["desk"]),
    }  # fmt: skip
    return render(request, "duty/handovers.html", context)


def _serves(request: HttpRequest, desk: Any) -> bool:
    try:
        queries.desk(actor_of(request), desk.unit_id, Can.SERVE)
    except OutOfReach:
        return False
    return True


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    door.note_export(request, "handovers", door.form_asked(request))
    headings = [
        _("Unit"), _("Shift"), _("From"), _("Until"), _("State"), _("Hands over"), _("Signed at"), _("Takes over"),
        _("Taken over at"), _("Notes"),
    ]  # fmt: skip
    rows = queries.handovers_table(queries.found_handovers(actor_of(request), **_narrowed(request)))
    return table_download(
        headings, rows, name="handovers", form=door.form_asked(request), title=_("Hand-overs")
    )


@require_POST
@needs(Can.SERVE)
def begin(request: HttpRequest) -> HttpResponse:
    unit = door.number_of(request.POST.get("unit", ""))
    if unit is None:
        raise Invalid({"unit": _("Choose a unit first.")})
    row = actions.begin_handover(unit_id=unit, actor=actor_of(request), at=timezone.now())
    return redirect("duty:handover", row.pk)


@require_GET
@needs(Can.VIEW)
def detail(request: HttpRequest, row_id: int) -> HttpResponse:
    return _page(request, row_id)


def _page(request: HttpRequest, row_id: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = actor_of(request)
    seen = queries.handover_detail(actor, row_id)
    row, serves = seen.row, _serves(request, seen.row.desk)
    context = {
        "tabs": door.tabs(request, "handovers"), "seen": seen, "row": row, "tone": TONES[row.state],
        "can_write": serves and row.state == HandoverState.DRAFT,
        "can_take": serves and row.state == HandoverState.OFFERED and row.outgoing_id != actor.id,
        "can_send_back": serves and row.state == HandoverState.OFFERED,
        "can_add": serves and row.state == HandoverState.SIGNED, "late_list": queries.late_list(row.desk),
        "point_form": PointForm(), "addition_form": AdditionForm(), **forms,
    }  # fmt: skip
    return render(request, "duty/handover.html", context, status=status)


@require_GET
@needs(Can.VIEW)
def paper(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """Write the hand-over as a PDF, as it is filed."""
    seen = queries.handover_detail(actor_of(request), row_id)
    door.note_export(request, f"handover:{row_id}", "pdf")
    content = queries.handover_paper(seen, at=timezone.now())
    return download(content, name=f"{seen.unit_name} {seen.row.shift[:10]}.pdf", kind=PDF)


@require_POST
@needs(Can.SERVE)
def step(request: HttpRequest, row_id: int, name: str) -> HttpResponse:
    """Do what a button of the page says."""
    if name not in DEEDS:
        raise OutOfReach
    deed, words, back = DEEDS[name]

    def do() -> str:
        deed(request, handover_id=row_id, actor=actor_of(request), at=timezone.now())
        return str(words)

    answer = door.done(request, do, "duty:handovers")
    if back == "page" or not _is_gone(request, row_id):
        answer["Location"] = f"/desk/duty/handovers/{row_id}"
    return answer


def _is_gone(request: HttpRequest, row_id: int) -> bool:
    try:
        queries.handover_detail(actor_of(request), row_id)
    except OutOfReach:
        return True
    return False


def _text(request: HttpRequest, name: str, most: int) -> str:
    return plain(request.POST.get(name, ""))[:most]


def _version(request: HttpRequest) -> int:
    return door.number_of(request.POST.get("version", "")) or 0


def _write(request: HttpRequest, **who: Any) -> None:
    notes = {
        int(key.removeprefix("note-")): _text(request, key, 500)
        for key in request.POST
        if key.startswith("note-") and door.number_of(key.removeprefix("note-")) is not None
    }
    text = _text(request, "notes", 20_001)
    actions.write_handover(notes=text, point_notes=notes, version=_version(request), **who)


def _point(request: HttpRequest, **who: Any) -> None:
    actions.add_point(
        number=_text(request, "number", 24), title=_text(request, "title", 200), note=_text(request, "note", 500), **who
    )  # fmt: skip


def _drop(request: HttpRequest, **who: Any) -> None:
    actions.drop_point(point_id=door.number_of(request.POST.get("point", "")) or 0, **who)


DEEDS: dict[str, tuple[Callable[..., Any], Any, str]] = {
    "write": (_write, gettext_lazy("Kept."), "page"),
    "point": (_point, gettext_lazy("The point is added."), "page"),
    "drop": (_drop, gettext_lazy("The point is left out."), "page"),
    "renew": (lambda _request, **who: actions.renew_points(**who), gettext_lazy("What has come since is added."), "page"),
    "offer": (
        lambda request, **who: actions.offer(version=_version(request), **who),
        gettext_lazy("Signed. A colleague of the next shift takes over."), "page",
    ),
    "take": (lambda _request, **who: actions.take_over(**who), gettext_lazy("You have taken over."), "page"),
    "back": (
        lambda request, **who: actions.send_back(reason=_text(request, "reason", 300), **who),
        gettext_lazy("Sent back; it can be changed again."), "page",
    ),
    "add": (
        lambda request, **who: actions.add_to_handover(text=_text(request, "text", 2000), **who),
        gettext_lazy("The addition is kept."), "page",
    ),
    "discard": (
        lambda request, **who: actions.discard_handover(reason=_text(request, "reason", 300), **who),
        gettext_lazy("The draft is thrown away."), "list",
    ),
}  # fmt: skip
