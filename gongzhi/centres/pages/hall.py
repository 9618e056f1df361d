"""The hall: tickets, counters, the day in figures."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.forms import CounterForm, TicketForm, TransferForm
from gongzhi.centres.pages import door

HALL = "/desk/centre/hall"
DEEDS = {"serve": actions.serve, "miss": actions.miss, "end": actions.end_ticket}


@require_safe
@needs(*door.ANY)
def desk(request: HttpRequest) -> HttpResponse:
    """Open the first page of the desk that is open to the person."""
    actor = actor_of(request)
    for _name, url, open_to in door.TABS:
        if any(actor.can(one) for one in open_to):
            return redirect(url)
    return redirect("centres:hall")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*door.DESK)
def hall(request: HttpRequest) -> HttpResponse:
    """Show the hall of today; who takes in, gives out numbers."""
    actor, at = actor_of(request), timezone.now()
    centre = door.centre_asked(request)
    can_serve = actor.can(Can.TAKE_IN)
    form = TicketForm(request.POST or None)
    if request.method == "POST" and can_serve:
        house = queries.centre(actor, centre.code, Can.TAKE_IN)
        made = attempt(form, lambda **said: actions.take_ticket(centre=house, at=at, **said))
        if made is not FAILED:
            return redirect(f"{reverse('centres:ticket', args=[centre.code, made.number])}?print=1")
    seen = queries.hall(actor, centre, at=at)
    open_counters = [row for row in seen.counters if row.counter.is_open]
    context = door.frame(request, "hall", centre) | {
        "seen": seen, "form": form, "can_serve": can_serve, "now": at,
        "partners": queries.there_on(centre, timezone.localdate(at)),
        "transfer": TransferForm(
            counters=[(f"counter:{row.counter.pk}", f"{row.counter.code} {row.counter.name}") for row in open_counters]
        ),
    }  # fmt: skip
    template = "centres/_hall.html" if request.GET.get("part") == "queue" else "centres/hall.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
@needs(*door.DESK)
def hall_export(request: HttpRequest) -> HttpResponseBase:
    centre, on, form = door.centre_asked(request), door.day_asked(request), door.form_asked(request)
    door.note_export(request, f"centre:{centre.pk}", form)
    headings = (
        pgettext("column", "number"), pgettext("column", "service"), pgettext("column", "state"), pgettext("column", "taken at"),
        pgettext("column", "called at"), pgettext("column", "ended at"), pgettext("column", "counter"),
    )  # fmt: skip
    rows = queries.tickets_table(actor_of(request), centre, on=on)
    return table_download(headings, rows, name=f"hall-{centre.code}-{on:%Y%m%d}", form=form)


@require_POST
@needs(Can.TAKE_IN)
def call(request: HttpRequest, row_id: int) -> HttpResponse:
    def deed() -> str:
        row = actions.call_next(counter_id=row_id, actor=actor_of(request), at=timezone.now())
        return _("{number}, please come to counter {counter}.").format(number=row.number, counter=row.counter.code if row.counter else "")  # fmt: skip

    return door.done(request, deed, HALL)


@require_POST
@needs(Can.TAKE_IN)
def switch(request: HttpRequest, row_id: int) -> HttpResponse:
    def deed() -> str:
        row = actions.switch_counter(counter_id=row_id, actor=actor_of(request))
        return _("The counter is open.") if row.is_open else _("The counter is closed.")

    return door.done(request, deed, HALL)


@require_POST
@needs(Can.TAKE_IN)
def ticket_deed(request: HttpRequest, row_id: int, deed: str) -> HttpResponse:
    """Serve, pass over or end; send on to a counter or another line."""
    actor, at = actor_of(request), timezone.now()

    def act() -> str:
        if deed == "transfer":
            return _sent_on(request, row_id)
        DEEDS[deed](ticket_id=row_id, actor=actor, at=at)
        return _("Noted.")

    return door.done(request, act, HALL)


def _sent_on(request: HttpRequest, row_id: int) -> str:
    actor = actor_of(request)
    row = queries.ticket(actor, row_id)
    counters = [(f"counter:{one.pk}", one.code) for one in queries.counters_of(row.centre)]
    form = TransferForm(request.POST, counters=counters)
    if not form.is_valid():
        return _("Choose where to send them.")
    moved = actions.transfer(ticket_id=row_id, actor=actor, at=timezone.now(), **form.deed)
    return _("{number} is sent on.").format(number=moved.number)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def counters(request: HttpRequest) -> HttpResponse:
    """Keep the counters of the hall."""
    actor, at, centre = actor_of(request), timezone.now(), door.centre_asked(request, Can.KEEP)
    form = CounterForm(request.POST or None)
    if request.method == "POST":
        kept = attempt(
            form, lambda **said: actions.keep_counter(centre=centre, actor=actor, at=at, **said)
        )
        if kept is not FAILED:
            return redirect(f"{reverse('centres:counters')}?centre={centre.code}")
    context = door.frame(request, "hall", centre) | {
        "form": form, "rows": queries.counters_of(centre), "services": queries.names("services"),
    }  # fmt: skip
    return render(request, "centres/counters.html", context, status=422 if form.errors else 200)
