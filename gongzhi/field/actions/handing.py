"""Hands what was settled in the street to the register of disputes, where it is followed to its end."""

from datetime import datetime

from gongzhi.accounts import queries as accounts
from gongzhi.disputes import actions as disputes
from gongzhi.field.models import QuickMediation
from gongzhi.field.queries.lists import parties_of
from gongzhi.matters import actions as matters


def hand_over(*, mediation_id: int, at: datetime) -> str:
    """Enter a quick mediation as a dispute; return the dispute's number, "" where no body covers the place."""
    row = QuickMediation.objects.get(pk=mediation_id)
    record = disputes.QuickRecord(
        key=_key(row), number=row.number, sides=[(party["name"], party["phone"]) for party in parties_of(row)],
        about=row.about, agreement=row.agreement, area_path=row.area_path, address=row.address, lon=row.lon, lat=row.lat,
        done_by=row.done_by,
    )  # fmt: skip
    officer = accounts.actor_for(row.officer_id, at)
    return disputes.from_quick_record(record=record, actor=officer, at=row.made_at)


def handed_number(row: QuickMediation) -> str:
    """Return the number of the dispute that a quick mediation became, "" when it became none."""
    known = matters.known_opening(_key(row))
    return known.matter.number if known else ""


def _key(row: QuickMediation) -> str:
    return f"quick-mediation:{row.pk}"
