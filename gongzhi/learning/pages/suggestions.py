"""How good suggestions are: on held-out matters, by class, and in what people chose; versions to go back to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.audit import actions as audit
from gongzhi.base.downloads import table_download
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import actor_of, needs, page_asked, query_without
from gongzhi.learning import actions, queries
from gongzhi.learning.capabilities import Can
from gongzhi.learning.pages import door

FORMS = ("csv", "xlsx")


def _subject(request: HttpRequest) -> str:
    asked = request.GET.get("of", "")
    return asked if asked in queries.SUBJECTS else "item"


@require_safe
@needs(Can.VIEW)
def suggestions(request: HttpRequest) -> HttpResponse:
    actor, subject, at = actor_of(request), _subject(request), timezone.now()
    total, weeks = queries.accepted(actor, subject, at=at)
    rows, page = queries.corrections(actor, subject, **page_asked(request))
    context: dict[str, Any] = {
        "tabs": door.tabs("suggestions"), "subject": subject, "model": queries.model_page(subject), "total": total,
        "weeks": weeks, "rows": rows, "page": page, "again": query_without(request, "after", "before"),
        "versions": queries.model_versions(subject), "may_train": _may_train(actor),
        "parameters": queries.parameters_of("suggestions", on=door.today()),
    }  # fmt: skip
    return render(request, "learning/suggestions.html", context)


def _may_train(actor: Any) -> bool:
    return queries.covers(actor, queries.city_path(), capability=Can.TRAIN)


@require_safe
@needs(Can.VIEW)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with the accuracy of every item or unit."""
    if form not in FORMS:
        raise OutOfReach
    subject = _subject(request)
    headings = [
        _("Code"), _("Name"), _("Held-out matters"), _("First right"), _("Among three"), _("Taken for"),
    ]  # fmt: skip
    audit.record(
        actor=actor_of(request), verb="learning.export_accuracy", subject=f"trained:{subject}", at=timezone.now(),
        detail={"form": form},
    )  # fmt: skip
    name = _("Accuracy of suggestions")
    return table_download(headings, queries.class_rows(subject), name=name, form=form)


@require_POST
@needs(Can.TRAIN)
def choose(request: HttpRequest, trained_id: int) -> HttpResponse:
    row = actions.choose_version(trained_id=trained_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Version {n} suggests from now on.").format(n=row.version))
    return HttpResponseRedirect(door.address("learning:suggestions", of=row.subject))


@require_POST
@needs(Can.TRAIN)
def train(request: HttpRequest) -> HttpResponse:
    actions.ask_for_training(actor=actor_of(request), at=timezone.now())
    messages.success(
        request, _("Training goes on in the background; a new version stands here in some minutes.")
    )
    return HttpResponseRedirect(door.address("learning:suggestions", of=_subject(request)))
