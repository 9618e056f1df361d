"""The roster of mediators and the record of one office."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.errors import Invalid
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.base.texts import as_numbers
from gongzhi.mediators import actions, queries
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.forms import (
    EMPLOYMENTS,
    AnswerForm,
    ComplaintForm,
    CourseForm,
    GradeForm,
    LeaveForm,
    MediatorForm,
    TableForm,
    VerdictForm,
)
from gongzhi.mediators.pages import door


@require_safe
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    actor, on, by = actor_of(request), timezone.localdate(), door.roster_filter(request)
    page, rows = queries.mediators_page(actor, by, on=on, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "roster"), "page": page, "rows": rows, "by": by, "counts": queries.registry_counts(actor, on=on),
        "boxes": queries.ROSTER_BOXES, "sorts": queries.ROSTER_SORTS, "employments": EMPLOYMENTS, "fields": queries.fields(),
        "languages": queries.languages(), "grades": queries.grades(), "towns": door.towns_within(actor),
        "can_keep": actor.can(Can.KEEP), "again": query_without(request, "after", "before"), "course": CourseForm(),
        "again_box": query_without(request, "after", "before", "box"),
        "is_narrowed": any((by.text, by.employment, by.field, by.language, by.grade, by.area, by.body)),
    }  # fmt: skip
    return render(request, "mediators/roster.html", context)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.mediators(actor_of(request), door.roster_filter(request), on=timezone.localdate())  # fmt: skip
    return table_download(
        queries.mediator_headings(), queries.mediator_table(rows.order_by("id")), name=f"mediators-{timezone.localdate():%Y%m%d}",
        form=form, title=_("Mediators"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Appoint somebody to a body."""
    actor = actor_of(request)
    seen = queries.body_detail(
        actor, door.number_asked(request, "body") or 0, on=timezone.localdate()
    )
    body = seen.row.body
    initial = {"most_open": 10, "appointed_on": timezone.localdate(), "term_ends_on": body.term_ends_on, "employment": "part"}  # fmt: skip
    form = MediatorForm(request.POST or None, initial=initial)
    if request.method == "POST":
        made = attempt(form, lambda **said: actions.appoint(body_id=body.pk, draft=actions.MediatorDraft(**said), actor=actor, at=timezone.now()))  # fmt: skip
        if made is not FAILED:
            messages.success(request, _("{name} is entered; the court is to be told of the change.").format(name=made.name))  # fmt: skip
            return redirect("mediators:mediator", made.pk)
    context = {"tabs": door.tabs(request, "roster"), "form": form, "body": body}
    return render(
        request, "mediators/mediator_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def change(request: HttpRequest, mediator_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = queries.mediator_detail(actor, mediator_id, on=timezone.localdate()).row.mediator
    names = ("name", "employment", "seat", "is_woman", "appointed_on", "term_ends_on", "most_open", "expertise", "languages")  # fmt: skip
    initial = {name: getattr(row, name) for name in names} | {"username": row.user.username if row.user else ""}  # fmt: skip
    form = MediatorForm(request.POST or None, initial=initial)
    if request.method == "POST":
        draft = lambda **said: actions.change(mediator_id=row.pk, draft=actions.MediatorDraft(**said), actor=actor, at=timezone.now())  # noqa: E731  # fmt: skip
        if attempt(form, draft) is not FAILED:
            messages.success(request, _("The entry is changed."))
            return redirect("mediators:mediator", row.pk)
    context = {"tabs": door.tabs(request, "roster"), "form": form, "body": row.body, "row": row}
    return render(
        request, "mediators/mediator_form.html", context, status=422 if form.errors else 200
    )


@require_safe
@needs(Can.VIEW)
def mediator(request: HttpRequest, mediator_id: int) -> HttpResponse:
    return _page(request, mediator_id)


def _page(request: HttpRequest, mediator_id: int, *, status: int = 200, **forms: Any) -> HttpResponse:  # fmt: skip
    actor, on = actor_of(request), timezone.localdate()
    seen = queries.mediator_detail(actor, mediator_id, on=on)
    is_here = seen.row.mediator.left_on is None
    context = {
        "tabs": door.tabs(request, "roster"), "seen": seen, "row": seen.row.mediator, "now": timezone.now(),
        "weeks": queries.weeks_ahead(seen.row.mediator, on=on) if is_here else [], "today": on,
        "can_keep": actor.can(Can.KEEP), "can_judge": actor.can(Can.JUDGE), "can_decide": actor.can(Can.DECIDE),
        "is_here": is_here, "course_form": CourseForm(initial={"on": on}), "grade_form": GradeForm(initial={"since": on}),
        "leave_form": LeaveForm(initial={"left_on": on}), "complaint_form": ComplaintForm(initial={"happened_on": on}),
        "verdict_form": VerdictForm(), "answer_form": AnswerForm(), **forms,
    }  # fmt: skip
    return render(request, "mediators/mediator.html", context, status=status)


@require_POST
@needs(Can.KEEP)
def train(request: HttpRequest) -> HttpResponse:
    """Enter one course for everybody chosen."""
    ids = as_numbers(request.POST.getlist("ids"))  # fmt: skip
    form = CourseForm(request.POST)
    count = attempt(form, lambda **said: actions.record_training(mediator_ids=ids, course=actions.Course(**said), actor=actor_of(request), at=timezone.now()))  # fmt: skip
    back = redirect("mediators:mediator", ids[0]) if len(ids) == 1 else redirect("mediators:roster")
    if count is FAILED:
        if len(ids) == 1:
            return _page(request, ids[0], status=422, course_form=form)
        for field, errors in form.errors.items():
            label = form.fields[field].label if field in form.fields else ""
            messages.error(request, f"{label} {errors[0]}".strip())
        return back
    messages.success(request, ngettext("The course is entered for {n} mediator.", "The course is entered for {n} mediators.", count).format(n=count))  # fmt: skip
    return back


@require_POST
@needs(Can.DECIDE)
def grade(request: HttpRequest, mediator_id: int) -> HttpResponse:
    form = GradeForm(request.POST)
    done = attempt(form, lambda **said: actions.give_grade(mediator_id=mediator_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, mediator_id, status=422, grade_form=form)
    messages.success(request, _("The grade is entered."))
    return redirect("mediators:mediator", mediator_id)


@require_POST
@needs(Can.KEEP)
def leave(request: HttpRequest, mediator_id: int) -> HttpResponse:
    form = LeaveForm(request.POST)
    done = attempt(form, lambda **said: actions.leave(mediator_id=mediator_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, mediator_id, status=422, leave_form=form)
    messages.success(request, _("{name} is not in office any more.").format(name=done.name))
    return redirect("mediators:mediator", mediator_id)


@require_POST
@needs(Can.JUDGE)
def complain(request: HttpRequest, mediator_id: int) -> HttpResponse:
    form = ComplaintForm(request.POST)
    done = attempt(form, lambda **said: actions.complain(mediator_id=mediator_id, said=actions.Complaint(**said), actor=actor_of(request), at=timezone.now()))  # fmt: skip
    if done is FAILED:
        return _page(request, mediator_id, status=422, complaint_form=form)
    messages.success(request, _("Taken down. Somebody else looks into it and decides."))
    return redirect("mediators:mediator", mediator_id)


@require_POST
@needs(Can.DECIDE)
def decide(request: HttpRequest, mediator_id: int, conduct_id: int) -> HttpResponse:
    form = VerdictForm(request.POST)
    done = attempt(form, lambda **said: actions.decide(conduct_id=conduct_id, said=actions.Verdict(**said), actor=actor_of(request), at=timezone.now()))  # fmt: skip
    if done is FAILED:
        return _page(request, mediator_id, status=422, verdict_form=form)
    messages.success(request, _("Decided. The mediator reads the reason and may appeal."))
    return redirect("mediators:mediator", mediator_id)


@require_POST
@needs(Can.DECIDE)
def answer(request: HttpRequest, mediator_id: int, conduct_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    done = attempt(form, lambda **said: actions.answer_appeal(conduct_id=conduct_id, actor=actor_of(request), at=timezone.now(), **said))  # fmt: skip
    if done is FAILED:
        return _page(request, mediator_id, status=422, answer_form=form)
    messages.success(request, _("The appeal is answered."))
    return redirect("mediators:mediator", mediator_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def from_table(request: HttpRequest, what: str) -> HttpResponse:
    """Bodies or mediators from a table: with one row wrong nothing is written."""
    form = TableForm(request.POST or None, request.FILES or None)
    deed = actions.import_bodies if what == "bodies" else actions.import_mediators
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = deed(content=form.cleaned_data["file"].read(), actor=actor_of(request), at=timezone.now())  # fmt: skip
        except Invalid as trouble:
            form.add_error("file", trouble.problems.get("file", str(trouble)))
        else:
            if not result.problems:
                words = _("{entered} entered, {changed} changed.")
                messages.success(
                    request, words.format(entered=result.entered, changed=result.changed)
                )
                return redirect("mediators:bodies" if what == "bodies" else "mediators:roster")
    headings = queries.body_headings() if what == "bodies" else queries.mediator_headings()
    context = {
        "tabs": door.tabs(request, "bodies" if what == "bodies" else "roster"), "form": form, "what": what, "result": result,
        "headings": headings,
    }  # fmt: skip
    return render(request, "mediators/import.html", context, status=422 if form.errors or result else 200)  # fmt: skip
