"""Agreements of the demonstration: what was signed on paper with its instalments, one being signed, one being written; files with scores."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.agreements import actions
from gongzhi.agreements import queries as agreements
from gongzhi.base.actor import Actor
from gongzhi.demo import tables
from gongzhi.demo.seeds import dice
from gongzhi.disputes import actions as opening
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers import actions as dossiers
from gongzhi.dossiers import queries as papers
from gongzhi.matters import queries as matters

DAY = timedelta(days=1)
CLAUSE = "任何一期未按时足额支付的，权利人可以就全部未付款项一并主张。"
HAND = "M60 120 L80 60 L96 138 L118 72 L150 118 L176 84 L204 126 L240 70 L262 132 L300 96 L340 110 L380 88"
FEW, SCORED = 12, 40


def lay(*, seed: int, at: datetime) -> int:
    """Write agreements for the story's town up to an instant; return how many."""
    clerk, mediator = (_actor(name, at) for name in ("body", "mediator"))
    if clerk is None or mediator is None:
        return 0
    done = _in_force(seed, clerk, at) + _being_signed(mediator, at)
    _written(mediator, at)
    _files(seed, clerk, at)
    return done


def _actor(username: str, at: datetime) -> Actor | None:
    person = accounts.person_by_username(username)
    return accounts.actor_for(person.id, at) if person else None


def _with_state(state: str, outcomes: Sequence[str], most: int) -> list[int]:
    rows = tables.run(
        "SELECT m.id FROM matters_matter m JOIN disputes_dispute d ON d.matter_id = m.id"
        " WHERE m.state = %s AND (d.outcome = ANY(%s) OR %s) ORDER BY m.id DESC LIMIT %s",
        [state, list(outcomes), not outcomes, most],
    )  # fmt: skip
    return [matter_id for (matter_id,) in rows]


def _mine(ids: Sequence[int], actor: Actor, at: datetime) -> list[int]:
    """Return those within reach whose file the actor may open."""
    seen = {row.id for row in matters.rows_by_id(ids, actor, at=at)}
    return [one for one in ids if one in seen and disputes.is_assigned(actor, one)]


def _sum(amount: Decimal | None) -> Decimal:
    return (amount or Decimal(6000)).quantize(Decimal("0.01"))


def _terms(matter_id: int, *, first: date, parts: int, **said: Any) -> Mapping[str, Any]:
    """Return terms by which the respondents pay the applicants in equal parts, month by month."""
    row = disputes.dispute(matter_id)
    sides = disputes.principals(matter_id)
    owed = _sum(row.amount)
    each = (owed / parts).quantize(Decimal("0.01"))
    amounts = [each] * (parts - 1) + [owed - each * (parts - 1)]
    days = [first + DAY * 30 * number for number in range(parts)]
    pay = {
        "kind": "pay", "debtors": [one.seq for one in sides if one.side == "respondent"],
        "creditors": [one.seq for one in sides if one.side == "applicant"], "what": "双方确认的全部款项", "amount": f"{owed:.2f}",
        "due_on": days[0].isoformat() if parts == 1 else "", "manner": "银行转账",
        "instalments": [{"amount": f"{amount:.2f}", "due_on": day.isoformat()} for amount, day in zip(amounts, days, strict=True)] if parts > 1 else [],
    }  # fmt: skip
    return {
        "facts": row.story, "issues": "各方对事实没有争议，就数额和期限协商一致。", "obligations": [pay, *said.pop("more", [])],
        "default_code": "whole", "default_words": CLAUSE, "closing": "本协议履行完毕后，各方就本次纠纷再无其他争议。", "copies": len(sides) + 1,
    } | said  # fmt: skip


