"""Facts for others. What the sides said travels encrypted: a queue is read by whoever runs the machine."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PartyAnswered:
    """A side answered by its link: take_part, propose, refuse or ask."""

    matter_id: int
    party_id: int
    choice: str
    at: datetime


@dataclass(frozen=True)
class OfferAccepted:
    """
    Every side said yes to an offer.

    `terms` is a JSON list as base.secrets.encrypt writes it: [{"by": seq of who owes, "to": seq or null,
    "what": text, "amount": yuan as decimal text or "", "due_on": ISO day or ""}].
    """

    matter_id: int
    offer_id: int
    terms: str
    at: datetime


@dataclass(frozen=True)
class SideWithdrew:
    """A side wants no more mediation; a sitting under way was broken off."""

    matter_id: int
    party_id: int
    at: datetime


@dataclass(frozen=True)
class SafetyPlanOpened:
    matter_id: int
    plan_id: int
    at: datetime
