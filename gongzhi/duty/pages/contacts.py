"""The contact book: duty telephones, one's own number, rooms to meet in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import FAILED, actor_of, attempt, needs, page_asked, query_without
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.duty.forms import ContactForm, OwnNumberForm, RoomForm
from gongzhi.duty.pages import door
from gongzhi.places import queries as places


def _area(request: HttpRequest) -> str:
    asked = request.GET.get("area", "")[:120]
    known = {row.path for row in places.ancestors(asked)} if asked else set()
    return asked if asked in known else ""


def _narrowed(request: HttpRequest) -> dict[str, str]:
    return {
        "text": door.text_asked(request), "area": _area(request),
        "kind": door.one_asked(request, "kind", dict(queries.UNIT_KINDS)),
    }  # fmt: skip


@require_GET
@needs(Can.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor, by = actor_of(request), _narrowed(request)
    page, rows = queries.contacts_page(actor, **by, **page_asked(request))
    units = _units(request) if actor.can(Can.KEEP_CONTACTS) else []
    context = {
        "tabs": door.tabs(request, "contacts"), "page": page, "rows": rows, "by": by, "kinds": queries.UNIT_KINDS,
        "rooms": queries.rooms(actor, area=by["area"]), "own": queries.own_numbers(actor), "can_keep": bool(units),
        "form": ContactForm(units=units), "room_form": RoomForm(units=units),
        "own_form": OwnNumberForm(units=queries.own_units(actor)), "towns": _towns(actor),
        "again": query_without(request, "after", "before"), **forms,
    }  # fmt: skip
    return render(request, "duty/contacts.html", context, status=status)


def _units(request: HttpRequest) -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in queries.offered(actor_of(request), Can.KEEP_CONTACTS)]


def _towns(actor: Any) -> list[tuple[str, str]]:
    """Return the towns an actor of the whole city may narrow to."""
    city = places.city()
    is_citywide = any(grant.area.count("/") <= 1 for grant in actor.grants_for(Can.VIEW))
    return (
        [(row.path, row.name) for row in places.children(city.path)] if city and is_citywide else []
    )


@require_GET
@needs(Can.VIEW)
def export(request: HttpRequest) -> HttpResponseBase:
    door.note_export(request, "contacts", door.form_asked(request))
    headings = [
        _("Unit"),
        _("Area"),
        _("Post"),
        _("Telephone"),
        pgettext("contact", "Hours"),
        _("Note"),
    ]
    rows = queries.contacts_table(queries.contacts(actor_of(request), **_narrowed(request)))
    return table_download(
        headings, rows, name="contacts", form=door.form_asked(request), title=_("Contact book")
    )


@require_POST
@needs(Can.KEEP_CONTACTS)
def add(request: HttpRequest) -> HttpResponse:
    form = ContactForm(request.POST, units=_units(request))
    done = attempt(
        form,
        lambda **said: actions.add_contact(
            draft=actions.ContactDraft(**said), actor=actor_of(request), at=timezone.now()
        ),
    )
    if done is FAILED:
        return _page(request, status=422, form=form)
    messages.success(request, _("The number stands in the book."))
    return redirect("duty:contacts")


@require_http_methods(["GET", "POST"])
@needs(Can.VIEW)
def edit(request: HttpRequest, row_id: int) -> HttpResponse:
    row = queries.contact(actor_of(request), row_id)
    initial = {
        "unit_id": row.unit_id,
        "post": row.post,
        "phone": row.phone,
        "hours": row.hours,
        "note": row.note,
    }
    form = ContactForm(request.POST or None, units=[(row.unit_id, row.unit.name)], initial=initial)
    if request.method == "POST":
        done = attempt(
            form,
            lambda **said: actions.change_contact(
                contact_id=row_id,
                draft=actions.ContactDraft(**said),
                actor=actor_of(request),
                at=timezone.now(),
            ),
        )
        if done is not FAILED:
            messages.success(request, _("The entry is changed."))
            return redirect("duty:contacts")
    context = {"tabs": door.tabs(request, "contacts"), "row": row, "form": form}
    return render(request, "duty/contact_edit.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Can.VIEW)
def remove(request: HttpRequest, row_id: int) -> HttpResponse:
    actions.remove_contact(contact_id=row_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The entry is gone."))
    return redirect("duty:contacts")


@require_POST
@needs(Can.VIEW)
def own(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = OwnNumberForm(request.POST, units=queries.own_units(actor))
    done = attempt(
        form,
        lambda **said: actions.enter_own_number(
            draft=actions.ContactDraft(**said, post=actor.name), actor=actor, at=timezone.now()
        ),
    )
    if done is FAILED:
        return _page(request, status=422, own_form=form)
    messages.success(request, _("Your number stands in the book; you can take it out at any time."))
    return redirect("duty:contacts")


@require_POST
@needs(Can.KEEP_CONTACTS)
def add_room(request: HttpRequest) -> HttpResponse:
    form = RoomForm(request.POST, units=_units(request))
    done = attempt(
        form,
        lambda **said: actions.add_room(
            draft=actions.RoomDraft(**said), actor=actor_of(request), at=timezone.now()
        ),
    )
    if done is FAILED:
        return _page(request, status=422, room_form=form)
    messages.success(request, _("The room can be opened from the book now."))
    return redirect("duty:contacts")


@require_POST
@needs(Can.KEEP_CONTACTS)
def remove_room(request: HttpRequest, row_id: int) -> HttpResponse:
    actions.remove_room(room_id=row_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The room is gone from the book."))
    return redirect("duty:contacts")
