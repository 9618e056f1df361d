"""Services that a government buys: contracts, and the statement of a month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.models import Contract, Statement, Use
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.mediators import queries as mediators


@dataclass(frozen=True)
class ContractDraft:
    number: str
    buyer: str
    body_id: int
    starts_on: date
    ends_on: date
    quota: int
    price: int
    source: str


@transaction.atomic
def enter_contract(*, draft: ContractDraft, actor: Actor, at: datetime) -> Contract:
    """Enter a contract; what its body archives from now on is used of it, not paid as an allowance."""
    body = mediators.body(draft.body_id)
    problems = {}
    if body is None:
        problems["body_id"] = _("Choose one of the list.")
    if draft.ends_on < draft.starts_on:
        problems["ends_on"] = _("The contract ends after it begins.")
    if Contract.objects.filter(number=draft.number.strip()).exists():
        problems["number"] = _("A contract has this number already.")
    if problems or body is None:
        raise Invalid(problems)
    made = Contract.objects.create(
        number=draft.number.strip(), buyer=draft.buyer.strip(), body=body, starts_on=draft.starts_on, ends_on=draft.ends_on,
        quota=draft.quota, price=draft.price, source=draft.source.strip(), area_path=body.area_path, made_at=at,
        made_by_name=actor.name[:150],
    )  # fmt: skip
    if not Contract.objects.within_reach_of(actor, Can.BUY).filter(pk=made.pk).exists():
        raise OutOfReach
    audit.record(
        actor=actor, verb="allowances.enter_contract", subject=f"contract:{made.number}", at=at, reason=made.source,
        detail={"quota": made.quota, "price": made.price},
    )  # fmt: skip
    return made


@transaction.atomic
def make_statement(*, contract_id: int, month: date, actor: Actor, at: datetime) -> Statement:
    """Write the statement of a month that is over, once; what it counts is fixed by it."""
    rows = Contract.objects.within_reach_of(actor, Can.BUY).select_for_update(of=("self",))
    contract = rows.filter(pk=contract_id).first()
    if contract is None:
        raise OutOfReach
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    if after > timezone.localtime(at).date():
        raise Refused(_("This month is not over yet."))
    if Statement.objects.filter(contract=contract, month=first).exists():
        raise Refused(_("The statement of this month is written already."))
    # What was archived late in an earlier month, after its statement, is told with this one.
    uses = Use.objects.filter(contract=contract, on__lt=after, statement=None)
    count = uses.count()
    used = Use.objects.filter(contract=contract, statement__isnull=False).count() + count
    made = Statement.objects.create(
        contract=contract, month=first, count=count, amount=count * contract.price, left=max(0, contract.quota - used),
        made_at=at, made_by_name=actor.name[:150],
    )  # fmt: skip
    uses.update(statement=made)
    audit.record(
        actor=actor, verb="allowances.make_statement", subject=f"contract:{contract.number}", at=at,
        detail={"month": f"{first:%Y-%m}", "count": count, "amount": made.amount},
    )  # fmt: skip
    return made
