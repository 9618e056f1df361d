"""The moderators' desk: the queue, one publication, its photos, what was decided."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked
from gongzhi.base.texts import as_numbers
from gongzhi.places import queries as places
from gongzhi.publishing import actions, queries
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.forms import AnswerForm, ReasonForm, WordsForm
from gongzhi.publishing.lifecycle import State

FILTERS = ("tab", "q", "area", "class", "photos", "sort")


@needs(Can.MODERATE)
def queue(request: HttpRequest) -> HttpResponse:
    actor, by = actor_of(request), queries.queue_filter(request.GET)
    page = queries.queue(actor, by, **page_asked(request))
    context = {
        "by": by,
        "page": page,
        "tabs": _tabs(by.tab, queries.tab_counts(actor)),
        "areas": _areas(actor),
        "classes": list(queries.classes(on=timezone.localdate())),
        "asked": _asked(request),
        "previous": _asked(request, before=page.previous) if page.previous else "",
        "next": _asked(request, after=page.next) if page.next else "",
        "can_bulk": by.tab == State.WAITING,
    }
    return render(request, "publishing/queue.html", context)


def _tabs(now: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    names = {
        queries.ATTENTION: _("Needs another look"),
        **{state.value: str(state.label) for state in State},
    }
    return [
        {"name": tab, "label": names[tab], "count": counts.get(tab), "is_current": tab == now}
        for tab in queries.TABS
    ]


def _areas(actor: Any) -> list[Any]:
    """Return the towns and villages to narrow to, as far as the actor reaches."""
    reach = [grant.area for grant in actor.grants_for(Can.MODERATE)]
    level = 2 if any(places.area(area).level == 1 for area in reach if area) else 1
    return [
        row for row in places.areas_at_level(level) if any(row.path.startswith(a) for a in reach)
    ][:200]


def _asked(request: HttpRequest, **changes: str) -> str:
    kept = {name: value for name in FILTERS if (value := request.GET.get(name))}
    return f"?{urlencode(kept | changes)}"


@needs(Can.MODERATE)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    if form not in {"xlsx", "csv"}:
        raise Http404
    actor, by, at = actor_of(request), queries.queue_filter(request.GET), timezone.now()
    audit.record(
        actor=actor, verb="publishing.export", subject=f"publications:{by.tab}", at=at,
        detail={"form": form},
    )  # fmt: skip
    headings = [_("Public id"), _("Number"), _("Title for the public"), _("Words for the public"), _("Item"), _("Place"), _("State"), _("Queued"), _("Published"), _("Reason")]  # fmt: skip
    cells = (
        [r.public_id, r.number, r.title, r.text, r.item, r.place, r.state_label, r.queued_at, r.published_at, r.reason]
        for r in queries.queue_rows(actor, by)
    )  # fmt: skip
    name = f"{_('Publications')}-{timezone.localdate()}"
    return table_download(headings, cells, name=name, form=form, title=_("Publications"))


@needs(Can.MODERATE)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Publish the chosen ones without photos, and say for each that was not why."""
    ids = as_numbers(request.POST.getlist("ids"))
    outcomes = actions.publish_many(publication_ids=ids, actor=actor_of(request), at=timezone.now())
    for outcome in [o for o in outcomes if o.problem][:5]:
        messages.warning(request, f"{outcome.title}: {outcome.problem}")
    done = sum(not outcome.problem for outcome in outcomes)
    if done:
        messages.success(request, _("{count} published.").format(count=done))
    return HttpResponseRedirect("/desk/publishing")


@needs(Can.MODERATE)
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    return _shown(request, public_id)


def _shown(
    request: HttpRequest, public_id: str, *, status: int = 200, **forms: Any
) -> HttpResponse:
    seen = queries.case(public_id, actor_of(request))
    p, verdict = (
        seen.publication,
        queries.verdict_for(seen.publication.item_id or 0, on=timezone.localdate()),
    )
    context = {
        "seen": seen, "p": p, "verdict": verdict, "facts": seen.facts, "place": places.full_name(p.shown_path),
        "words_form": _words_form(p, may_tell=verdict.text), "reason_form": ReasonForm(), "answer_form": AnswerForm(),
        "can_publish": p.state in {State.WAITING, State.PUBLISHED} and not seen.is_wished_private,
        "take_back": {State.WAITING: "withhold", State.PUBLISHED: "withdraw"}.get(State(p.state), "reconsider"),
        "pace": queries.paces()[verdict.pace], "place_rule": queries.place_words()[verdict.place],
    }  # fmt: skip
    return render(request, "publishing/case.html", context | forms, status=status)


def _words_form(p: Any, *, may_tell: bool, data: Any = None) -> WordsForm:
    first = {"title": p.title, "text": p.text, "street": p.street, "version": p.version}
    return WordsForm(data, initial=first, place=p.place, may_tell=may_tell)


@needs(Can.MODERATE)
@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    actor = actor_of(request)
    p = queries.case(public_id, actor).publication
    verdict = queries.verdict_for(p.item_id or 0, on=timezone.localdate())
    form = _words_form(p, may_tell=verdict.text, data=request.POST)
    chosen = [
        int(i)
        for i in request.POST.getlist("photos")
        if i.isascii() and i.isdigit() and len(i) < 16
    ]

    def deed(*, title: str, version: int, text: str = "", street: str = "") -> Any:
        words = actions.Words(title=title, text=text, street=street)
        return actions.publish(
            publication_id=p.pk, words=words, photo_ids=chosen, actor=actor, at=timezone.now(), version=version
        )  # fmt: skip

    if attempt(form, deed) is FAILED:
        return _shown(request, public_id, status=422, words_form=form)
    messages.success(request, _("It is on the public pages now."))
    return _onwards(request, public_id)


def _onwards(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to the next in the queue where somebody works through it, else stay."""
    following = request.POST.get("next", "")
    known = following.isalnum() and len(following) < 13 and following.isascii()
    return HttpResponseRedirect(f"/desk/publishing/{following if known else public_id}")


@needs(Can.MODERATE)
@require_POST
def take_back(request: HttpRequest, public_id: str, move: str) -> HttpResponse:
    """Withhold, withdraw or look at it again, with a reason."""
    actor = actor_of(request)
    p = queries.case(public_id, actor).publication
    form = ReasonForm(request.POST)

    def deed(*, reason: str) -> Any:
        deeds: dict[str, Any] = {
            "withhold": actions.withhold,
            "withdraw": actions.withdraw,
            "reconsider": actions.reconsider,
        }
        return deeds[move](publication_id=p.pk, reason=reason, actor=actor, at=timezone.now())

    if attempt(form, deed) is FAILED:
        return _shown(request, public_id, status=422, reason_form=form)
    return _onwards(request, public_id)


@needs(Can.MODERATE)
@require_POST
def answer(request: HttpRequest, public_id: str, problem_id: int) -> HttpResponse:
    actor = actor_of(request)
    p = queries.case(public_id, actor).publication
    form = AnswerForm(request.POST)

    def deed(*, answer: str) -> Any:
        actions.answer_problem(
            publication_id=p.pk, problem_id=problem_id, answer=answer, actor=actor, at=timezone.now()
        )  # fmt: skip

    if attempt(form, deed) is FAILED:
        return _shown(request, public_id, status=422, answer_form=form)
    return HttpResponseRedirect(f"/desk/publishing/{public_id}")
