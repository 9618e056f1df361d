"""The one-stop centres of the city: rooms, counters, partners, a day in the hall, the ledger, two campaigns."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor, system
from gongzhi.base.copying import copy_into
from gongzhi.centres import actions, queries
from gongzhi.centres.capabilities import Can
from gongzhi.demo import tables
from gongzhi.demo.seeds import dice
from gongzhi.disputes.actions import Side
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.matters.capabilities import Can as Matters

BUILDER = system("演示综治中心", *Can, *Disputes, Matters.VIEW)
STATION = system("社区网格工作站", *Can, *Disputes, Matters.VIEW)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
KEPT = 90  # days ago the centres opened
ROOMS = (
    ("hall", "群众接待大厅", 40), ("reception", "群众接待室", 6), ("mediation", "调解一室", 10), ("mediation", "调解二室", 12),
    ("docking", "诉讼服务室", 8), ("analysis", "分析研判室", 14), ("counselling", "心理服务室", 4),
)  # fmt: skip
COUNTERS = (
    ("1", "综合受理窗口", ("mediation", "petition")), ("2", "综合受理窗口", ("mediation", "labour")),
    ("3", "法律服务窗口", ("legal", "counsel")), ("4", "诉讼服务窗口", ("court",)),
)  # fmt: skip
PARTNERS: tuple[tuple[str, str, str, tuple[int, ...], str, str], ...] = (
    ("justice", "{town}司法所", "resident", (1, 2, 3, 4, 5), "3", "sifa"),
    ("police", "{town}派出所", "resident", (1, 2, 3, 4, 5), "1", "gongan"),
    ("petition", "{town}信访办", "resident", (1, 2, 3, 4, 5), "1", ""),
    ("court", "{town}人民法庭", "rotating", (2, 4), "4", ""),
    ("procuratorate", "检察院派驻{town}检察官", "rotating", (3,), "4", ""),
    ("labour", "{town}人社分局", "rotating", (1, 3, 5), "2", "rsj"),
    ("women", "{town}妇联", "on_call", (), "", ""),
    ("lawyer", "莞城律师值班室", "rotating", (1, 2, 3, 4, 5), "3", ""),
    ("counsellor", "心理咨询师服务站", "on_call", (), "", ""),
    ("housing", "{town}住建分局", "on_call", (), "", "zjj"),
    ("platform", "粤平安平台远程席", "cloud", (), "", ""),
)  # fmt: skip
PURPOSES = ("调解会", "群众接待", "联合会商", "律师咨询", "诉前调解", "心理疏导")
STEPS = ("召集各方会商一次，形成初步方案", "与责任单位核对事实和金额", "上门走访，听取意见")
NEXT = ("组织第二次调解", "落实第一期履行", "约见企业负责人", "等鉴定意见后再议")
SHARES = (100, 100, 100, 50, 100, 100, 50, 100, 100, 0, 100, 100, 50)


def open_all(*, at: datetime) -> int:
    """Open the centres before the first dispute is told, so that each is taken in by one; return how many."""
    then = at - KEPT * DAY
    units = [
        row
        for row in accounts.units_by_code().values()
        if row.kind in {"city_centre", "town_centre"}
    ]
    opened = [_centre(unit, then) for unit in sorted(units, key=lambda row: row.id)]
    _rooms(opened)
    copy_into(
        "centres_counter", ("centre_id", "code", "name", "services", "is_open"),
        [(one.pk, code, name, list(services), True) for one in opened for code, name, services in COUNTERS],
    )  # fmt: skip
    return len(opened)


def _centre(unit: Any, at: datetime) -> Any:
    level = 0 if unit.kind == "city_centre" else 1
    place = unit.name.removesuffix("网格化管理中心").removesuffix("网格化管理指挥中心")
    draft = actions.CentreDraft(
        unit.id, "city" if level == 0 else f"c{unit.area_path.split('/')[1]}", f"{place}综治中心", level,
        f"{place}鸿福路 {1 + unit.id % 90} 号", f"0769-2200{unit.id % 10_000:04d}", "周一至周五 9:00–12:00，14:00–17:30",
    )  # fmt: skip
    return actions.open_centre(draft=draft, actor=BUILDER, at=at)


def _rooms(opened: Sequence[Any]) -> None:
    columns = ("centre_id", "kind", "name", "seats", "has_step_free_way", "link", "is_open")
    linked = {"mediation", "docking"}
    copy_into(
        "centres_room", columns,
        [
            (one.pk, kind, name, seats, True, f"https://meet.example.org/{one.code}/{seats}" if kind in linked else "", True)
            for one in opened
            for kind, name, seats in ROOMS
        ],
    )  # fmt: skip


def live(*, seed: int, at: datetime) -> int:
    """Let the centre of the story's town have its day, the ledger its owners, and two campaigns be under way."""
    person = accounts.person_by_username("counter")
    if person is None:
        return 0
    clerk = accounts.actor_for(person.id, at)
    centre = queries.own_centre(clerk)
    if centre is None:
        return 0
    town = centre.name.removesuffix("综治中心").removesuffix("街道").removesuffix("镇")
    _take_in_known(at)
    _partners(centre, town, at)
    _checks(centre, clerk, at)
    _day(seed, centre, clerk, at)
    _bookings(seed, centre, clerk, at)
    _calls(centre, clerk, at)
    _ledger(at)
    _campaigns(centre, clerk, at)
    _at_the_door(centre, at)
    return 1


