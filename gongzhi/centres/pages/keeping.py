"""Rooms and their bookings, partners and their days, calls to partners, the standard."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.accounts import queries as accounts
from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.centres.forms import BookForm, CheckForm, PartnerForm, ReplyForm, RoomForm, SummonForm
from gongzhi.centres.lifecycle import Presence
from gongzhi.centres.pages import door

STATES = {"open": "", "late": "", "all": ""}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*door.DESK)
def rooms(request: HttpRequest) -> HttpResponse:
    """Show who has which room on a day; book one."""
    actor, at, centre, on = (
        actor_of(request),
        timezone.now(),
        door.centre_asked(request),
        door.day_asked(request),
    )
    choices = [(room.pk, room.name) for room in queries.bookable(centre)]
    room = door.number_in(request.GET.get("room", ""))
    initial = {
        "on": on,
        "starts": "09:00",
        "ends": "10:30",
        "room_id": room,
        "number": request.GET.get("number", "")[:20],
    }
    form = BookForm(request.POST or None, initial=initial, rooms=choices)
    if request.method == "POST" and actor.can(Can.TAKE_IN) and _is_booked(form, actor, at):
        messages.success(request, _("The room is booked."))
        return redirect(
            f"{reverse('centres:rooms')}?centre={centre.code}&day={form.cleaned_data['on']:%Y-%m-%d}"
        )
    text = door.text_asked(request)
    page = queries.bookings_page(actor, centre, text=text, since=on, **page_asked(request))
    context = door.frame(request, "rooms", centre) | {
        "on": on, "before": on - timedelta(days=1), "after": on + timedelta(days=1), "plan": queries.day_plan(centre, on),
        "hours": range(8, 20), "form": form, "page": page, "text": text, "all_rooms": queries.rooms_of(centre),
        "kinds": queries.names("rooms"), "again": query_without(request, "after", "before"),
        "can_book": actor.can(Can.TAKE_IN), "can_keep": actor.can(Can.KEEP), "today": timezone.localdate(at),
    }  # fmt: skip
    return render(request, "centres/rooms.html", context, status=422 if form.errors else 200)


def _is_booked(form: BookForm, actor: Any, at: Any) -> bool:
    def deed(*, room_id: int, purpose: str, number: str, **_times: Any) -> Any:
        draft = actions.BookingDraft(
            room_id, form.moment("starts"), form.moment("ends"), purpose, number
        )
        return actions.book(draft=draft, actor=actor, at=at)

    return attempt(form, deed) is not FAILED


@require_safe
@needs(*door.DESK)
def rooms_export(request: HttpRequest) -> HttpResponseBase:
    centre, form = door.centre_asked(request), door.form_asked(request)
    door.note_export(request, f"centre:{centre.pk}", form)
    headings = (
        pgettext("column", "room"), pgettext("column", "from"), pgettext("column", "until"), pgettext("column", "what for"),
        pgettext("column", "booked by"),
    )  # fmt: skip
    found = queries.bookings(
        actor_of(request), centre, text=door.text_asked(request), since=door.day_asked(request)
    )
    return table_download(
        headings, queries.bookings_table(found), name=f"rooms-{centre.code}", form=form
    )


@require_POST
@needs(Can.TAKE_IN)
def cancel_booking(request: HttpRequest, row_id: int) -> HttpResponse:
    def deed() -> str:
        actions.cancel_booking(booking_id=row_id, actor=actor_of(request), at=timezone.now())
        return _("Cancelled; the room is free again.")

    return door.done(request, deed, reverse("centres:rooms"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def room(request: HttpRequest, row_id: int = 0) -> HttpResponse:
    """Add a room, or change one."""
    actor, at, centre = actor_of(request), timezone.now(), door.centre_asked(request, Can.KEEP)
    known = next((one for one in queries.rooms_of(centre) if one.pk == row_id), None)
    initial = {name: getattr(known, name) for name in RoomForm.base_fields} if known else None
    form = RoomForm(request.POST or None, initial=initial)
    if request.method == "POST":
        kept = attempt(
            form,
            lambda **said: actions.keep_room(
                centre=centre,
                room_id=row_id or None,
                draft=actions.RoomDraft(**said),
                actor=actor,
                at=at,
            ),
        )
        if kept is not FAILED:
            messages.success(request, _("The room is kept."))
            return redirect(f"{reverse('centres:rooms')}?centre={centre.code}")
    context = door.frame(request, "rooms", centre) | {"form": form, "known": known}
    return render(request, "centres/room.html", context, status=422 if form.errors else 200)


@require_safe
@needs(*door.DESK)
def partners(request: HttpRequest) -> HttpResponse:
    """Show who is at the centre on which day of a week."""
    actor, at, centre, on = (
        actor_of(request),
        timezone.now(),
        door.centre_asked(request),
        door.day_asked(request),
    )
    monday = on - timedelta(days=on.weekday())
    presence = door.one_asked(request, "presence", dict(Presence.choices))
    text = door.text_asked(request)
    in_time, of = queries.answered_in_time(centre, since=at - timedelta(days=90))
    context = door.frame(request, "partners", centre) | {
        "rows": queries.partners_week(actor, centre, monday, presence=presence, text=text), "monday": monday,
        "days": [monday + timedelta(days=n) for n in range(7)], "earlier": monday - timedelta(days=7),
        "later": monday + timedelta(days=7), "presence": presence, "presences": Presence.choices, "text": text,
        "today": timezone.localdate(at), "in_time": in_time, "of": of, "percent": round(100 * in_time / of) if of else None,
        "can_keep": actor.can(Can.KEEP), "can_call": actor.can(Can.TAKE_IN), "again": query_without(request),
    }  # fmt: skip
    return render(request, "centres/partners.html", context)


@require_safe
@needs(*door.DESK)
def partners_export(request: HttpRequest) -> HttpResponseBase:
    actor, centre, on, form = actor_of(request), door.centre_asked(request), door.day_asked(request), door.form_asked(request)  # fmt: skip
    door.note_export(request, f"centre:{centre.pk}", form)
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    headings = (
        pgettext("column", "partner"), pgettext("column", "kind"), pgettext("column", "presence"), pgettext("column", "telephone"),
        *(f"{day:%m-%d}" for day in days),
    )  # fmt: skip
    rows = [
        (
            row.partner.name, row.kind, str(row.partner.get_presence_display()), row.partner.phone,
            *("✓" if is_there else "" for _day, is_there, _said in row.days),
        )
        for row in queries.partners_week(actor, centre, monday)
    ]  # fmt: skip
    return table_download(headings, rows, name=f"partners-{centre.code}-{monday:%Y%m%d}", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP)
def partner(request: HttpRequest, row_id: int = 0) -> HttpResponse:
    """Add a partner, or change one."""
    actor, at = actor_of(request), timezone.now()
    known = queries.partner(actor, row_id, Can.KEEP) if row_id else None
    centre = known.centre if known else door.centre_asked(request, Can.KEEP)
    initial = {name: getattr(known, name) for name in PartnerForm.base_fields} if known else {"presence": "resident", "weekdays": [1, 2, 3, 4, 5]}  # fmt: skip
    units = [
        (one.id, one.name)
        for one in accounts.units_by_code().values()
        if one.is_open and (one.area_path.startswith(centre.area_path) or one.kind == "department")
    ]  # fmt: skip
    form = PartnerForm(
        request.POST or None, initial=initial, units=units, counters=[(one.pk, str(one)) for one in queries.counters_of(centre)],
        rooms=[(one.pk, one.name) for one in queries.rooms_of(centre)],
    )  # fmt: skip
    if request.method == "POST":
        kept = attempt(
            form,
            lambda **said: actions.keep_partner(
                centre=centre,
                partner_id=row_id or None,
                draft=actions.PartnerDraft(**said),
                actor=actor,
                at=at,
            ),
        )
        if kept is not FAILED:
            messages.success(request, _("The partner is kept."))
            return redirect(f"{reverse('centres:partners')}?centre={centre.code}")
    context = door.frame(request, "partners", centre) | {"form": form, "known": known}
    return render(request, "centres/partner.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Can.KEEP)
def turn(request: HttpRequest, row_id: int) -> HttpResponse:
    """Turn one day of a partner round: there, or not."""
    row = queries.partner(actor_of(request), row_id, Can.KEEP)
    on = door.day_asked(request)
    is_there = request.POST.get("is_there") == "1"

    def deed() -> str:
        actions.set_turn(
            partner_id=row.pk, on=on, is_there=is_there, actor=actor_of(request), at=timezone.now()
        )
        return _("The day is noted.")

    return door.done(
        request, deed, f"{reverse('centres:partners')}?centre={row.centre.code}&day={on:%Y-%m-%d}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*door.DESK, Can.ANSWER)
def summonses(request: HttpRequest) -> HttpResponse:
    """Show the calls to partners with their clocks; call one; answer for one's own unit."""
    actor, at = actor_of(request), timezone.now()
    centre = queries.own_centre(actor, Can.TAKE_IN)
    people = queries.partners_week(actor, centre, timezone.localdate(at)) if centre else []
    initial = {
        "partner_id": door.number_in(request.GET.get("partner", "")),
        "number": request.GET.get("number", "")[:20],
    }
    form = SummonForm(
        request.POST or None, initial=initial, partners=[(row.partner.pk, f"{row.partner.name}（{row.partner.get_presence_display()}）") for row in people]
    )  # fmt: skip
    if request.method == "POST" and actor.can(Can.TAKE_IN):
        made = attempt(form, lambda **said: actions.summon(actor=actor, at=at, **said))
        if made is not FAILED:
            messages.success(request, _("{name} is called; the answer is due by {due}.").format(name=made.partner.name, due=f"{timezone.localtime(made.due_at):%H:%M}"))  # fmt: skip
            return redirect("centres:summonses")
    state, text = door.one_asked(request, "state", STATES, "open"), door.text_asked(request)
    page, rows = queries.summonses_page(actor, state=state, text=text, at=at, **page_asked(request))
    context = door.frame(request, "summons") | {
        "page": page, "rows": rows, "state": state, "text": text, "form": form, "can_call": bool(people) and actor.can(Can.TAKE_IN),
        "again": query_without(request, "after", "before"), "reply_form": ReplyForm(auto_id=False),
    }  # fmt: skip
    return render(request, "centres/summonses.html", context, status=422 if form.errors else 200)