def _in_force(seed: int, clerk: Actor, at: datetime) -> int:
    """Enter what was signed on paper; some instalments are paid, some are late."""
    chance = dice(seed, "agreements")
    ids = _mine(_with_state("performing", ("written", "partial"), 60), clerk, at)[:FEW]
    for matter_id in ids:
        row = disputes.dispute(matter_id)
        if row.effective_at is None or not agreements.may_take_in(matter_id):
            continue
        effective_on = timezone.localdate(row.effective_at)
        partial = {"is_partial": True, "rest": "部分申请人加班费的数额未达成一致，当事人可以申请劳动人事争议仲裁。"} if row.outcome == "partial" else {}  # fmt: skip
        first = effective_on + DAY * chance.choice((3, 7, 15, 30))
        terms = _terms(matter_id, first=first, parts=chance.choice((1, 2, 3)), **partial)
        actions.take_in(matter_id=matter_id, terms=terms, actor=clerk, at=at)
        _perform(matter_id, clerk, at, is_punctual=chance.random() < 0.7)
    return len(ids)


def _perform(matter_id: int, clerk: Actor, at: datetime, *, is_punctual: bool) -> None:
    on = timezone.localdate(at)
    for row in agreements.seen(matter_id, at=at).dues:
        due = row.due
        if is_punctual and due.due_on and due.due_on < on:
            actions.note_due(
                matter_id=matter_id, due_id=due.pk, state="done", on=due.due_on, amount=due.amount, note="转账记录已核对。", actor=clerk, at=at
            )  # fmt: skip


def _being_signed(mediator: Actor, at: datetime) -> int:
    """Offer one agreement; the first side has signed on its own screen."""
    ids = [
        one
        for one in _mine(_with_state("to_sign", (), 30), mediator, at)
        if not any(side.is_minor for side in disputes.parties(one))
    ][:1]
    for matter_id in ids:
        said: dict[str, Any] = {"matter_id": matter_id, "actor": mediator, "at": at}
        repair = {"kind": "do", "debtors": [0], "what": "收到全部款项后三日内出具收条", "due_on": (timezone.localdate(at) + DAY * 70).isoformat()}  # fmt: skip
        terms = _terms(matter_id, first=timezone.localdate(at) + DAY * 10, parts=2, more=[repair])
        kept = actions.save(terms=terms, base=0, **said)
        actions.offer(version=kept.number, **said)
        mine: dict[str, Any] = {"matter_id": matter_id, "seq": 0, "at": at}
        actions.note_read(**mine)
        actions.declare(words=agreements.text("declaration", timezone.localdate(at)), **mine)
        actions.sign_drawn(drawing=HAND, **mine)
    return len(ids)


def _written(mediator: Actor, at: datetime) -> None:
    """Leave one draft in which the checks find something."""
    for matter_id in _mine(_with_state("mediating", (), 30), mediator, at)[:1]:
        terms = _terms(matter_id, first=timezone.localdate(at) + DAY * 14, parts=2)
        pay = dict(terms["obligations"][0])
        pay |= {
            "amount": f"{Decimal(pay['amount']) + 500:.2f}",
            "what": "双方确认的款项，其余部分有钱时尽快付清",
        }
        actions.save(
            matter_id=matter_id, terms={**terms, "obligations": [pay]}, base=0, actor=mediator, at=at
        )  # fmt: skip


def _files(seed: int, clerk: Actor, at: datetime) -> None:
    """Bind the files of what is archived, and have half of them scored by the duty officer."""
    chance = dice(seed, "dossiers")
    reviewer = _actor("duty", at)
    points = papers.points(timezone.localdate(at))
    for place, matter_id in enumerate(_mine(_with_state("archived", (), SCORED * 3), clerk, at)[:SCORED]):  # fmt: skip
        closed_at = matters.standing(matter_id).closed_at or at
        dossiers.bind(matter_id=matter_id, actor_id=clerk.id, note="", at=closed_at)
        if (
            place % 2
            and reviewer is not None
            and disputes.may_open(reviewer, disputes.dispute(matter_id))
        ):
            given = {one.code: chance.choices(("full", "half", "none"), (82, 14, 4))[0] for one in points}  # fmt: skip
            moment = min(at, closed_at + DAY * 12)
            opening.open_file(matter_id=matter_id, actor=reviewer, at=moment, reason="案卷评查")
            dossiers.review(matter_id=matter_id, points=given, note="", actor=reviewer, at=moment)
    for matter_id in _mine(_with_state("to_archive", (), 60), clerk, at):
        dossiers.open_file(matter_id=matter_id, at=at)
