"""Like matters: those found by the register, those gathered, their one answer, suggestions from them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.base.texts import as_number, as_numbers
from gongzhi.matters import queries as matters
from gongzhi.oversight import actions, queries
from gongzhi.oversight.capabilities import Can
from gongzhi.oversight.forms import AddForm, AnswerForm, GatherForm, SuggestForm, numbers_in
from gongzhi.oversight.lifecycle import BatchState, Cause
from gongzhi.oversight.pages.door import area_asked, areas_to_choose, send_table, tabs


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, state = actor_of(request), request.GET.get("state", "")
    page, rows = queries.batches_page(actor, state=state, **page_asked(request))
    counts = queries.batch_counts(actor)
    context = {
        "tabs": tabs("batches"), "page": page, "rows": rows, "state": state, "can_gather": actor.can(Can.BATCH),
        "states": [("", _("All"), sum(counts.values())), *[(v, label, counts.get(v, 0)) for v, label in BatchState.choices]],
        "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "oversight/batches.html", context)


@require_safe
@needs(Can.BATCH)
def found(request: HttpRequest) -> HttpResponse:
    """Show groups of open matters that are alike; a person looks at each and decides."""
    actor, at, area = actor_of(request), timezone.now(), area_asked(request)
    asked = request.GET.get("cause", "")
    cause = asked if asked in queries.FOUND_BY else Cause.ITEM
    groups, least, days = queries.suggested_groups(actor, cause=cause, area=area, at=at)
    context = {
        "tabs": tabs("batches"), "groups": groups, "least": least, "days": days, "cause": cause, "area": area,
        "areas": areas_to_choose(actor, area), "causes": [(c.value, c.label) for c in queries.FOUND_BY],
    }  # fmt: skip
    return render(request, "oversight/batches_found.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.BATCH)
def new(request: HttpRequest) -> HttpResponse:
    """Show a group's matters to choose from (?ids=…), or take numbers typed in; gather what is chosen."""
    actor, at = actor_of(request), timezone.now()
    ids = as_numbers(request.GET.get("ids", "").split(","))  # fmt: skip
    rows = matters.rows_by_id(ids[:200], actor, at=at)
    chosen = "\n".join(request.POST.getlist("number"))
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and chosen:
        data["numbers"] = f"{data.get('numbers', '')}\n{chosen}"
    initial = {"cause": request.GET.get("cause", Cause.CHOSEN), "cause_words": request.GET.get("words", "")[:160], "title": request.GET.get("words", "")[:80]}  # fmt: skip
    form = GatherForm(data, initial=initial)
    if data is not None:
        done = attempt(form, lambda **said: actions.gather(actor=actor, at=at, **said))
        if done is not FAILED:
            messages.success(request, _("Gathered. Now give them one answer."))
            return redirect("oversight:batch", done.pk)
    ticked = set(numbers_in(chosen)) if data is not None else {row.number for row in rows}
    context = {"tabs": tabs("batches"), "form": form, "rows": [(row, row.number in ticked) for row in rows]}  # fmt: skip
    return render(request, "oversight/batch_new.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.VIEW)
def show(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _page(request, batch_id)


def _page(
    request: HttpRequest, batch_id: int, *, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    seen = queries.batch_detail(actor_of(request), batch_id, at=timezone.now())
    batch = seen.row.batch
    context = {
        "tabs": tabs("batches"), "seen": seen, "row": seen.row, "batch": batch,
        "answer": AnswerForm(initial={"text": batch.answer, "move": batch.move}), "add": AddForm(), **(forms or {}),
    }  # fmt: skip
    return render(request, "oversight/batch.html", context, status=status)


@require_POST
@needs(Can.BATCH)
def act(request: HttpRequest, batch_id: int, deed: str) -> HttpResponse:
    if deed == "answer":
        return _answer(request, batch_id)
    if deed == "add":
        return _add(request, batch_id)
    if deed in {"remove", "dissolve"}:
        return _undo(request, batch_id, deed)
    raise Http404


def _answer(request: HttpRequest, batch_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    said: dict[str, Any] = {"batch_id": batch_id, "actor": actor_of(request), "at": timezone.now()}
    outcomes = attempt(form, lambda **words: actions.answer(**said, **words))
    if outcomes is FAILED:
        return _page(request, batch_id, forms={"answer": form}, status=422)
    done = sum(not one.problem for one in outcomes)
    words = _("{done} of {all} went through").format(done=done, all=len(outcomes))
    if done == len(outcomes):
        messages.success(request, words)
    else:
        messages.warning(request, _("{words}; the others keep their reason and can be answered again.").format(words=words))  # fmt: skip
    return redirect("oversight:batch", batch_id)


def _add(request: HttpRequest, batch_id: int) -> HttpResponse:
    form = AddForm(request.POST)
    said: dict[str, Any] = {"batch_id": batch_id, "actor": actor_of(request), "at": timezone.now()}
    if attempt(form, lambda **words: actions.add(**said, **words)) is FAILED:
        return _page(request, batch_id, forms={"add": form}, status=422)
    return redirect("oversight:batch", batch_id)


def _undo(request: HttpRequest, batch_id: int, deed: str) -> HttpResponse:
    """Take one matter out, or dissolve the batch."""
    actor, at = actor_of(request), timezone.now()
    member = request.POST.get("member", "")
    try:
        if deed == "dissolve":
            actions.dissolve(batch_id=batch_id, note=request.POST.get("note", ""), actor=actor, at=at)  # fmt: skip
        else:
            known = as_number(member) or 0
            actions.remove(batch_id=batch_id, member_id=known, actor=actor, at=at)
    except (Refused, Invalid) as trouble:
        messages.error(request, str(trouble))
    return redirect("oversight:batch", batch_id)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, batch_id: int, form: str) -> HttpResponseBase:
    rows = queries.batch_table(actor_of(request), batch_id, at=timezone.now())
    columns = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "item"), pgettext("column", "place"),
        pgettext("column", "state"), pgettext("column", "reported at"), pgettext("column", "answered at"),
        pgettext("column", "problem"),
    )  # fmt: skip
    return send_table(request, form, name=f"batch:{batch_id}", title=_("Like matters"), columns=columns, rows=rows)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SUGGEST)
def suggest(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Raise a policy suggestion from the batch."""
    actor, at = actor_of(request), timezone.now()
    seen = queries.batch_detail(actor, batch_id, at=at)
    batch = seen.row.batch
    form = SuggestForm(request.POST or None, units=queries.departments_for(batch.area_path), initial={"title": batch.title})  # fmt: skip
    if request.method == "POST":
        done = attempt(form, lambda **said: actions.suggest(batch_id=batch_id, actor=actor, at=at, **said))  # fmt: skip
        if done is not FAILED:
            messages.success(request, _("Raised; the department must answer by {day}.").format(day=f"{timezone.localtime(done.due_at):%Y-%m-%d}"))  # fmt: skip
            return redirect("oversight:suggestion", done.pk)
    context = {"tabs": tabs("batches"), "seen": seen, "batch": batch, "form": form}
    return render(request, "oversight/suggest.html", context, status=422 if form.errors else 200)
