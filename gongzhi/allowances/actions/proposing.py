"""An archived dispute is looked at: an allowance is proposed, or the reason why not is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongzhi.allowances import rules
from gongzhi.allowances.actions.ledger import write
from gongzhi.allowances.lifecycle import UNDECIDED, Bar, Deed, State
from gongzhi.allowances.models import Allowance, Contract, RuleLine, Share, Use
from gongzhi.allowances.queries.ruling import line_for, rules_for
from gongzhi.base.actor import system
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers import queries as dossiers
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.mediators import queries as mediators

BOOK = system("以案定补台账", str(Matters.VIEW))
ARCHIVED = "archived"


@dataclass(frozen=True)
class Verdict:
    line: RuleLine | None = None
    bar: str = ""
    contract: Contract | None = None


@transaction.atomic
def propose(*, matter_id: int, at: datetime) -> Allowance | None:
    """
    Propose an allowance for a dispute that was archived; safe to repeat, a dispute has one.

    A dispute that gets none has a row too, with the reason; one under a service contract is noted
    as used of it.
    """
    known = Allowance.objects.select_for_update().filter(matter_id=matter_id).first()
    if known is not None and known.state != State.WITHDRAWN:
        return known
    face = disputes.face(matter_id, BOOK)
    if face.state != ARCHIVED:
        return None
    people = [one.id for one in face.mediators if not one.ended_for]
    row = known or Allowance(matter_id=matter_id, archived_at=at)
    row.number, row.kind_name, row.body_id, row.area_path = face.number, face.kind_name, face.body_id, face.area_path  # fmt: skip
    row.grade, row.form = face.grade, rules.form_of(face.outcome)
    row.score = dossiers.score_of(matter_id)
    row.is_performed, row.archived_at, row.proposed_at = face.performed_on is not None, at, at
    verdict = _judged(row, people, at)
    row.line, row.bar = verdict.line, verdict.bar
    row.amount = verdict.line.amount if verdict.line else 0
    row.state = State.BARRED if verdict.bar else State.PROPOSED
    row.reviewed_by = row.decided_by = 0
    row.save()
    set_shares(row, people)
    if verdict.contract:
        _use(verdict.contract, row, at)
    write(row, Deed.BAR if row.bar else Deed.PROPOSE, at=at, actor=BOOK, note=str(row.get_bar_display()))  # fmt: skip
    return row


def _judged(row: Allowance, people: Sequence[int], at: datetime) -> Verdict:
    on = timezone.localtime(at).date()
    table = rules_for(row.area_path, on=on)
    contract = _contract(row, at)
    if contract is not None:
        return Verdict(bar=Bar.CONTRACT, contract=contract)
    if not people:
        return Verdict(bar=Bar.NO_MEDIATOR)
    if table is not None and not table.full_time_too and _all_salaried(people):
        return Verdict(bar=Bar.SALARIED)
    # Before somebody scored the file, the best line it could still reach is proposed to look at.
    score = row.score if row.score is not None else Decimal(7)
    line = line_for(table, rules.Work(row.grade, row.form, score, row.is_performed)) if table else None  # fmt: skip
    return Verdict(line) if line else Verdict(bar=Bar.NO_RULE)


def _all_salaried(people: Sequence[int]) -> bool:
    return all(employment == "full" for employment in mediators.employments(people).values())


def _contract(row: Allowance, at: datetime) -> Contract | None:
    """Return the contract of the body that holds on the day and has something left, locked."""
    if row.body_id is None:
        return None
    on = timezone.localtime(at).date()
    rows = Contract.objects.filter(body_id=row.body_id, starts_on__lte=on, ends_on__gte=on)
    for contract in rows.select_for_update().order_by("ends_on", "id"):
        if contract.uses.count() < contract.quota:
            return contract
    return None


def _use(contract: Contract, row: Allowance, at: datetime) -> None:
    on = timezone.localtime(at).date()
    Use.objects.get_or_create(allowance=row, defaults={"contract": contract, "on": on})


def set_shares(row: Allowance, people: Sequence[int]) -> None:
    """Share the amount among those who mediated; whoever has a salary gets none unless the table says so."""
    paid = list(dict.fromkeys(people))
    if row.line and not row.line.rules.full_time_too:
        kinds = mediators.employments(paid)
        paid = [one for one in paid if kinds.get(one) != "full"]
    Share.objects.filter(allowance=row).delete()
    parts = rules.shares(row.amount, len(paid)) if row.line else []
    Share.objects.bulk_create(
        Share(allowance=row, mediator_id=one, amount=part)
        for one, part in zip(paid, parts, strict=False)
    )


@transaction.atomic
def note_score(*, matter_id: int, score: Decimal, at: datetime) -> None:
    """The file was scored by a second person: what nobody decided on yet follows the score."""
    row = Allowance.objects.select_for_update().filter(matter_id=matter_id).first()
    if row is None or row.state not in UNDECIDED:
        return
    reweigh(row, score)
    row.save()
    write(row, Deed.SCORE, at=at, actor=BOOK, note=f"{score}/7")


def reweigh(row: Allowance, score: Decimal | None) -> None:
    """Find the line and the shares anew by a score; without a fitting line the amount is nought."""
    row.score = score
    table = rules_for(row.area_path, on=timezone.localtime(row.archived_at).date())
    work = rules.Work(row.grade, row.form, score, row.is_performed)
    row.line = line_for(table, work) if table else None
    row.amount = row.line.amount if row.line else 0
    if row.line is None:  # who mediated stays known: a better score may still find a line
        row.shares.update(amount=0)
        return
    people = list(row.shares.order_by("id").values_list("mediator_id", flat=True))
    set_shares(row, people)


@transaction.atomic
def withdraw(*, matter_id: int, at: datetime) -> None:
    """Take back what nobody decided on: its dispute is taken up again."""
    row = Allowance.objects.select_for_update().filter(matter_id=matter_id).first()
    if row is None or row.state not in UNDECIDED:
        return
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    write(row, Deed.WITHDRAW, at=at, actor=BOOK)
