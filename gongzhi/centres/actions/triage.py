"""From what was taken in to a mediator: triage, or the lawful route; on the spot when all sides are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid
from gongzhi.centres import queries
from gongzhi.centres.actions.ledger import follow_grade
from gongzhi.disputes import actions as disputes
from gongzhi.disputes import queries as dispute_queries
from gongzhi.matters import actions as matters


@dataclass(frozen=True)
class AtOnce:
    """What is put on record in one go at the counter."""

    answers: Mapping[int, bool]  # party id → takes part in mediation
    signed: Sequence[int]  # party ids whose notice of rights is signed
    mediator_ids: Sequence[int]
    chosen_by: str = "body"  # sides or body
    disclosed: str = ""  # kinship, interest or another relation, if any


@transaction.atomic
def triage(
    *, number: str, kind_code: str, body_id: int, settle_level: str, grade: str, actor: Actor, at: datetime, version: int
) -> None:  # fmt: skip
    """Accept a dispute: a person decides on kind, body, level and grade; what was suggested stays beside it."""
    row = queries.registration(actor, number)
    values = {"kind_code": kind_code, "body": body_id, "settle_level": settle_level, "grade": grade}
    facts = {"suggested": [one["code"] for one in row.suggested.get("kinds", [])]}
    matters.move(
        matter_id=row.matter_id, move="triage", values=values, actor=actor, at=at, version=version, facts=facts
    )  # fmt: skip
    follow_grade(row=row, grade=grade, by_name=actor.name, at=at)


@transaction.atomic
def decline(
    *, number: str, reason: str, routes: Sequence[str], actor: Actor, at: datetime, version: int
) -> None:
    """Not for mediation: end it and tell the lawful routes; a suit is always among what may be told."""
    row = queries.registration(actor, number)
    values = {"reason": reason, "routes": list(routes)}
    matters.move(
        matter_id=row.matter_id, move="decline", values=values, actor=actor, at=at, version=version
    )


@transaction.atomic
def appoint_at_once(*, number: str, said: AtOnce, actor: Actor, at: datetime) -> None:
    """
    Put wills and signed notices on record and appoint, when all sides are at the counter.

    The checks are those of the moves themselves: each side's own consent (人民调解法 art. 17), each side's
    signed notice (art. 23). All of it or nothing.
    """
    row = queries.registration(actor, number)
    known = {side.id for side in queries.triage(actor, number, at=at).sides}
    if set(said.answers) - known or set(said.signed) - known:
        raise Invalid({"sides": _("Choose the sides of this dispute.")})
    for party_id, answer in said.answers.items():
        disputes.record_consent(
            party_id=party_id, subject="mediation", answer=answer, how="counter", actor=actor, at=at
        )
    notice = dispute_queries.rights_notice(on=timezone.localdate(at)).version
    for party_id in said.signed:
        disputes.sign_notice(party_id=party_id, version=notice, how="paper", actor=actor, at=at)
    matters.move(matter_id=row.matter_id, move="consent", values={}, actor=actor, at=at)
    values = {
        "mediators": list(said.mediator_ids),
        "chosen_by": said.chosen_by,
        "disclosed": said.disclosed,
    }
    matters.move(matter_id=row.matter_id, move="appoint", values=values, actor=actor, at=at)