def _take_in_known(at: datetime) -> None:
    """Register the disputes that the history brought into the register without its events."""
    known = "SELECT matter_id, opened_at FROM disputes_dispute ORDER BY matter_id"
    for matter_id, opened_at in tables.run(known):
        actions.note_opened(matter_id=matter_id, at=min(at, opened_at + HOUR))


def _partners(centre: Any, town: str, at: datetime) -> None:
    counters = {row.code: row.pk for row in queries.counters_of(centre)}
    short = centre.area_path.split("/")[1]
    units = accounts.units_by_code()
    for kind, name, presence, days, counter, code in PARTNERS:
        unit = units.get(f"{code}-{short}") or next(
            (row for row in units.values() if code and row.code.startswith(code) and row.area_path == centre.area_path), None
        )  # fmt: skip
        draft = actions.PartnerDraft(
            kind, name.format(town=town), presence, unit.id if unit else None, days, counters.get(counter), None,
            f"0769-2281{len(name):02d}{len(kind):02d}", f"https://meet.example.org/{kind}" if presence == "cloud" else "",
        )  # fmt: skip
        actions.keep_partner(
            centre=centre, partner_id=None, draft=draft, actor=BUILDER, at=at - 60 * DAY
        )


def _checks(centre: Any, clerk: Actor, at: datetime) -> None:
    lines = queries.standard(timezone.localdate(at))
    for share, line in zip(SHARES, lines, strict=False):
        words = "现场照片和台账" if share == 100 else "正在整改" if share else ""
        actions.self_check(
            centre=centre,
            item=line["code"],
            share=share,
            words=words,
            actor=clerk,
            at=at - 20 * DAY,
        )


def _day(seed: int, centre: Any, clerk: Actor, at: datetime) -> None:
    """Hand out numbers since the morning; most are done, some wait, two are at a counter."""
    chance = dice(seed, "hall")
    services = [row["code"] for row in queries.rows("services")]
    counters = queries.counters_of(centre)
    start = at - 3 * HOUR
    for n in range(30):
        then = start + n * 6 * MINUTE
        if timezone.localdate(then) != timezone.localdate(at):
            continue
        service = chance.choices(services, (9, 3, 5, 3, 4, 1))[0]
        needs = [chance.choice(["dialect", "access", "reading"])] if n % 7 == 3 else []
        actions.take_ticket(centre=centre, service=service, needs=needs, at=then)
        if n < 23 and (counter := next((one for one in counters if service in one.services), None)):
            row = actions.call_next(counter_id=counter.pk, actor=clerk, at=then + 4 * MINUTE)
            if n % 9 == 5:
                actions.miss(ticket_id=row.pk, actor=clerk, at=then + 6 * MINUTE)
            else:
                actions.serve(ticket_id=row.pk, actor=clerk, at=then + 5 * MINUTE)
                actions.end_ticket(ticket_id=row.pk, actor=clerk, at=then + 5 * MINUTE + MINUTE / 2)
    for counter in counters:
        _try_call(counter.pk, clerk, at)


