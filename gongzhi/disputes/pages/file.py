"""What the sides said and signed, and the file with their names, opened for a reason."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.disputes import actions, queries
from gongzhi.disputes.capabilities import Can
from gongzhi.disputes.forms import OpenFileForm, SayingForm
from gongzhi.disputes.lifecycle import JOINING

READING = (Can.TRIAGE, Can.ARRANGE, Can.MEDIATE, Can.OPEN_FILE)


@needs(Can.TRIAGE, Can.ARRANGE, Can.MEDIATE)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Take down what each side answered, and who signed the notice of rights: one dialog, one table."""
    actor, at = actor_of(request), timezone.now()
    row = queries.dispute_of_number(number, actor)
    if not queries.may_read(actor, row.pk, at):
        raise OutOfReach
    sides = [side for side in queries.faces(row.pk) if side.represents is None]
    if request.method != "POST":
        initial = {"subject": request.GET.get("subject", "mediation")}
        return _saying(request, row, SayingForm(initial=initial, sides=sides))
    form = SayingForm(request.POST, sides=sides)
    done = attempt(
        form,
        lambda **said: actions.record_answers(
            matter_id=row.pk, said=form.said, subject=said["subject"], how=said["how"], words=said["words"],
            actor=actor, at=at,
        ),
    )  # fmt: skip
    if done is FAILED:
        return _saying(request, row, form, status=422)
    messages.success(request, _("On record."))
    address = f"/desk/matters/{number}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _saying(request: HttpRequest, row: Any, form: SayingForm, *, status: int = 200) -> HttpResponse:
    whole = not request.headers.get("HX-Request")
    context = {"row": row, "matter": row.matter, "form": form, "notice": queries.rights_notice(on=timezone.localdate())}  # fmt: skip
    return render(request, "disputes/say.html" if whole else "disputes/_say.html", context, status=status)  # fmt: skip


@needs(*READING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Show the file to whoever it is assigned to; ask others why, if their office lets them."""
    actor, at = actor_of(request), timezone.now()
    row = queries.dispute_of_number(number, actor)
    if queries.may_read(actor, row.pk, at):
        return _opened(request, row, actor, at)
    if not queries.may_open(actor, row):
        raise OutOfReach
    if request.method != "POST":
        return _asked(request, row, OpenFileForm())
    form = OpenFileForm(request.POST)
    done = attempt(
        form,
        lambda reason: actions.open_file(matter_id=row.pk, actor=actor, at=at, reason=reason),
    )
    if done is FAILED:
        return _asked(request, row, form, status=422)
    return HttpResponseRedirect(request.path)


def _asked(request: HttpRequest, row: Any, form: OpenFileForm, *, status: int = 200) -> HttpResponse:  # fmt: skip
    hours = queries.norm("access.hours", on=timezone.localdate())
    context = {"row": row, "matter": row.matter, "form": form, "hours": hours}
    return render(request, "disputes/open.html", context, status=status)


def _opened(request: HttpRequest, row: Any, actor: Actor, at: datetime) -> HttpResponse:
    present = actions.open_file(matter_id=row.pk, actor=actor, at=at)
    is_open = row.matter.is_open and actor.can(Can.KEEP_SIDES)
    lines = {line.face.id: line for line in queries.side_lines(row.pk, tuple(queries.faces(row.pk)))}  # fmt: skip
    context = {
        "row": row, "matter": row.matter, "kind": queries.kind_of(row), "sides": [(party, lines[party.pk]) for party in present],
        "gone": [(party, queries.side_words(party.side, party.seq)) for party in queries.all_parties(row.pk) if party.left_at],
        "may_change": is_open, "may_join": is_open and row.matter.state in JOINING,
        "accesses": queries.accesses(row.pk), "kept": queries.retention_name(row.retention), "now": at,
    }  # fmt: skip
    return render(request, "disputes/file.html", context)
