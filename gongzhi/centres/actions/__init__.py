"""Deeds of the centre."""

from gongzhi.centres.actions.halls import (
    call_next,
    end_ticket,
    miss,
    serve,
    switch_counter,
    take_ticket,
    transfer,
)
from gongzhi.centres.actions.handing import Handed, take_over
from gongzhi.centres.actions.houses import (
    BookingDraft,
    CentreDraft,
    RoomDraft,
    book,
    cancel_booking,
    keep_counter,
    keep_room,
    open_centre,
    self_check,
)
from gongzhi.centres.actions.intake import Said, applicant_code, note_opened, register
from gongzhi.centres.actions.ledger import advance, end, enter, help_with, name_owner
from gongzhi.centres.actions.lending import lend, take_back
from gongzhi.centres.actions.partners import (
    PartnerDraft,
    answer_summons,
    keep_partner,
    note_late,
    set_turn,
    summon,
    tell_summons,
)
from gongzhi.centres.actions.sweeps import (
    CampaignDraft,
    begin,
    end_campaign,
    make_campaign,
    make_dispute,
    note_finding,
    report_part,
    settle_finding,
)
from gongzhi.centres.actions.triage import AtOnce, appoint_at_once, decline, triage

__all__ = [
    "AtOnce", "BookingDraft", "CampaignDraft", "CentreDraft", "Handed", "PartnerDraft", "RoomDraft", "Said", "advance",
    "answer_summons", "applicant_code", "appoint_at_once", "begin", "book", "call_next", "cancel_booking", "decline", "end",
    "end_campaign", "end_ticket", "enter", "help_with", "keep_counter", "keep_partner", "keep_room", "lend", "make_campaign",
    "make_dispute", "miss", "name_owner", "note_finding", "note_late", "note_opened", "open_centre", "register", "report_part",
    "self_check", "serve", "set_turn", "settle_finding", "summon", "switch_counter", "take_back", "take_over", "take_ticket",
    "tell_summons", "transfer", "triage",
]  # fmt: skip
