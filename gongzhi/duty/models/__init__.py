"""Desks and their rosters, hand-overs, bulletins, instructions, contacts."""

from gongzhi.duty.models.bulletins import Bulletin, BulletinFile, Reader
from gongzhi.duty.models.contacts import Contact, Room
from gongzhi.duty.models.handovers import Addition, Handover, Point
from gongzhi.duty.models.instructions import (
    Instruction,
    InstructionFile,
    Receiver,
    Record,
    Referral,
    Wording,
)
from gongzhi.duty.models.roster import Desk, Pattern, Rotation, Stint, Swap

__all__ = [
    "Addition",
    "Bulletin",
    "BulletinFile",
    "Contact",
    "Desk",
    "Handover",
    "Instruction",
    "InstructionFile",
    "Pattern",
    "Point",
    "Reader",
    "Receiver",
    "Record",
    "Referral",
    "Room",
    "Rotation",
    "Stint",
    "Swap",
    "Wording",
]
