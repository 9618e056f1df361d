"""Deeds on duty."""

from django.utils.translation import pgettext_lazy

from gongzhi.duty.actions.announcing import (
    BulletinDraft,
    confirm_read,
    publish_bulletin,
    recall_bulletin,
)
from gongzhi.duty.actions.answering import move, urge_all
from gongzhi.duty.actions.contacts import (
    ContactDraft,
    RoomDraft,
    add_contact,
    add_room,
    change_contact,
    enter_own_number,
    remove_contact,
    remove_room,
)
from gongzhi.duty.actions.delays import note_late
from gongzhi.duty.actions.desks import ShiftDraft, end_shift, open_desk, set_shift
from gongzhi.duty.actions.handing import (
    add_point,
    add_to_handover,
    begin_handover,
    discard_handover,
    drop_point,
    offer,
    renew_points,
    send_back,
    take_over,
    write_handover,
)
from gongzhi.duty.actions.history import Past, take_courses, take_reads
from gongzhi.duty.actions.importing import Imported, import_roster
from gongzhi.duty.actions.instructing import InstructionDraft, amend, close, issue, withdraw
from gongzhi.duty.actions.rostering import (
    Made,
    RotationDraft,
    Seat,
    assign,
    drop_rotation,
    generate,
    keep_rotation,
    release,
    take_back,
)
from gongzhi.duty.actions.swapping import agree, approve_swap, ask_swap, decline, withdraw_swap
from gongzhi.duty.actions.telling import (
    tell_bulletin,
    tell_ended,
    tell_handover,
    tell_issued,
    tell_late,
    tell_moved,
    tell_swap,
)

__all__ = [
    "BulletinDraft", "ContactDraft", "Imported", "InstructionDraft", "Made", "Past", "RoomDraft", "RotationDraft", "Seat",
    "ShiftDraft", "add_contact", "add_point", "add_room", "add_to_handover", "agree", "amend", "approve_swap", "ask_swap",
    "assign", "begin_handover", "change_contact", "close", "confirm_read", "decline", "discard_handover", "drop_point",
    "drop_rotation", "end_shift", "enter_own_number", "generate", "import_roster", "issue", "keep_rotation", "move",
    "note_late", "offer", "open_desk", "publish_bulletin", "recall_bulletin", "release", "remove_contact", "remove_room",
    "renew_points", "send_back", "set_shift", "take_back", "take_courses", "take_over", "take_reads", "tell_bulletin", "tell_ended", "tell_handover",
    "tell_issued", "tell_late", "tell_moved", "tell_swap", "urge_all", "withdraw", "withdraw_swap", "write_handover",
]  # fmt: skip

# What the trail calls these deeds; listed here so that they have words in every language.
DEEDS = (
    pgettext_lazy("deed", "duty.open_desk"),
    pgettext_lazy("deed", "duty.set_shift"),
    pgettext_lazy("deed", "duty.end_shift"),
    pgettext_lazy("deed", "duty.assign"),
    pgettext_lazy("deed", "duty.release"),
    pgettext_lazy("deed", "duty.keep_rotation"),
    pgettext_lazy("deed", "duty.drop_rotation"),
    pgettext_lazy("deed", "duty.generate"),
    pgettext_lazy("deed", "duty.take_back"),
    pgettext_lazy("deed", "duty.import_roster"),
    pgettext_lazy("deed", "duty.ask_swap"),
    pgettext_lazy("deed", "duty.agree_swap"),
    pgettext_lazy("deed", "duty.approved_swap"),
    pgettext_lazy("deed", "duty.refused_swap"),
    pgettext_lazy("deed", "duty.withdrawn_swap"),
    pgettext_lazy("deed", "duty.begin_handover"),
    pgettext_lazy("deed", "duty.write_handover"),
    pgettext_lazy("deed", "duty.offer_handover"),
    pgettext_lazy("deed", "duty.take_over"),
    pgettext_lazy("deed", "duty.send_back_handover"),
    pgettext_lazy("deed", "duty.add_to_handover"),
    pgettext_lazy("deed", "duty.discard_handover"),
    pgettext_lazy("deed", "duty.publish_bulletin"),
    pgettext_lazy("deed", "duty.read_bulletin"),
    pgettext_lazy("deed", "duty.recall_bulletin"),
    pgettext_lazy("deed", "duty.issue_instruction"),
    pgettext_lazy("deed", "duty.amend_instruction"),
    pgettext_lazy("deed", "duty.sign_instruction"),
    pgettext_lazy("deed", "duty.answer_instruction"),
    pgettext_lazy("deed", "duty.accept_instruction"),
    pgettext_lazy("deed", "duty.send_back_instruction"),
    pgettext_lazy("deed", "duty.urge_instruction"),
    pgettext_lazy("deed", "duty.end_instruction"),
    pgettext_lazy("deed", "duty.pass_on_instruction"),
    pgettext_lazy("deed", "duty.late_instruction"),
    pgettext_lazy("deed", "duty.close_instruction"),
    pgettext_lazy("deed", "duty.withdraw_instruction"),
    pgettext_lazy("deed", "duty.add_contact"),
    pgettext_lazy("deed", "duty.change_contact"),
    pgettext_lazy("deed", "duty.remove_contact"),
    pgettext_lazy("deed", "duty.enter_own_number"),
    pgettext_lazy("deed", "duty.add_room"),
    pgettext_lazy("deed", "duty.remove_room"),
    pgettext_lazy("deed", "duty.export"),
)