def _try_call(counter_id: int, clerk: Actor, at: datetime) -> None:
    waiting = tables.run(
        "SELECT 1 FROM centres_ticket t JOIN centres_counter c ON c.centre_id = t.centre_id"
        " WHERE c.id = %s AND t.state = 'waiting' AND t.service = ANY(c.services) AND t.\"on\" = %s LIMIT 1",
        [counter_id, timezone.localdate(at)],
    )
    if waiting:
        actions.call_next(counter_id=counter_id, actor=clerk, at=at)


def _bookings(seed: int, centre: Any, clerk: Actor, at: datetime) -> None:
    chance = dice(seed, "rooms")
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(4):
        for room in queries.bookable(centre):
            for hour in (9, 11, 14, 16):
                starts = today + day * DAY + hour * HOUR
                if starts < at - HOUR or chance.random() < 0.5:
                    continue
                ends = starts + chance.choice((60, 90, 110)) * MINUTE
                draft = actions.BookingDraft(room.pk, starts, ends, chance.choice(PURPOSES))
                actions.book(draft=draft, actor=clerk, at=at)


def _calls(centre: Any, clerk: Actor, at: datetime) -> None:
    people = {
        row.partner.kind: row.partner
        for row in queries.partners_week(clerk, centre, timezone.localdate(at))
    }
    for place, (kind, reason) in enumerate(
        (("housing", "房屋漏水责任鉴定咨询"), ("women", "婚姻家庭纠纷心理安抚"), ("court", "司法确认材料咨询"), ("labour", "欠薪金额核算"))
    ):  # fmt: skip
        then = at - (10 * MINUTE, 2 * DAY, 3 * DAY, 26 * HOUR)[place]
        row = actions.summon(partner_id=people[kind].pk, reason=reason, actor=clerk, at=then)
        if place in {1, 2}:
            actions.answer_summons(
                summons_id=row.pk, reply=("coming", "by_link")[place - 1], words="十分钟内到", actor=BUILDER, at=then + 8 * MINUTE
            )  # fmt: skip
    actions.note_late(at=at)


def _ledger(at: datetime) -> None:
    """Name owners and note steps for most major disputes; one is left without."""
    on = timezone.localdate(at)
    for place, (major_id, area_path, entered_at) in enumerate(
        tables.run("SELECT id, area_path, entered_at FROM centres_major ORDER BY id")
    ):
        officials = queries.may_own(area_path, at=at)
        if place % 5 == 4 or not officials:
            continue
        owner = officials[place % len(officials)][0]
        actions.name_owner(
            major_id=major_id, owner_id=owner, actor=BUILDER, at=max(entered_at, at - 5 * DAY)
        )
        actions.advance(
            major_id=major_id, stage=("weighing", "settling", "performing")[place % 3], words=STEPS[place % 3],
            next_step=NEXT[place % 4], next_on=on + timedelta(days=(place % 4) - 1 or 2) if place % 4 else on, actor=BUILDER,
            at=at - HOUR,
        )  # fmt: skip


