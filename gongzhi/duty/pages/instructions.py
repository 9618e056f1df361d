"""Instructions: the boxes, one with its units and record, a new one, the moves of each unit's part."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.base.texts import plain
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import AmendForm, InstructionForm
from gongzhi.duty.pages import door
from gongzhi.duty.pages.addressing import addressed, mine_of, uploads_of

STATE_TONES = {"open": "civic", "closed": "ok", "withdrawn": "late"}


def _narrowed(request: HttpRequest) -> dict[str, str]:
    return {
        "box": door.one_asked(request, "box", queries.INSTRUCTION_BOXES, "todo"), "text": door.text_asked(request),
        "urgency": door.one_asked(request, "urgency", queries.urgencies()),
    }  # fmt: skip


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, at, by = actor_of(request), timezone.now(), _narrowed(request)
    if "box" not in request.GET and not actor.can(Can.ANSWER):
        by["box"] = "sent"
    sort = door.one_asked(request, "sort", {"due": 1})
    page, rows = queries.instructions_page(actor, **by, sort=sort, at=at, **page_asked(request))
    counts = queries.instruction_counts(actor, at=at)
    context = {
        "tabs": door.tabs(request, "instructions"), "page": page, "by": by, "sort": sort,
        "rows": [{"row": row, "tone": STATE_TONES[row.instruction.state]} for row in rows],
        "boxes": [(name, label, counts.get(name, 0)) for name, label in queries.INSTRUCTION_BOXES.items()],
        "urgencies": queries.urgencies().values(), "again": query_without(request, "after", "before"),
        "sorts": query_without(request, "after", "before", "sort"), "can_instruct": actor.can(Can.INSTRUCT),
    }  # fmt: skip
    return render(request, "duty/instructions.html", context)


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    at = timezone.now()
    door.note_export(request, "instructions", door.form_asked(request))
    headings = [
        _("Number"), _("Title"), _("Issued by"), _("Urgency"), _("State"), _("Issued at"), _("Answer until"), _("Units"),
        pgettext("instruction", "Signed for"), pgettext("instruction", "Done"), pgettext("instruction", "Overdue"),
    ]  # fmt: skip
    rows = queries.instructions_table(
        queries.instructions(actor_of(request), **_narrowed(request), at=at), at=at
    )
    return table_download(
        headings, rows, name="instructions", form=door.form_asked(request), title=_("Instructions")
    )


@require_http_methods(["GET", "POST"])
@needs(Can.INSTRUCT)
def new(request: HttpRequest) -> HttpResponse:
    """Issue an instruction; `parent` names the part of one from above that is passed on."""
    actor = actor_of(request)
    parent = _parent(request)
    form = InstructionForm(request.POST or None, initial=_beginning(request, parent))
    mine, to = mine_of(actor, Can.INSTRUCT)
    form.address(_speakers(mine, parent), to)
    if request.method == "POST":
        done = attempt(form, lambda **said: _issued(request, said, parent))
        if done is not FAILED:
            messages.success(
                request, _("{number} is issued; its units are told.").format(number=done.number)
            )
            return redirect("duty:instruction", done.number)
    context = {
        "tabs": door.tabs(request, "instructions"), "form": form, "tokens": uploads_of(request), "parent": parent,
    }  # fmt: skip
    return render(request, "duty/instruction_new.html", context, status=422 if form.errors else 200)


def _parent(request: HttpRequest) -> Any:
    asked = door.number_asked(request, "parent")
    if asked is None:
        return None
    return queries.receiver(actor_of(request), asked)


def _speakers(mine: list[tuple[int, str]], parent: Any) -> list[tuple[int, str]]:
    return [one for one in mine if parent is None or one[0] == parent.unit_id]


def _beginning(request: HttpRequest, parent: Any) -> dict[str, Any]:
    """Return what stands in the form already: the words from above, or a matter's number."""
    if parent is None:
        return {"urgency": "ordinary", "numbers": door.text_asked(request, "number")[:24]}
    above = parent.instruction
    seen = queries.detail(actor_of(request), above.number, at=timezone.now())
    return {
        "title": above.title, "text": seen.text, "urgency": above.urgency, "due_at": timezone.localtime(parent.due_at),
    }  # fmt: skip


