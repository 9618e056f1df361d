"""Tables of the centre."""

from gongzhi.centres.models.houses import Booking, Centre, Counter, Room, SelfCheck
from gongzhi.centres.models.ledger import LedgerLine, Major
from gongzhi.centres.models.presence import Partner, Summons, Turn
from gongzhi.centres.models.sweeps import Campaign, Finding, Part
from gongzhi.centres.models.taking import Handover, Registration, Ticket

__all__ = [
    "Booking", "Campaign", "Centre", "Counter", "Finding", "Handover", "LedgerLine", "Major", "Part",
    "Partner", "Registration", "Room", "SelfCheck", "Summons", "Ticket", "Turn",
]  # fmt: skip