@require_safe
@needs(*door.DESK, Can.ANSWER)
def summonses_export(request: HttpRequest) -> HttpResponseBase:
    form, state = door.form_asked(request), door.one_asked(request, "state", STATES, "open")
    door.note_export(request, "summonses", form)
    headings = (
        pgettext("column", "partner"), pgettext("column", "what for"), pgettext("column", "asked at"), pgettext("column", "due at"),
        pgettext("column", "answered at"), pgettext("column", "answer"), pgettext("column", "note"),
    )  # fmt: skip
    rows = queries.summonses_table(
        queries.summonses(actor_of(request), state=state, text=door.text_asked(request))
    )
    return table_download(
        headings, rows, name=f"summonses-{timezone.localdate():%Y%m%d}", form=form
    )


@require_POST
@needs(Can.ANSWER)
def answer(request: HttpRequest, row_id: int) -> HttpResponse:
    form = ReplyForm(request.POST)

    def deed() -> str:
        if not form.is_valid():
            return _("Choose an answer.")
        actions.answer_summons(
            summons_id=row_id, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
        )
        return _("Answered; the centre reads it now.")

    return door.done(request, deed, reverse("centres:summonses"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*door.DESK)
def standard(request: HttpRequest) -> HttpResponse:
    """Show how a centre measures up to the standard, item by item, and the centres beside each other."""
    actor, at, centre = actor_of(request), timezone.now(), door.centre_asked(request)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and actor.can(Can.KEEP):
        kept = attempt(
            form, lambda **said: actions.self_check(centre=centre, actor=actor, at=at, **said)
        )
        if kept is not FAILED:
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('centres:standard')}?centre={centre.code}")
    on = timezone.localdate(at)
    context = door.frame(request, "standard", centre) | {
        "seen": queries.standing(centre, on=on), "form": form, "can_keep": actor.can(Can.KEEP),
        "others": queries.scores(actor, on=on), "posted_item": request.POST.get("item", ""),
    }  # fmt: skip
    return render(request, "centres/standard.html", context, status=422 if form.errors else 200)


@require_safe
@needs(*door.DESK)
def standard_export(request: HttpRequest) -> HttpResponseBase:
    centre, form = door.centre_asked(request), door.form_asked(request)
    door.note_export(request, f"centre:{centre.pk}", form)
    headings = (
        pgettext("column", "item"), pgettext("column", "group"), pgettext("column", "text"), pgettext("column", "points"),
        pgettext("column", "percent"), pgettext("column", "reached"), pgettext("column", "note"), pgettext("column", "checked on"),
        pgettext("column", "source"),
    )  # fmt: skip
    seen = queries.standing(centre, on=timezone.localdate())
    return table_download(
        headings, queries.standard_table(seen), name=f"standard-{centre.code}", form=form
    )