def _issued(request: HttpRequest, said: dict[str, Any], parent: Any) -> Any:
    actor = actor_of(request)
    units = addressed(actor, Can.INSTRUCT, said)
    draft = actions.InstructionDraft(
        **said,
        receiver_ids=units,
        uploads=uploads_of(request),
        parent_id=parent.pk if parent else None,
    )
    return actions.issue(draft=draft, actor=actor, at=timezone.now())


@require_GET
@needs(Can.VIEW)
def detail(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, number)


def _page(
    request: HttpRequest, number: str, *, status: int = 200, amend_form: Any = None
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    seen = queries.detail(actor, number, at=at)
    row = seen.row.instruction
    mine = row.unit_id in queries.homes(actor, Can.INSTRUCT) and row.state == "open"
    own = set(queries.homes(actor, Can.ANSWER))
    context = {
        "tabs": door.tabs(request, "instructions"), "seen": seen, "row": row, "tone": STATE_TONES[row.state],
        "can_end": mine, "own": [one for one in seen.receivers if one.receiver.unit_id in own],
        "lines": [{"line": line, "photos": _photos(line)} for line in seen.lines],
        "amend_form": amend_form or AmendForm(initial={"text": seen.text, "version": row.version}),
    }  # fmt: skip
    return render(request, "duty/instruction.html", context, status=status)


def _photos(line: Any) -> list[dict[str, Any]]:
    return [
        {"url": one.url, "thumb_url": one.thumb_url, "words": one.name, "kind": one.kind}
        for one in line.files
    ]


@require_GET
@needs(Can.VIEW)
def receivers(request: HttpRequest, number: str) -> HttpResponseBase:
    seen = queries.detail(actor_of(request), number, at=timezone.now())
    door.note_export(
        request, f"instruction:{seen.row.instruction.number}", door.form_asked(request)
    )
    headings = [
        _("Number"), _("Unit"), _("State"), _("Receipt until"), _("Signed for at"), _("Signed for by"), _("Answer until"),
        _("Answered at"), pgettext("instruction", "Urged"),
    ]  # fmt: skip
    return table_download(
        headings, queries.receivers_table(seen), name="units", form=door.form_asked(request)
    )


@require_POST
@needs(Can.ANSWER, Can.INSTRUCT)
def move(request: HttpRequest, number: str, row_id: int, name: str) -> HttpResponse:
    """Sign, answer, accept, send back, urge or end one unit's part."""

    def deed() -> str:
        row = actions.move(
            receiver_id=row_id, name=name, note=plain(request.POST.get("note", "")), uploads=uploads_of(request),
            actor=actor_of(request), at=timezone.now(),
        )  # fmt: skip
        return _("Done: {state}.").format(state=row.get_state_display())

    return _answered(request, deed, number)


@require_http_methods(["POST"])
@needs(Can.INSTRUCT)
def amend(request: HttpRequest, number: str) -> HttpResponse:
    form = AmendForm(request.POST)
    whole = queries.detail(actor_of(request), number, at=timezone.now()).row.instruction.number
    done = attempt(
        form,
        lambda **said: actions.amend(
            number=whole, **said, actor=actor_of(request), at=timezone.now()
        ),
    )
    if done is FAILED:
        return _page(request, number, status=422, amend_form=form)
    messages.success(request, _("The text is changed; the units sign for it anew."))
    return redirect("duty:instruction", whole)


@require_POST
@needs(Can.INSTRUCT)
def end(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Close or withdraw the whole, or urge all who owe."""
    actor, at = actor_of(request), timezone.now()
    whole = queries.detail(actor, number, at=at).row.instruction.number
    note = plain(request.POST.get("note", ""))[:500]

    def close() -> str:
        actions.close(number=whole, note=note, actor=actor, at=at)
        return _("The instruction is closed.")

    def withdraw() -> str:
        actions.withdraw(number=whole, reason=note, actor=actor, at=at)
        return _("The instruction is withdrawn; nobody owes anything more.")

    def urge() -> str:
        count = actions.urge_all(number=whole, actor=actor, at=at)
        return ngettext("{n} unit was urged.", "{n} units were urged.", count).format(n=count)

    deeds = {"close": close, "withdraw": withdraw, "urge": urge}
    if name not in deeds:
        raise OutOfReach
    return _answered(request, deeds[name], whole)


def _answered(request: HttpRequest, deed: Any, number: str) -> HttpResponse:
    answer = door.done(request, deed, "duty:instructions")
    whole = queries.detail(actor_of(request), number, at=timezone.now()).row.instruction.number
    answer["Location"] = f"/desk/duty/instructions/{whole}"
    return answer
