"""What others may react to. Ids and values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class InstructionIssued:
    """Also when its text was changed: the units sign for it anew."""

    instruction_id: int
    at: datetime


@dataclass(frozen=True)
class InstructionMoved:
    """One unit's part in an instruction moved on."""

    receiver_id: int
    deed: str
    note: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class InstructionEnded:
    """The instruction as a whole was closed or withdrawn."""

    instruction_id: int
    at: datetime


@dataclass(frozen=True)
class InstructionLate:
    """A unit's receipt or answer is overdue; told once for each."""

    receiver_id: int
    what: str  # receipt, answer
    at: datetime


@dataclass(frozen=True)
class BulletinPublished:
    bulletin_id: int
    at: datetime


@dataclass(frozen=True)
class BulletinRecalled:
    bulletin_id: int
    at: datetime


@dataclass(frozen=True)
class SwapMoved:
    """A change of shifts was asked for, agreed to or decided on."""

    swap_id: int
    at: datetime


@dataclass(frozen=True)
class HandoverOffered:
    handover_id: int
    at: datetime
