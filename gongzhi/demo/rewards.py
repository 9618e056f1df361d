"""Some months of rewards: rules, budgets, and a ledger made through the rewards' own deeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Refused
from gongzhi.demo import tables
from gongzhi.places import queries as places
from gongzhi.rewards import actions
from gongzhi.rewards.capabilities import Can

OF_A_TOWN = 14  # awards: enough for every box, and quick to make
TOWNS = 3
FINANCE = system("演示财政", Can.SET_RULES)
DAY = timedelta(days=1)
REFUSAL = "照片看不出具体位置，现场未找到"
OBJECTION = "照片里能看到路灯杆编号，请再核对一次。"


@dataclass(frozen=True)
class Report:
    matter_id: int
    number: str
    code: str
    closed_at: datetime
    town: str


@dataclass(frozen=True)
class Hands:
    """Three people of a town: who reviews, who approves, who pays."""

    reviewer: Actor
    approver: Actor
    payer: Actor


def lay(*, at: datetime) -> int:
    """Write rules, budgets and awards of the lively towns; return how many awards there are."""
    reports = [Report(*row) for row in tables.closed_reports(_lively(), OF_A_TOWN)]
    if not reports:
        return 0
    on = timezone.localtime(at).date()
    since, until = on - timedelta(days=400), date(on.year + 1, 1, 1)
    actions.adopt_shipped(valid_from=since, valid_to=until, actor=FINANCE, at=at)
    towns = list(dict.fromkeys(report.town for report in reports))
    _budgets(towns, since, until, at)
    hands = {town: _hands(town, at) for town in towns}
    places_in: dict[str, int] = {}
    for report in reports:
        place = places_in[report.town] = places_in.get(report.town, -1) + 1
        _course(report, hands[report.town], place, at)
    _pay([town for town in reversed(list(hands)) if town != reports[0].town], hands, at)
    return len(reports)


def _lively() -> list[str]:
    """Return the story's town first, then the next ones."""
    story = accounts.person_by_username("registrar")
    home = tables.areas_of(story.id)[:1] if story else []
    towns = [town.path for town in places.areas_at_level(1)]
    return [*home, *[town for town in towns if town not in home][: TOWNS - len(home)]]


def _budgets(towns: Sequence[str], since: date, until: date, at: datetime) -> None:
    city = places.areas_at_level(0)[0].path
    for place, (path, amount) in enumerate([(city, 200_000), *((town, 2_000) for town in towns)]):
        actions.set_budget(
            draft=actions.BudgetDraft(path, since, until, amount - 150 * place, "演示预算批复"), actor=FINANCE, at=at
        )  # fmt: skip


def _hands(town: str, at: datetime) -> Hands:
    by_role: dict[str, Actor] = {}
    for user, _name, role, _unit, area in tables.postings():
        if town.startswith(area) and role in {"registrar", "duty_officer", "supervisor"}:
            actor = accounts.actor_for(user, at)
            if area == town or role not in by_role:
                by_role[role] = actor
    return Hands(by_role["registrar"], by_role["duty_officer"], by_role["supervisor"])


def _course(report: Report, hands: Hands, place: int, at: datetime) -> None:
    """Bring an award as far as its age makes likely; one in nine is refused and objected to."""
    award = actions.propose(matter_id=report.matter_id, at=report.closed_at)
    if award is None or award.state != "proposed":
        return
    rank = place % 9
    if rank == 4:
        _refused(report, award.pk, hands, at)
        return
    steps: tuple[Callable[[datetime], object], ...] = (
        lambda day: actions.review(award_id=award.pk, actor=hands.reviewer, at=day),
        lambda day: actions.approve(award_id=award.pk, actor=hands.approver, at=day),
        lambda day: actions.claim(
            number=report.number, code=report.code, payment=actions.Payment("phone_bill", "13800138000"), at=day
        ),
    )  # fmt: skip
    ready = (0, 1, 2, 3, 0, 1, 3, 3, 3)[rank]  # the newest wait in every box, whatever their age
    try:
        for number, step in enumerate(steps[:ready], start=1):
            step(min(report.closed_at + number * DAY, at))
    except Refused:
        return  # a cap was reached: the award waits in its box, as it would


def _refused(report: Report, award_id: int, hands: Hands, at: datetime) -> None:
    """Refuse an award a few days ago; its reporter does not agree and waits for the answer."""
    day = max(report.closed_at, at - 3 * DAY)
    actions.refuse(award_id=award_id, note=REFUSAL, actor=hands.approver, at=day)
    actions.object_to(number=report.number, code=report.code, text=OBJECTION, at=max(day, at - DAY))


def _pay(towns: Sequence[str], hands: dict[str, Hands], at: datetime) -> None:
    """Pay out the claims of one town in a batch; those of the story's town wait to be put into one."""
    for town in towns:
        payer = hands[town].payer
        try:
            made = actions.make_batch(area_path=town, actor=payer, at=at - 2 * DAY)
        except Refused:
            continue  # nobody of that town has claimed anything yet
        actions.freeze(batch_id=made.batch.pk, actor=payer, at=at - 2 * DAY)
        actions.mark_paid(batch_id=made.batch.pk, failed={}, actor=payer, at=at - DAY)
        return
