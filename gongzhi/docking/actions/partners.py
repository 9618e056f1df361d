"""Courts and the others: their address and the key that signs both ways."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Partner


@dataclass(frozen=True)
class PartnerSaid:
    code: str
    name: str
    kind: str
    address: str = ""
    url: str = ""
    is_active: bool = True


@transaction.atomic
def keep_partner(*, said: PartnerSaid, actor: Actor, at: datetime, partner_id: int | None = None) -> Partner:  # fmt: skip
    """Add a partner, or change what is known of one; the key is made apart."""
    if not actor.can(Can.SET_PARTNERS):
        raise OutOfReach
    row = _found(partner_id)
    twin = Partner.objects.filter(code=said.code).exclude(pk=row.pk or 0).exists()
    if twin:
        raise Invalid({"code": _("This code is taken.")})
    if said.kind not in Partner.Kind.values:
        raise Invalid({"kind": _("Choose what kind of office it is.")})
    for name, value in asdict(said).items():
        setattr(row, name, value)
    row.save()
    audit.record(actor=actor, verb="docking.partner", subject=f"partner:{row.code}", at=at)
    return row


def _found(partner_id: int | None) -> Partner:
    if partner_id is None:
        return Partner()
    row = Partner.objects.select_for_update().filter(pk=partner_id).first()
    if row is None:
        raise OutOfReach
    return row


@transaction.atomic
def renew_key(*, partner_id: int, actor: Actor, at: datetime) -> tuple[Partner, str]:
    """Make a new key and return it once; the one before is understood until the next renewal."""
    if not actor.can(Can.SET_PARTNERS):
        raise OutOfReach
    row = _found(partner_id)
    row.old_key, row.key = row.key, secrets.token_urlsafe(32)
    row.save(update_fields=["old_key", "key"])
    audit.record(actor=actor, verb="docking.key", subject=f"partner:{row.code}", at=at)
    return row, row.key


def move_partner(*, partner_id: int, url: str) -> None:
    """Say where a partner listens now; for a process that stands in for one and has just found its port."""
    Partner.objects.filter(pk=partner_id).update(url=url)


def partner_kinds() -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in Partner.Kind.choices]
