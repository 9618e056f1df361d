"""Intake and triage at the counter."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    blame,
    needs,
    page_asked,
    query_without,
)
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.forms import (
    AtOnceForm,
    DeclineForm,
    IntakeForm,
    TriageForm,
    answers_of,
    sides_formset,
    sides_of,
)
from gongzhi.centres.pages import door
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.places import queries as places

MOST_SIDES = 24


def areas_below(area_path: str) -> list[tuple[str, str]]:
    """Return the place itself and the places next below it, as a form offers them."""
    on = timezone.localdate()
    own = places.area(area_path)
    return [
        (own.path, own.name),
        *((row.path, row.name) for row in places.children(area_path, on=on)),
    ]


@require_safe
@needs(*door.DESK)
def registrations(request: HttpRequest) -> HttpResponse:
    actor, centre = actor_of(request), door.centre_asked(request)
    by = _by(request)
    page, rows = queries.registrations_page(actor, centre, **by, **page_asked(request))
    context = door.frame(request, "intake", centre) | {
        "page": page, "rows": rows, "by": by, "again": query_without(request, "after", "before"),
        "doors": queries.names("doors"), "grades": queries.by_code("grade_names"), "can_take": actor.can(Can.TAKE_IN),
    }  # fmt: skip
    return render(request, "centres/registrations.html", context)


def _by(request: HttpRequest) -> dict[str, str]:
    return {
        "door": door.one_asked(request, "door", queries.names("doors")),
        "grade": door.one_asked(request, "grade", queries.names("grade_names")),
        "text": door.text_asked(request),
    }


@require_safe
@needs(*door.DESK)
def registrations_export(request: HttpRequest) -> HttpResponseBase:
    centre, form = door.centre_asked(request), door.form_asked(request)
    door.note_export(request, f"centre:{centre.pk}", form)
    headings = (
        pgettext("column", "matter"), pgettext("column", "title"), pgettext("column", "came by"), pgettext("column", "outside number"),
        pgettext("column", "registered at"), pgettext("column", "state"), pgettext("column", "grade"),
    )  # fmt: skip
    rows = queries.registrations_table(
        queries.registrations(actor_of(request), centre, **_by(request))
    )
    return table_download(headings, rows, name=f"intake-{timezone.localdate():%Y%m%d}", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.TAKE_IN)
@never_cache
def intake(request: HttpRequest) -> HttpResponse:
    """One form for whoever comes by any door; a side more is a press of a button, nothing typed is lost."""
    centre = door.centre_asked(request, Can.TAKE_IN)
    areas, on = areas_below(centre.area_path), timezone.localdate()
    if request.method != "POST":
        initial = {
            "key": secrets.token_urlsafe(18), "door": door.one_asked(request, "door", queries.names("doors"), "counter"),
            "area_path": centre.area_path, "ticket": door.number_in(request.GET.get("ticket", "")),
        }  # fmt: skip
        return _page(
            request, centre, IntakeForm(initial=initial, areas=areas, on=on), sides_formset()
        )
    form, sides = IntakeForm(request.POST, areas=areas, on=on), sides_formset(_with_room(request))
    if "add" in request.POST:
        return _page(request, centre, form, sides, is_adding=True)
    if not (form.is_valid() and sides.is_valid()):
        return _page(request, centre, form, sides, status=422)
    try:
        made = _taken_in(request, form, sides)
    except (Invalid, Refused) as trouble:
        blame(form, trouble)
        return _page(request, centre, form, sides, status=422)
    messages.success(request, _("Registered under {number}.").format(number=made.matter.number))
    return redirect("centres:triage", made.matter.number)


def _with_room(request: HttpRequest) -> Any:
    """Return what was posted, with one more side when that was asked for."""
    posted = request.POST.copy()
    if "add" in posted:
        count = door.number_in(posted.get("side-TOTAL_FORMS", "")) or 0
        posted["side-TOTAL_FORMS"] = str(min(MOST_SIDES, count + 1))
        posted.setdefault(
            f"side-{count}-side", "third" if posted["add"] == "third" else "respondent"
        )
    return posted


def _taken_in(request: HttpRequest, form: IntakeForm, sides: Any) -> Any:
    said, at = form.cleaned_data, timezone.now()
    people = sides_of(sides, year=timezone.localdate().year)
    answers = answers_of(request.POST, form.chosen_kind)
    counted = door.number_in(answers.get("people", "")) or len(people)
    asked = actions.Said(
        door=said["door"], sides=people, story=said["story"], wish=said["wish"], area_path=said["area_path"],
        kind_code=said["kind_code"], address=said["address"], amount=said["amount"], people_count=min(counted, 100_000),
        answers=answers, outside_number=said["outside_number"], safe_channel=said["safe_channel"], ticket_id=said["ticket"],
    )  # fmt: skip
    key = f"counter:{said['key']}" if said["key"] else None
    return actions.register(said=asked, actor=actor_of(request), at=at, key=key)


def _page(
    request: HttpRequest, centre: Any, form: IntakeForm, sides: Any, *, status: int = 200, is_adding: bool = False
) -> HttpResponse:  # fmt: skip
    questions = queries.questions_for(form.chosen_kind)
    context = door.frame(request, "intake", centre) | {
        "form": form, "sides": sides, "is_adding": is_adding,
        "questions": [(one, request.POST.get(f"q_{one.code}", "")) for one in questions],
        "hints": queries.hints(_story(request), on=timezone.localdate()),
    }  # fmt: skip
    return render(request, "centres/intake.html", context, status=status)


def _story(request: HttpRequest) -> str:
    return f"{request.POST.get('story', '')}\n{request.POST.get('wish', '')}"[:8000]


@require_POST
@needs(Can.TAKE_IN)
def intake_hints(request: HttpRequest) -> HttpResponse:
    """Answer what the story sounds like, while it is typed; nothing is kept."""
    found = queries.hints(_story(request), on=timezone.localdate())
    return render(request, "centres/_hints.html", {"hints": found})


@require_POST
@needs(Can.TAKE_IN)
def intake_questions(request: HttpRequest) -> HttpResponse:
    """Answer the questions of the kind that was chosen, with what was typed so far."""
    kind = request.POST.get("kind_code", "").replace("\x00", "")[:20]
    rows = [
        (one, request.POST.get(f"q_{one.code}", "")[:300]) for one in queries.questions_for(kind)
    ]
    return render(request, "centres/_questions.html", {"questions": rows})


@require_safe
@needs(*door.DESK)
@never_cache
def triage(request: HttpRequest, number: str) -> HttpResponse:
    return _triage_page(request, number)


def _triage_page(
    request: HttpRequest, number: str, *, status: int = 200, **forms: Any
) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    seen = queries.triage(actor, number, at=at)
    state = seen.standing.state
    context = door.frame(request, "intake", seen.registration.centre) | {
        "seen": seen, "row": seen.registration, "grade": queries.by_code("grade_names").get(seen.grade, {}),
        "can_triage": state == "to_triage" and actor.can(Disputes.TRIAGE),
        "can_appoint": state == "to_consent" and actor.can(Disputes.ARRANGE),
        "triage_form": forms.get("triage") or _triage_form(seen),
        "decline_form": forms.get("decline") or DeclineForm(initial={"version": seen.version, "routes": ["suit"]}),
        "at_once_form": forms.get("at_once") or _at_once_form(seen),
    }  # fmt: skip
    return render(request, "centres/triage.html", context, status=status)


def _triage_form(seen: Any, posted: Any = None) -> TriageForm:
    bodies = [(one.id, f"{one.name}（{one.why}）") for one in seen.bodies[:8]]
    first = seen.bodies[0] if seen.bodies else None
    depth = first.area_path.count("/") if first else 2
    levels = {int(row["depth"]): row["code"] for row in queries.rows("levels")}
    initial = {
        "kind_code": seen.kind_code, "body": first.id if first else None, "grade": seen.registration.grade,
        "settle_level": levels.get(max(1, min(3, depth))), "version": seen.version,
    }  # fmt: skip
    return TriageForm(posted, initial=initial, on=timezone.localdate(), bodies=bodies)


def _at_once_form(seen: Any, posted: Any = None) -> AtOnceForm:
    everybody = [side.id for side in seen.sides]
    first = next((one for one, _words in seen.mediators), None)
    initial = {"agrees": everybody, "signed": everybody, "mediators": [first] if first else [], "chosen_by": "sides"}  # fmt: skip
    return AtOnceForm(posted, initial=initial, sides=seen.sides, mediators=seen.mediators)


@require_POST
@needs(Disputes.TRIAGE)
def accept(request: HttpRequest, number: str) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    form = _triage_form(queries.triage(actor, number, at=at), request.POST)

    def deed(*, body: int, **said: Any) -> None:
        actions.triage(number=number, body_id=body, actor=actor, at=at, **said)

    if attempt(form, deed) is FAILED:
        return _triage_page(request, number, status=422, triage=form)
    messages.success(request, _("Accepted. Each side is asked for its own will now."))
    return redirect("centres:triage", number)


@require_POST
@needs(Disputes.TRIAGE)
def decline(request: HttpRequest, number: str) -> HttpResponse:
    form = DeclineForm(request.POST)
    deed = attempt(
        form,
        lambda **said: actions.decline(
            number=number, actor=actor_of(request), at=timezone.now(), **said
        ),
    )
    if deed is FAILED:
        return _triage_page(request, number, status=422, decline=form)
    messages.success(
        request, _("Ended; the other routes are told. Nothing keeps anybody from a court.")
    )
    return redirect("centres:triage", number)


@require_POST
@needs(Disputes.ARRANGE)
def at_once(request: HttpRequest, number: str) -> HttpResponse:
    """Record wills and notices and appoint, when all sides are at the counter."""
    actor, at = actor_of(request), timezone.now()
    form = _at_once_form(queries.triage(actor, number, at=at), request.POST)

    def deed(*, agrees: list[int], signed: list[int], mediators: list[int], **said: Any) -> None:
        answers = dict.fromkeys(agrees, True)
        asked = actions.AtOnce(answers=answers, signed=signed, mediator_ids=mediators, **said)
        actions.appoint_at_once(number=number, said=asked, actor=actor, at=at)

    if attempt(form, deed) is FAILED:
        return _triage_page(request, number, status=422, at_once=form)
    messages.success(request, _("The mediator is appointed; the period of mediation begins."))
    return redirect("centres:triage", number)


@require_safe
@needs(Can.VIEW)
def handovers(request: HttpRequest) -> HttpResponse:
    """Show what other systems handed over, taken in or refused with the lawful way."""
    actor = actor_of(request)
    decision = door.one_asked(request, "decision", {"taken": "", "refused": ""})
    text = door.text_asked(request)
    page = queries.handovers_page(actor, decision=decision, text=text, **page_asked(request))
    context = door.frame(request, "intake") | {
        "page": page, "decision": decision, "text": text, "again": query_without(request, "after", "before"),
        "systems": queries.names("systems"),
    }  # fmt: skip
    return render(request, "centres/handovers.html", context)


@require_safe
@needs(Can.VIEW)
def handovers_export(request: HttpRequest) -> HttpResponseBase:
    form = door.form_asked(request)
    decision = door.one_asked(request, "decision", {"taken": "", "refused": ""})
    door.note_export(request, "handovers", form)
    headings = (
        pgettext("column", "system"), pgettext("column", "outside number"), pgettext("column", "received at"),
        pgettext("column", "decision"), pgettext("column", "matter"), pgettext("column", "why"),
    )  # fmt: skip
    rows = queries.handovers_table(
        queries.handovers(actor_of(request), decision=decision, text=door.text_asked(request))
    )
    return table_download(
        headings, rows, name=f"handovers-{timezone.localdate():%Y%m%d}", form=form
    )
