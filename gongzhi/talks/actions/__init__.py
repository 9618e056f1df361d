"""Deeds of talks."""

from django.utils.translation import pgettext_lazy

from gongzhi.talks.actions.calendars import end_calendar_key, new_calendar_key
from gongzhi.talks.actions.contact import (
    Record,
    Said,
    answer,
    look_at,
    make_invitation,
    make_letter,
    part_with,
    plan_attempt,
    plan_first,
    record_attempt,
    renew_link,
    send_link,
    set_phone_care,
    welcome,
)
from gongzhi.talks.actions.forgetting import forget
from gongzhi.talks.actions.leaving import agree, withdraw
from gongzhi.talks.actions.offers import (
    Proposal,
    answer_offer,
    end_open_offers,
    lapse,
    offer,
    pass_on,
    propose,
    withdraw_offer,
    withdraw_proposal,
)
from gongzhi.talks.actions.rooms import (
    Words,
    close_rooms,
    forget_note,
    note,
    reopen_rooms,
    say,
    say_as_mediator,
)
from gongzhi.talks.actions.safety import close_plan, do_step, note_signs
from gongzhi.talks.actions.sittings import (
    Plan,
    begin_sitting,
    break_off,
    call_off,
    cancel_sitting,
    change_sitting,
    end_sitting,
    invite,
    plan_sitting,
    remind,
    say_to_invitee,
    set_meeting_link,
)
from gongzhi.talks.actions.telling import tell_party
from gongzhi.talks.actions.writing import (
    Wording,
    add_fact,
    note_paper_signature,
    sign_fact,
    sign_fact_as_mediator,
    sign_minutes,
    sign_minutes_as_mediator,
    strike_fact,
    write_minutes,
)
from gongzhi.talks.clients import House, Wanted, install_house
from gongzhi.talks.rules import SHARED, Term

DEEDS = (
    pgettext_lazy("deed", "talks.plan_attempt"),
    pgettext_lazy("deed", "talks.record_attempt"),
    pgettext_lazy("deed", "talks.send_link"),
    pgettext_lazy("deed", "talks.look_at"),
    pgettext_lazy("deed", "talks.set_phone_care"),
    pgettext_lazy("deed", "talks.plan_sitting"),
    pgettext_lazy("deed", "talks.change_sitting"),
    pgettext_lazy("deed", "talks.begin_sitting"),
    pgettext_lazy("deed", "talks.end_sitting"),
    pgettext_lazy("deed", "talks.break_off"),
    pgettext_lazy("deed", "talks.cancel_sitting"),
    pgettext_lazy("deed", "talks.invite"),
    pgettext_lazy("deed", "talks.say_to_invitee"),
    pgettext_lazy("deed", "talks.set_meeting_link"),
    pgettext_lazy("deed", "talks.write_minutes"),
    pgettext_lazy("deed", "talks.sign_minutes"),
    pgettext_lazy("deed", "talks.add_fact"),
    pgettext_lazy("deed", "talks.sign_fact"),
    pgettext_lazy("deed", "talks.strike_fact"),
    pgettext_lazy("deed", "talks.note"),
    pgettext_lazy("deed", "talks.forget_note"),
    pgettext_lazy("deed", "talks.offer"),
    pgettext_lazy("deed", "talks.pass_on"),
    pgettext_lazy("deed", "talks.answer_offer"),
    pgettext_lazy("deed", "talks.withdraw_offer"),
    pgettext_lazy("deed", "talks.withdraw"),
    pgettext_lazy("deed", "talks.note_signs"),
    pgettext_lazy("deed", "talks.do_step"),
    pgettext_lazy("deed", "talks.close_plan"),
    pgettext_lazy("deed", "talks.new_calendar_key"),
    pgettext_lazy("deed", "talks.end_calendar_key"),
    pgettext_lazy("deed", "talks.export"),
)

__all__ = [
    "DEEDS", "SHARED", "House", "Plan", "Proposal", "Record", "Said", "Term", "Wanted", "Wording", "Words", "add_fact", "agree", "answer", "answer_offer",
    "begin_sitting", "break_off", "call_off", "cancel_sitting", "change_sitting", "close_plan", "close_rooms", "do_step", "end_calendar_key",
    "end_open_offers", "end_sitting", "forget", "forget_note", "install_house", "invite", "lapse", "look_at", "make_invitation", "make_letter",
    "new_calendar_key", "note", "note_paper_signature", "note_signs", "offer", "part_with", "pass_on", "plan_attempt", "plan_first", "plan_sitting",
    "propose", "record_attempt", "remind", "renew_link", "reopen_rooms", "say", "say_as_mediator", "say_to_invitee", "send_link", "set_meeting_link",
    "set_phone_care", "sign_fact", "sign_fact_as_mediator", "sign_minutes", "sign_minutes_as_mediator", "strike_fact", "tell_party", "welcome", "withdraw",
    "withdraw_offer", "withdraw_proposal", "write_minutes",
]  # fmt: skip
