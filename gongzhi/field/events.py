"""Facts about the street, for whoever reacts to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class QuickMediationRecorded:
    """Two neighbours agreed on the spot. A register of disputes may take it in; nobody has to."""

    mediation_id: int
    area_path: str
    officer_id: int
    at: datetime
