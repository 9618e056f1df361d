"""Allowances in every state and bought services, made through their own deeds on disputes that were archived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.allowances import actions
from gongzhi.allowances.capabilities import Can
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Refused
from gongzhi.demo import tables
from gongzhi.places import queries as places

FINANCE = system("演示财政", Can.SET_RULES, Can.BUY)
DAY = timedelta(days=1)
LONG_AGO = 20 * DAY
MOST = 90
OBJECTION = "据了解这件纠纷当天就撤回了申请，请核对等级。"
REFUSAL = "卷宗缺回访记录，补齐后重新申报"


@dataclass(frozen=True)
class Hands:
    """Who reviews in a town, who approves in the city, who pays."""

    reviewer: Actor
    approver: Actor
    payer: Actor


def lay(*, at: datetime) -> int:
    """Write rules, budgets, contracts and allowances; return how many allowances there are."""
    rows = tables.run(
        "SELECT m.id, m.area_path, coalesce(m.closed_at, m.changed_at) FROM matters_matter m"
        " JOIN disputes_dispute d ON d.matter_id = m.id WHERE m.state = 'archived' ORDER BY m.id DESC LIMIT %s",
        [MOST],
    )
    on = timezone.localtime(at).date()
    city = places.areas_at_level(0)[0].path
    since = on - timedelta(days=500)
    actions.adopt_shipped(code="shenzhen2023", draft=actions.SetDraft(city, "东莞市以案定补标准（示例）", "参照深圳 2023 年四级标准，数额为示例", since), actor=FINANCE, at=at)  # fmt: skip
    towns = list(dict.fromkeys(_town(path) for _id, path, _closed in rows))
    for path, amount in ((city, 600_000), *((town, 12_000) for town in towns[:2])):
        draft = actions.BudgetDraft(path, since, date(on.year + 1, 1, 1), amount, "演示预算批复")
        actions.set_budget(draft=draft, actor=FINANCE, at=at)
    _buy(on, at)
    hands = {town: found for town in towns if (found := _hands(town, at))}
    _accounts(at)
    for place, (matter_id, path, closed) in enumerate(rows):
        if found := hands.get(_town(path)):
            _course(matter_id, place, closed, found, at)
    _clear_and_pay(list(hands.items()), at)
    return len(rows)


def _town(path: str) -> str:
    return "/".join(path.split("/")[:2]) + "/"


def _hands(town: str, at: datetime) -> Hands | None:
    by_role: dict[str, Actor] = {}
    for user, _name, role, _unit, area in tables.postings():
        if role in {"justice_officer", "justice_lead", "supervisor"} and town.startswith(area):
            by_role.setdefault(role, accounts.actor_for(user, at))
    if len(by_role) < 3:
        return None
    return Hands(by_role["justice_officer"], by_role["justice_lead"], by_role["supervisor"])


def _course(matter_id: int, place: int, closed: datetime, hands: Hands, at: datetime) -> None:
    """Bring an allowance as far as its place makes likely: the newest wait, the older ones are paid."""
    row = actions.propose(matter_id=matter_id, at=closed)
    if row is None or row.state != "proposed":
        return
    score = Decimal((13, 12, 11, 14)[place % 4]) / 2
    steps = (0, 1, 2, 0, 2, 2, 1, 2, 3)[place % 9] if place < 27 else 3
    if steps == 3 and closed > at - LONG_AGO:
        steps = 2  # its publicity cannot be over yet
    try:
        if place % 17 == 9:
            actions.refuse(allowance_id=row.pk, note=REFUSAL, actor=hands.reviewer, at=at - 5 * DAY)
            return
        if steps >= 1:
            actions.review(allowance_id=row.pk, score=score, actor=hands.reviewer, at=_moment(closed, at, steps, 1))  # fmt: skip
        if steps >= 2:
            actions.approve(allowance_id=row.pk, actor=hands.approver, at=_moment(closed, at, steps, 2))  # fmt: skip
        if steps == 2 and place % 9 == 5:
            actions.object_to(allowance_id=row.pk, text=OBJECTION, contact="", at=at - DAY)
    except Refused:
        return  # the budget stopped it, or no line pays so few points: it waits, as it would


def _moment(closed: datetime, at: datetime, steps: int, step: int) -> datetime:
    """What is in publicity now was published yesterday; what is paid followed its archiving."""
    if steps == 3:
        return closed + step * DAY
    return max(closed, at - (3 - step) * DAY)


def _accounts(at: datetime) -> None:
    """Enter where people are paid to; a few have not said it yet."""
    rows = tables.run(
        "SELECT m.id, m.user_id, m.name FROM mediators_mediator m WHERE m.user_id IS NOT NULL AND m.left_on IS NULL"
        " ORDER BY m.id"
    )
    for place, (mediator, user, name) in enumerate(rows):
        if place % 9 != 8:
            actions.set_account(mediator_id=mediator, payee=name, bank="东莞农村商业银行", number=f"62230000{mediator:08d}", actor=Actor(user, name), at=at - 30 * DAY)  # fmt: skip


def _clear_and_pay(hands: Sequence[tuple[str, Hands]], at: datetime) -> None:
    """End the publicity of the older ones; one town is paid, one batch came back in part, one waits."""
    actions.end_publicity(at=at - 2 * DAY)
    for place, (town, found) in enumerate(hands):
        if place % 3 == 1:
            continue
        try:
            made = actions.make_batch(area_path=town, actor=found.payer, at=at - 2 * DAY)
        except Refused:
            continue  # nothing to be paid there, or nobody has an account
        actions.freeze(batch_id=made.batch.pk, actor=found.payer, at=at - 2 * DAY)
        if place % 3 == 2:
            continue  # with the finance office
        first = tables.run(
            "SELECT s.id FROM allowances_share s JOIN allowances_allowance a ON a.id = s.allowance_id"
            " WHERE a.batch_id = %s ORDER BY s.id LIMIT 1",
            [made.batch.pk],
        )
        returned = {first[0][0]: "户名与账号不符，银行退回"} if first else {}
        actions.mark_paid(batch_id=made.batch.pk, returned=returned, actor=found.payer, at=at - DAY)


def _buy(on: date, at: datetime) -> None:
    """Buy mediations from the specialists of the story's town; last month's statement is written."""
    rows = tables.run("SELECT id, code, name FROM mediators_body WHERE kind = 'arbitration' OR (kind = 'specialist' AND code LIKE %s) ORDER BY id LIMIT 3", ["tj-city-%"])  # fmt: skip
    for place, (body, code, name) in enumerate(rows):
        draft = actions.ContractDraft(
            f"DG-TJ-{on.year}-{place + 1:03}", "东莞市司法局", body, date(on.year, 1, 1), date(on.year, 12, 31), 120 + 60 * place,
            600, f"政府购买服务项目：{name}（{code}）",
        )  # fmt: skip
        actions.enter_contract(draft=draft, actor=FINANCE, at=at - 60 * DAY)
