"""What other systems hand over: 110, the hotline, courts and offices. Once, whatever is sent twice."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.centres import queries, rules
from gongzhi.centres.actions.intake import Said, register
from gongzhi.centres.capabilities import Can
from gongzhi.centres.lifecycle import Decision
from gongzhi.centres.models import Handover


@dataclass(frozen=True)
class Handed:
    system: str
    number: str
    is_police: bool
    is_urgent: bool
    said: Said


def take_over(*, handed: Handed, actor: Actor, at: datetime) -> tuple[Handover, bool]:
    """
    Take a dispute over, or refuse it with the lawful way; both are kept under the other system's number.

    Return what was decided, and whether it is new. Refused when the same number comes with other words.
    """
    if not actor.can(Can.HAND_OVER):
        raise OutOfReach
    line = queries.by_code("systems").get(handed.system)
    if line is None:
        raise Invalid({"system": _("This system is not known here.")})
    if not handed.number.strip():
        raise Invalid({"number": _("Give the number under which the other office keeps it.")})
    if known := _known(handed):
        return known, False
    try:
        with transaction.atomic():
            return _decide(handed, actor, at), True
    except IntegrityError:
        if known := _known(handed):
            return known, False
        raise


def _mark(handed: Handed) -> str:
    plain = json.dumps(asdict(handed), sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _known(handed: Handed) -> Handover | None:
    number = handed.number.strip()
    row = (
        Handover.objects.select_related("matter")
        .filter(system=handed.system, outside_number=number)
        .first()
    )
    if row is not None and row.mark != _mark(handed):
        raise Refused(_("This number was handed over before with other content; send changes as a note to the matter."))  # fmt: skip
    return row


def _decide(handed: Handed, actor: Actor, at: datetime) -> Handover:
    verdict = rules.handed_over(is_police=handed.is_police, is_urgent=handed.is_urgent)
    matter_id = None
    if verdict.is_taken:
        key = f"handover:{handed.system}:{handed.number.strip()}"
        matter_id = register(said=handed.said, actor=actor, at=at, key=key[:80]).matter_id
    way = next(row for row in queries.rows("handing") if row["field"] == verdict.field)
    row = Handover.objects.create(
        system=handed.system, outside_number=handed.number.strip()[:60], is_police=handed.is_police,
        is_urgent=handed.is_urgent, decision=Decision.TAKEN if verdict.is_taken else Decision.REFUSED,
        why=f"{way['way']}（{way['source']}）"[:300] if way["way"] else way["source"][:300], mark=_mark(handed), received_at=at,
        received_by=actor.id, area_path=handed.said.area_path, matter_id=matter_id,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="centres.hand_over", subject=f"handover:{row.pk}", at=at, detail={"decision": str(row.decision)}
    )  # fmt: skip
    return row