def _campaigns(centre: Any, clerk: Actor, at: datetime) -> None:
    on = timezone.localdate(at)
    units = [unit for unit, _name in queries.units_for(centre) if _is_station(unit)][:8]
    if not units:
        return
    row = _campaign(
        centre,
        "岁末年初欠薪风险拉网式排查",
        "wages",
        (on - timedelta(days=12), on + timedelta(days=30)),
        units,
        clerk,
        at,
    )
    actions.begin(campaign_id=row.pk, actor=clerk, at=at - 11 * DAY)
    for place, part in enumerate(row.parts.order_by("id")):
        actions.report_part(
            part_id=part.pk,
            checked=(place * 7) % 31,
            note="",
            actor=STATION,
            at=at - DAY - place * MINUTE,
        )
        for n in range(place % 3):
            _finding(part.pk, place, n, at)
    _campaign(
        centre,
        "住宅小区物业矛盾排查",
        "property",
        (on + timedelta(days=10), on + timedelta(days=40)),
        units,
        clerk,
        at,
    )


def _is_station(unit_id: int) -> bool:
    return accounts.unit(unit_id).kind == "village_station"


def _campaign(
    centre: Any,
    title: str,
    sector: str,
    span: tuple[date, date],
    units: Sequence[int],
    clerk: Actor,
    at: datetime,
) -> Any:
    text = "请对辖区相关场所逐一排查，发现矛盾苗头当场化解，不能化解的转为纠纷登记。只查场所和问题，不列人员名单。"
    draft = actions.CampaignDraft(title, sector, text, span[0], span[1], units, 30)
    return actions.make_campaign(centre=centre, draft=draft, actor=clerk, at=at - 12 * DAY)


def _finding(part_id: int, place: int, n: int, at: datetime) -> None:
    words = ("劳务分包结算滞后，工人反映上月工资未发", "未公示工资专用账户信息，班组有争议")[n]
    row = actions.note_finding(
        part_id=part_id, line=("W1", "W2")[n], address=f"鸿福路 {20 + place * 7} 号工地", words=words, actor=STATION, at=at - 4 * DAY
    )  # fmt: skip
    if n == 1:
        actions.settle_finding(
            finding_id=row.pk, how="督促总包当日公示并补发", actor=STATION, at=at - 2 * DAY
        )
    elif place == 2:
        sides = [
            Side("applicant", "某班组工人代表", phone="10000002201"),
            Side("respondent", "东莞市某劳务公司", nature="organisation"),
        ]
        actions.make_dispute(
            finding_id=row.pk, sides=sides, wish="支付拖欠工资", actor=STATION, at=at - 3 * DAY
        )


def _at_the_door(centre: Any, at: datetime) -> None:
    """Take in what came this morning by five doors, and refuse one hand-over with the lawful way."""
    stories = (
        ("counter", "楼上装修噪声从早到晚，协商无果。", "限定施工时间", ""),
        ("phone", "退租后房东不退押金 3600 元。", "退还押金", ""),
        ("12345", "健身房停业，预付卡余额不退。", "退还余额", "DG20261130000721"),
        ("court", "民间借贷借条到期未还，法院委派调解。", "返还借款", "（2026）粤1971诉前调30277号"),
    )  # fmt: skip
    sides = [
        Side("applicant", "周文婷", phone="10000002101"),
        Side("respondent", "吴志强", phone="10000002102"),
    ]
    for n, (door, story, wish, number) in enumerate(stories):
        asked = actions.Said(
            door=door, sides=sides, story=story, wish=wish, area_path=centre.area_path, outside_number=number,
            address=f"鸿福路 {60 + n} 号", answers={"danger": "没有"},
        )  # fmt: skip
        actions.register(
            said=asked, actor=BUILDER, at=at - (4 - n) * 25 * MINUTE, key=f"demo-door-{n}"
        )
    for n, (is_police, is_urgent) in enumerate(((False, False), (True, False), (False, True))):
        asked = actions.Said(
            door="110", sides=sides, story="邻里因楼道堆物争吵，未动手。" if n == 0 else "酒后争执。", wish="清理楼道", area_path=centre.area_path,
            kind_code="neighbour.passage", outside_number=f"J20261130{n:05d}",
        )  # fmt: skip
        handed = actions.Handed("110", f"J20261130{n:05d}", is_police, is_urgent, asked)
        actions.take_over(handed=handed, actor=BUILDER, at=at - (50 - n) * MINUTE)
