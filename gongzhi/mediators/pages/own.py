"""One's own office, and studios that are asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.mediators import actions, queries
from gongzhi.mediators.capabilities import Can
from gongzhi.mediators.forms import (
    AbsenceForm,
    AppealForm,
    DaysForm,
    DecideForm,
    FaceForm,
    LookForm,
    StudioForm,
)
from gongzhi.mediators.pages import door


@require_safe
@needs(Can.SERVE)
def office(request: HttpRequest) -> HttpResponse:
    return _page(request, door.number_asked(request, "office"))


def _page(request: HttpRequest, asked: int | None, *, status: int = 200, **forms: Any) -> HttpResponse:  # fmt: skip
    actor, on = actor_of(request), timezone.localdate()
    offices = queries.own_offices(actor)
    row = next((one for one in offices if one.pk == asked), offices[0] if offices else None)
    context: dict[str, Any] = {"tabs": door.tabs(request, "own"), "offices": offices, "row": row}
    if row is not None:
        seen = queries.own_detail(actor, row.pk, on=on)
        context |= {
            "seen": seen, "today": on, "now": timezone.now(), "weeks": queries.weeks_ahead(row, on=on),
            "days_form": DaysForm(initial={"weekdays": row.weekdays, "most_open": row.most_open}),
            "absence_form": AbsenceForm(), "appeal_form": AppealForm(), "studio_form": StudioForm(initial={"expertise": row.expertise}),
            "face_form": FaceForm(initial={name: getattr(row, name) for name in ("is_public", "shows", "languages", "about")}),
        } | forms  # fmt: skip
    return render(request, "mediators/own.html", context, status=status)


def _done(
    request: HttpRequest, mediator_id: int, name: str, form: Any, *, deed: Any, words: str
) -> HttpResponse:
    """Do one deed about one's own office; the page comes back with the form when it could not be done."""
    if attempt(form, deed) is FAILED:
        return _page(request, mediator_id, status=422, **{name: form})
    messages.success(request, words)
    return redirect("mediators:own")


@require_POST
@needs(Can.SERVE)
def days(request: HttpRequest, mediator_id: int) -> HttpResponse:
    deed = lambda **said: actions.set_days(mediator_id=mediator_id, actor=actor_of(request), at=timezone.now(), **said)  # noqa: E731  # fmt: skip
    return _done(request, mediator_id, "days_form", DaysForm(request.POST), deed=deed, words=_("Your days are set."))  # fmt: skip


@require_POST
@needs(Can.SERVE)
def absence(request: HttpRequest, mediator_id: int) -> HttpResponse:
    deed = lambda **said: actions.add_absence(mediator_id=mediator_id, actor=actor_of(request), at=timezone.now(), **said)  # noqa: E731  # fmt: skip
    return _done(request, mediator_id, "absence_form", AbsenceForm(request.POST), deed=deed, words=_("Nobody appoints you for these days."))  # fmt: skip


@require_POST
@needs(Can.SERVE)
def end_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    actions.remove_absence(absence_id=absence_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("You can be appointed for these days again."))
    return redirect("mediators:own")


@require_POST
@needs(Can.SERVE)
def face(request: HttpRequest, mediator_id: int) -> HttpResponse:
    deed = lambda **said: actions.show_me(mediator_id=mediator_id, face=actions.Face(**said), actor=actor_of(request), at=timezone.now())  # noqa: E731  # fmt: skip
    return _done(request, mediator_id, "face_form", FaceForm(request.POST), deed=deed, words=_("The directory shows what you agreed to, and nothing else."))  # fmt: skip


@require_POST
@needs(Can.SERVE)
def appeal(request: HttpRequest, mediator_id: int, conduct_id: int) -> HttpResponse:
    deed = lambda **said: actions.appeal(conduct_id=conduct_id, actor=actor_of(request), at=timezone.now(), **said)  # noqa: E731  # fmt: skip
    return _done(request, mediator_id, "appeal_form", AppealForm(request.POST), deed=deed, words=_("Your appeal is taken down; somebody who had no hand in it answers."))  # fmt: skip


@require_POST
@needs(Can.SERVE)
def ask_studio(request: HttpRequest, mediator_id: int) -> HttpResponse:
    deed = lambda **said: actions.apply_for_studio(mediator_id=mediator_id, draft=actions.StudioDraft(**said), actor=actor_of(request), at=timezone.now())  # noqa: E731  # fmt: skip
    return _done(request, mediator_id, "studio_form", StudioForm(request.POST), deed=deed, words=_("Your application is handed in."))  # fmt: skip


@require_POST
@needs(Can.SERVE)
def withdraw_studio(request: HttpRequest, application_id: int) -> HttpResponse:
    actions.withdraw_studio(
        application_id=application_id, actor=actor_of(request), at=timezone.now()
    )
    messages.success(request, _("Your application is withdrawn."))
    return redirect("mediators:own")


@require_safe
@needs(Can.VIEW)
def studios(request: HttpRequest) -> HttpResponse:
    box = "done" if request.GET.get("box") == "done" else "open"
    page = queries.applications_page(actor_of(request), box=box, **page_asked(request))
    context = {
        "tabs": door.tabs(request, "studios"), "page": page, "box": box, "again": query_without(request, "after", "before"),
    }  # fmt: skip
    return render(request, "mediators/studios.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.VIEW)
def studio(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application: looked at by one, decided by another."""
    actor, at = actor_of(request), timezone.now()
    row = queries.application(actor, application_id)
    is_look = row.state == "handed_in"
    form: Any = LookForm(request.POST or None) if is_look else DecideForm(request.POST or None)
    deed: Any = actions.look_at_studio if is_look else actions.decide_studio

    def do(**said: Any) -> Any:
        return deed(application_id=row.pk, actor=actor, at=at, **said)

    if request.method == "POST" and attempt(form, do) is not FAILED:
        messages.success(request, _("Noted."))
        return redirect("mediators:studio", row.pk)
    context = {
        "tabs": door.tabs(request, "studios"), "row": row, "form": form, "is_look": is_look,
        "fields": [queries.fields().get(code, code) for code in row.expertise],
        "may": (is_look and actor.can(Can.JUDGE)) or (row.state == "seen" and actor.can(Can.DECIDE) and actor.id != row.seen_by),
    }  # fmt: skip
    return render(request, "mediators/studio.html", context, status=422 if form.errors else 200)
