"""Attempts and answers, sittings and minutes, rooms and offers, safety plans."""

from gongzhi.talks.models.contact import Answer, Attempt, Invitation, PhoneCare
from gongzhi.talks.models.rooms import CaucusNote, Message, MessageFile, Offer, OfferAnswer, Room
from gongzhi.talks.models.safety import SafetyPlan, SafetyStep
from gongzhi.talks.models.sittings import (
    CalendarKey,
    Invitee,
    InviteeWill,
    MeetingLink,
    Minutes,
    Signature,
    Sitting,
    UndisputedFact,
)

__all__ = [
    "Answer", "Attempt", "CalendarKey", "CaucusNote", "Invitation", "Invitee", "InviteeWill", "MeetingLink", "Message",
    "MessageFile", "Minutes", "Offer", "OfferAnswer", "PhoneCare", "Room", "SafetyPlan", "SafetyStep", "Signature",
    "Sitting", "UndisputedFact",
]  # fmt: skip
