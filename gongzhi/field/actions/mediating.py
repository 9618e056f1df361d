"""Two sides agreed in the street; the agreement is written down."""

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.base.texts import plain
from gongzhi.field.actions.handsets import home_area
from gongzhi.field.actions.outcomes import Deed, Done
from gongzhi.field.events import QuickMediationRecorded
from gongzhi.field.models import MediationPhoto, QuickMediation
from gongzhi.field.queries.lists import mediations, parties_of
from gongzhi.files import actions as files
from gongzhi.places import queries as places

MOST_PARTIES = 6


def mediate(deed: Deed) -> Done:
    """Keep a quick mediation: what it was about, what was agreed, and by whom; the parties encrypted."""
    parties, about, agreement = _parties(deed), deed.text("about"), deed.text("agreement")
    problems = {}
    if len(parties) < 2:
        problems["parties"] = _("Name both sides.")
    if not about:
        problems["about"] = _("Say what it was about.")
    if not agreement:
        problems["agreement"] = _("Say what was agreed.")
    if problems:
        raise Invalid(problems)
    lon, lat, area_path = _where(deed)
    row = QuickMediation.objects.create(
        operation_id=deed.said.id, officer_id=deed.actor.id, area_path=area_path, lon=lon, lat=lat,
        address=deed.text("address", most=200), premises_code=deed.text("premises", most=40),
        parties=json.dumps(parties, ensure_ascii=False), about=about, agreement=agreement,
        done_by=_day(deed), signed=deed.flag("signed"), made_at=deed.at,
        received_at=deed.received_at,
    )  # fmt: skip
    ids = files.claim(
        tokens=(*deed.tokens, *deed.after_tokens), actor=deed.actor, at=deed.received_at
    )
    MediationPhoto.objects.bulk_create(
        MediationPhoto(mediation=row, file_id=file_id) for file_id in ids
    )
    audit.record(
        actor=deed.actor, verb="field.record_mediation", subject=f"mediation:{row.pk}", at=deed.at
    )
    bus.publish(QuickMediationRecorded(row.pk, area_path, deed.actor.id, deed.at))
    return Done(_("Mediation kept as {number}.").format(number=row.number), code=row.number)


def _parties(deed: Deed) -> list[dict[str, str]]:
    given = deed.said.body.get("parties")
    rows = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    parties = [{"name": _short(one.get("name")), "phone": _short(one.get("phone"))} for one in rows]
    return [party for party in parties if party["name"]][:MOST_PARTIES]


def _short(value: Any) -> str:
    return " ".join(plain(str(value or "")).split())[:40]


def _where(deed: Deed) -> tuple[float | None, float | None, str]:
    lon, lat = deed.number_of("lon"), deed.number_of("lat")
    home = home_area(deed.actor)
    if lon is None or lat is None:
        return None, None, home
    lon, lat = places.checked_point(lon, lat, "WGS-84")
    placing = places.place(lon=lon, lat=lat, on=timezone.localdate(deed.at))
    return lon, lat, placing.path or home


def _day(deed: Deed) -> date | None:
    text = deed.text("done_by", most=10)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({"done_by": _("This is not a day.")}) from None


def see_parties(
    *, mediation_id: int, reason: str, actor: Actor, at: datetime
) -> list[dict[str, str]]:
    """Open the parties of a mediation, for a reason that is kept in the trail."""
    row = mediations(actor).defer(None).get(pk=mediation_id)
    audit.record_view(actor=actor, subject=f"mediation:{row.pk}", reason=plain(reason)[:300], at=at)
    return parties_of(row)
