from django.urls import path

from gongzhi.duty.pages import (
    bulletins,
    contacts,
    handovers,
    instructions,
    making,
    now,
    roster,
    swaps,
)

app_name = "duty"
_DESK = "desk/duty"

urlpatterns = [
    path(_DESK, now.overview, name="now"),
    path(f"{_DESK}/open", now.open_desk, name="open-desk"),
    path(f"{_DESK}/roster", roster.month, name="roster"),
    path(f"{_DESK}/roster/list", roster.listing, name="roster-list"),
    path(f"{_DESK}/roster/export", roster.export, name="roster-export"),
    path(f"{_DESK}/roster/seat", roster.seat, name="seat"),
    path(f"{_DESK}/roster/take-back", roster.take_back, name="take-back"),
    path(f"{_DESK}/roster/shifts", making.shifts, name="shifts"),
    path(f"{_DESK}/roster/shifts/<int:row_id>/end", making.end_shift, name="shift-end"),
    path(f"{_DESK}/roster/generate", making.generate, name="generate"),
    path(f"{_DESK}/roster/rotations", making.rotations, name="rotations"),
    path(f"{_DESK}/roster/rotations/<int:row_id>/drop", making.drop_rotation, name="rotation-drop"),
    path(f"{_DESK}/roster/import", making.import_roster, name="roster-import"),
    path(f"{_DESK}/roster/<int:row_id>", roster.stint, name="stint"),
    path(f"{_DESK}/roster/<int:row_id>/swap", swaps.new, name="swap-new"),
    path(f"{_DESK}/swaps", swaps.listing, name="swaps"),
    path(f"{_DESK}/swaps/<int:row_id>/<slug:name>", swaps.step, name="swap-step"),
    path(f"{_DESK}/handovers", handovers.listing, name="handovers"),
    path(f"{_DESK}/handovers/export", handovers.export, name="handovers-export"),
    path(f"{_DESK}/handovers/begin", handovers.begin, name="handover-begin"),
    path(f"{_DESK}/handovers/<int:row_id>", handovers.detail, name="handover"),
    path(f"{_DESK}/handovers/<int:row_id>/paper.pdf", handovers.paper, name="handover-paper"),
    path(f"{_DESK}/handovers/<int:row_id>/<slug:name>", handovers.step, name="handover-step"),
    path(f"{_DESK}/instructions", instructions.listing, name="instructions"),
    path(f"{_DESK}/instructions/export", instructions.export, name="instructions-export"),
    path(f"{_DESK}/instructions/new", instructions.new, name="instruction-new"),
    path(f"{_DESK}/instructions/<str:number>", instructions.detail, name="instruction"),
    path(
        f"{_DESK}/instructions/<str:number>/units", instructions.receivers, name="instruction-units"
    ),
    path(f"{_DESK}/instructions/<str:number>/amend", instructions.amend, name="instruction-amend"),
    path(
        f"{_DESK}/instructions/<str:number>/units/<int:row_id>/<slug:name>",
        instructions.move,
        name="instruction-move",
    ),
    path(
        f"{_DESK}/instructions/<str:number>/<slug:name>", instructions.end, name="instruction-end"
    ),
    path(f"{_DESK}/bulletins", bulletins.listing, name="bulletins"),
    path(f"{_DESK}/bulletins/export", bulletins.export, name="bulletins-export"),
    path(f"{_DESK}/bulletins/new", bulletins.new, name="bulletin-new"),
    path(f"{_DESK}/bulletins/<int:row_id>", bulletins.detail, name="bulletin"),
    path(f"{_DESK}/bulletins/<int:row_id>/readers", bulletins.readers, name="bulletin-readers"),
    path(f"{_DESK}/bulletins/<int:row_id>/<slug:name>", bulletins.step, name="bulletin-step"),
    path(f"{_DESK}/contacts", contacts.listing, name="contacts"),
    path(f"{_DESK}/contacts/export", contacts.export, name="contacts-export"),
    path(f"{_DESK}/contacts/add", contacts.add, name="contact-add"),
    path(f"{_DESK}/contacts/own", contacts.own, name="contact-own"),
    path(f"{_DESK}/contacts/rooms", contacts.add_room, name="room-add"),
    path(f"{_DESK}/contacts/rooms/<int:row_id>/remove", contacts.remove_room, name="room-remove"),
    path(f"{_DESK}/contacts/<int:row_id>", contacts.edit, name="contact-edit"),
    path(f"{_DESK}/contacts/<int:row_id>/remove", contacts.remove, name="contact-remove"),
]
