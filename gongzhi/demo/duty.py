"""Desks, rosters, hand-overs, bulletins, instructions and a contact book, made through duty's own deeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.base.copying import copy_into
from gongzhi.base.errors import Invalid, Refused
from gongzhi.demo import tables
from gongzhi.demo.seeds import dice
from gongzhi.duty import actions, queries
from gongzhi.duty.capabilities import Can
from gongzhi.matters import queries as matters

Issued: TypeAlias = Any  # an instruction just issued: number, title, urgency
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAST, AHEAD = 10, 24  # days of roster behind and ahead
CITY = "city"
NOTES = (
    "本班共受理 {n} 件，紧急事项已按时派遣。宏图路积水已退，泵车撤回。",
    "夜间巡查平稳。白马社区夜市占道已劝离，明早复查。",
    "台风外围影响，已通知各社区检查广告牌和围挡，未收到险情报告。",
    "12345 转来噪声投诉较多，已联系执法分局错峰巡查。",
)
TODO = ("请接班后先联系责任单位", "明早 9 时前回访上报人", "夜间再巡查一次", "")
BULLETINS = (
    (
        "关于做好强降雨期间值班值守的通知",
        "预计未来三天有持续强降雨。请各中心、工作站落实 24 小时值班和领导带班，险情即报，每日 8 时、17 时各报送一次积水点处置情况。",
        "urgent",
    ),
    (
        "指挥平台例行维护通知",
        "本周六 00:00 至 02:00 进行例行维护，期间可以查看，不能派遣。请夜班提前备好纸质记录。",
        "",
    ),
    (
        "岁末值班安排报送要求",
        "请各单位于本月底前完成下月排班，带班领导不得由一般工作人员代替，备勤单位须落实到班组。",
        "",
    ),
)
ORDERS = (
    ("排查辖区易涝积水点", "请组织网格员对下穿隧道、低洼小区、学校周边易涝点逐一排查，清疏雨水口，设置警示标志，反馈排查数量和照片。", "urgent"),
    ("开展出租屋消防通道专项检查", "对“三合一”场所、城中村出租屋的消防通道、灭火器和电动自行车停放逐户检查，列出问题清单和整改期限。", "ordinary"),
    ("核实网传路面塌陷情况", "请立即到现场核实并先行围挡，15 分钟内报告初步情况。", "most_urgent"),
    ("更新辖区值班电话", "请核对并更新本单位值班电话和备勤联系方式。", "ordinary"),
)  # fmt: skip
ANSWERS = (
    "已排查 {n} 处，清疏雨水口 {m} 个，未发现险情。",
    "已检查 {n} 户，发现问题 {m} 处，当场整改一半，其余限期三天。",
)


@dataclass(frozen=True)
class _Crew:
    """Who acts for a unit in this story."""

    unit: accounts.UnitRow
    keeper: Actor  # keeps the roster and issues instructions
    clerks: Sequence[Actor]  # sign, answer, hand over


@transaction.atomic
def lay(*, seed: int, at: datetime) -> int:
    """Open the desks of the city, its towns and the story's villages; return how many there are."""
    crews = {crew.unit.code: crew for crew in _crews(at)}
    city = crews.get(CITY)
    if city is None:
        return 0
    _book(seed, at)
    for place, crew in enumerate(crews.values()):
        _desk(seed, place, crew, at)
    towns = [crew for crew in crews.values() if crew.unit.kind == "town_centre"]
    story = _story_town(crews) or towns[0]
    _rooms(city, towns, at)
    _bulletins(city, crews, at)
    _orders(seed, city, towns, story, crews, at)
    _handovers(seed, [city, story], at)
    _swap(story, at)
    return len(crews)


def _crews(at: datetime) -> list[_Crew]:
    """Return the centres, and the village stations of the story's town, with their people."""
    home = accounts.person_by_username("duty")
    village_town = tables.areas_of(home.id)[0] if home else ""
    people: dict[int, list[int]] = {}
    for user, _name, role, unit, _area in tables.postings():
        if role != "grid_officer":
            people.setdefault(unit, []).append(user)
    units = [
        row
        for row in sorted(
            accounts.units_by_code().values(), key=lambda row: (row.area_path, row.id)
        )
        if row.kind in {"city_centre", "town_centre"}
        or (
            row.kind == "village_station"
            and village_town
            and row.area_path.startswith(village_town)
        )
    ]
    return [crew for unit in units if (crew := _crew(unit, people.get(unit.id, []), at))]


def _crew(unit: accounts.UnitRow, user_ids: list[int], at: datetime) -> _Crew | None:
    actors = [accounts.actor_for(user, at) for user in user_ids]
    keepers = [one for one in actors if one.can(Can.ROSTER)]
    clerks = [one for one in actors if one.can(Can.SERVE) and one.can(Can.ANSWER)]
    return _Crew(unit, keepers[-1], clerks) if keepers and clerks else None


def _desk(seed: int, place: int, crew: _Crew, at: datetime) -> None:
    """Open a desk and fill its roster by rotations, from some days ago on; a gap or two is left to be seen."""
    then = at - PAST * DAY
    on = timezone.localdate(then)
    unit_id = crew.unit.id
    desk = actions.open_desk(
        unit_id=unit_id, actor=crew.keeper, at=then, valid_from=on.replace(day=1)
    )
    shifts = [row.pk for row in queries.patterns(desk)]
    chance = dice(seed, "duty", crew.unit.code)
    for post, every in (("leader", "day"), ("dispatcher", "shift"), ("partner", "week")):
        members = [one.id for one in queries.candidates(desk, post, on=on)]
        if not members or (post == "partner" and crew.unit.kind == "village_station"):
            continue
        chance.shuffle(members)
        name = {"leader": "领导带班", "dispatcher": "值班员轮班", "partner": "备勤单位轮值"}[post]
        draft = actions.RotationDraft(name, post, shifts, "all", every, members[:8])
        row = actions.keep_rotation(unit_id=unit_id, draft=draft, actor=crew.keeper, at=then)
        until = on + timedelta(days=PAST + AHEAD - (4 if place % 3 == 1 else 0))
        actions.generate(
            unit_id=unit_id, rotation_id=row.pk, since=on, until=until, begin_with=None, actor=crew.keeper, at=then
        )  # fmt: skip


def _book(seed: int, at: datetime) -> None:
    """Enter the duty telephones of centres, departments and some offices, and rooms to meet in."""
    chance = dice(seed, "duty book")
    units = [row for row in accounts.units_by_code().values() if row.kind != "organisation"]
    entries = [
        (row, post, phone, hours)
        for row in sorted(units, key=lambda row: row.id)
        if row.kind != "town_office" or chance.random() < 0.25
        for post, phone, hours in _phones(row)
    ]
    then = at - 60 * DAY
    copy_into(
        "duty_contact",
        ("unit_id", "area_path", "unit_ids", "post", "phone", "hours", "note", "changed_at", "changed_by_name"),
        (
            (row.id, row.area_path, list(row.ancestors), post, phone, hours, "", then, "演示城市")
            for row, post, phone, hours in entries
        ),
    )  # fmt: skip


def _phones(row: accounts.UnitRow) -> list[tuple[str, str, str]]:
    number = 22_000_000 + row.id * 37
    found = [("值班室", f"0769-{number}", "24 小时")]
    if row.kind in {"city_centre", "town_centre"}:
        found += [
            ("带班领导电话", f"0769-{number + 8}", "24 小时"),
            ("传真", f"0769-{number + 9}", ""),
        ]
    return found


def _rooms(city: _Crew, towns: Sequence[_Crew], at: datetime) -> None:
    for crew in (city, *towns):
        url = f"https://meet.example.org/duty/{crew.unit.id}"
        _room(crew.keeper, crew.unit.id, "指挥大厅会商室", "video", url, at)
    _room(city.keeper, city.unit.id, "应急语音会商", "voice", "sip:duty@voice.example.org", at)


def _room(keeper: Actor, unit_id: int, name: str, kind: str, url: str, at: datetime) -> None:
    draft = actions.RoomDraft(unit_id, name, kind, url)
    actions.add_room(draft=draft, actor=keeper, at=at - 60 * DAY)


def _bulletins(city: _Crew, crews: dict[str, _Crew], at: datetime) -> None:
    """Publish three bulletins; most units have read them, one was recalled."""
    centres = [crew for crew in crews.values() if crew is not city]
    for place, (title, text, urgency) in enumerate(BULLETINS):
        then = at - timedelta(hours=5 + 40 * place)
        draft = actions.BulletinDraft(
            city.unit.id, title, text, at + timedelta(days=6 - place), [crew.unit.id for crew in centres], urgency
        )  # fmt: skip
        row = actions.publish_bulletin(draft=draft, actor=city.keeper, at=then)
        readers = tables.run(
            "SELECT id, unit_id FROM duty_reader WHERE bulletin_id = %s ORDER BY id", [row.pk]
        )
        hands = {crew.unit.id: crew.clerks[0] for crew in centres}
        actions.take_reads(
            reads=[
                (reader_id, hands[unit_id], min(then + timedelta(minutes=9 * number), at))
                for number, (reader_id, unit_id) in enumerate(readers)
                if (number + place) % 5 and unit_id in hands
            ]
        )
        if place == 2:
            actions.recall_bulletin(
                bulletin_id=row.pk, reason="报送时间有误，另行通知", actor=city.keeper, at=at - DAY
            )


def _story_town(crews: dict[str, _Crew]) -> _Crew | None:
    home = accounts.person_by_username("duty")
    area = tables.areas_of(home.id)[0] if home else ""
    return next((crew for crew in crews.values() if crew.unit.area_path == area and area), None)


def _orders(
    seed: int, city: _Crew, towns: list[_Crew], story: _Crew, crews: dict[str, _Crew], at: datetime
) -> None:  # fmt: skip
    """Issue instructions of every standing: just out, signed, answered, sent back, overdue, closed, passed on."""
    chance = dice(seed, "duty orders")
    villages = [
        crew for crew in crews.values()
        if crew.unit.kind == "village_station" and crew.unit.area_path.startswith(story.unit.area_path)
    ]  # fmt: skip
    for place, (title, text, urgency) in enumerate(ORDERS):
        then = at - (20 * HOUR, 30 * HOUR, 5 * timedelta(minutes=1), 9 * DAY)[place]
        numbers = _numbers(city, story, at) if place == 0 else ()
        row = _issue(city, title, text, urgency, towns, then, numbers=numbers)
        depths = [
            5 if place == 3 else (place * 7 + number * 3 + chance.randrange(3)) % 6 if place != 2 else int(number % 3 > 0)
            for number in range(len(towns))
        ]  # fmt: skip
        _courses(row, list(zip(towns, depths, strict=True)), city, then, at)
        if place == 3:
            actions.close(number=row.number, note="", actor=city.keeper, at=then + 4 * HOUR)
        if place == 1 and villages:
            _passed_on(row, story, villages, then, at)
    if villages:
        own = _issue(
            story,
            "落实学校周边护学岗",
            "开学首周，请各工作站在上下学时段安排护学，每日报送到岗情况。",
            "ordinary",
            villages,
            at - 3 * HOUR,
        )
        _courses(own, [(village, number % 4) for number, village in enumerate(villages)], story, at - 3 * HOUR, at)  # fmt: skip
    actions.note_late(at=at)


def _numbers(city: _Crew, story: _Crew, at: datetime) -> tuple[str, ...]:
    """Return two open matters of the story's town, to be spoken of."""
    by = matters.Filter(area=story.unit.area_path, clock="late")
    found = matters.matters_in(matters.Box.ALL, city.keeper, by=by, at=at, size=2, sort="due").rows
    return tuple(row.number for row in found)


def _issue(
    by: _Crew, title: str, text: str, urgency: str, to: Sequence[_Crew], at: datetime, *,
    numbers: Sequence[str] = (), parent_id: int | None = None, due_at: datetime | None = None,
) -> Issued:  # fmt: skip
    draft = actions.InstructionDraft(
        by.unit.id, title, text, urgency, [crew.unit.id for crew in to], due_at, numbers, (), parent_id
    )  # fmt: skip
    return actions.issue(draft=draft, actor=by.keeper, at=at)


def _courses(
    row: Issued, units: Sequence[tuple[_Crew, int]], issuer: _Crew, then: datetime, at: datetime
) -> None:
    """Bring each unit's part as far as its number says, all in a few statements."""
    parts = dict(tables.run("SELECT unit_id, id FROM duty_receiver WHERE instruction_id = %s", [row.pk]))  # fmt: skip
    actions.take_courses(past=[
        past for unit, depth in units for past in _course(parts[unit.unit.id], unit, issuer, depth, then, at)
    ])  # fmt: skip


def _course(
    part: int, unit: _Crew, issuer: _Crew, depth: int, then: datetime, at: datetime
) -> list[actions.Past]:
    """Return one unit's part so far: nothing, signed, answered, sent back, answered and accepted."""
    clerk = unit.clerks[-1]
    words = ANSWERS[part % 2].format(n=8 + part % 17, m=2 + part % 5)
    steps = (
        ("sign", clerk, "", 0.4), ("answer", clerk, words, 1.2),
        ("send_back" if depth == 3 else "accept", issuer.keeper, "请补充照片和整改期限" if depth == 3 else "", 1.7),
    )  # fmt: skip
    return [
        actions.Past(
            part, name, actor, min(then + timedelta(hours=hours + (part % 7) / 20), at), note
        )
        for name, actor, note, hours in steps[: (0, 1, 2, 3, 1, 3)[depth]]
    ]


def _passed_on(
    row: Issued, story: _Crew, villages: list[_Crew], then: datetime, at: datetime
) -> None:
    """Have the story's town pass an instruction on to its villages."""
    found = tables.run(
        "SELECT id, state, due_at FROM duty_receiver WHERE instruction_id = %s AND unit_id = %s", [row.pk, story.unit.id]
    )  # fmt: skip
    part, state, due_at = found[0]
    if state == "to_receive":
        actions.move(receiver_id=part, name="sign", actor=story.clerks[0], at=then + HOUR)
        state = "received"
    if state not in {"received", "returned"}:
        return
    moment = then + 4 * HOUR
    child = _issue(
        story, row.title, "转发市指挥中心指令，请各工作站按要求逐户检查，反馈数量和问题清单。", row.urgency, villages, moment,
        parent_id=part, due_at=due_at - 4 * HOUR,
    )  # fmt: skip
    _courses(child, [(village, (number * 2 + 1) % 6) for number, village in enumerate(villages)], story, moment, at)  # fmt: skip


def _handovers(seed: int, crews: Sequence[_Crew], at: datetime) -> None:
    """Sign the hand-overs of the last days, and leave the present one to be written."""
    chance = dice(seed, "duty notes")
    for crew in crews:
        desk = queries.desk(crew.keeper, crew.unit.id)
        ends = sorted(
            {row.ends_at for row in queries.stints(desk, queries.RosterFilter()).filter(ends_at__lte=at)}
        )[-6:]  # fmt: skip
        for end in ends:
            _handover(
                crew,
                end,
                at,
                NOTES[chance.randrange(len(NOTES))].format(n=chance.randrange(18, 64)),
            )
        actions.begin_handover(unit_id=crew.unit.id, actor=crew.clerks[0], at=at)


def _handover(crew: _Crew, end: datetime, at: datetime, notes: str) -> None:
    goes, comes = crew.clerks[0], crew.clerks[-1] if len(crew.clerks) > 1 else crew.keeper
    begun = end - timedelta(minutes=20)
    try:
        row = actions.begin_handover(unit_id=crew.unit.id, actor=goes, at=begun)
    except (Refused, Invalid):
        return
    points = tables.run("SELECT id FROM duty_point WHERE handover_id = %s ORDER BY id", [row.pk])
    said = {point: TODO[number % len(TODO)] for number, (point,) in enumerate(points)}
    kept = actions.write_handover(
        handover_id=row.pk, notes=notes, point_notes=said, version=row.version, actor=goes, at=begun
    )
    actions.offer(
        handover_id=row.pk, version=kept.version, actor=goes, at=end - timedelta(minutes=2)
    )
    actions.take_over(handover_id=row.pk, actor=comes, at=min(end + timedelta(minutes=4), at))


def _swap(story: _Crew, at: datetime) -> None:
    """Leave a change of shifts to be approved."""
    desk = queries.desk(story.keeper, story.unit.id)
    coming = queries.exchangeable(desk, without=0, at=at + DAY)
    for one in coming:
        other = next(
            (
                two
                for two in coming
                if two.post == one.post and two.user_id != one.user_id and two.on > one.on
            ),
            None,
        )
        if other is None or one.user_id is None or other.user_id is None:
            continue
        asker, taker = accounts.actor_for(one.user_id, at), accounts.actor_for(other.user_id, at)
        row = actions.ask_swap(
            stint_id=one.pk,
            taker_id=0,
            other_id=other.pk,
            reason="家人住院陪护",
            actor=asker,
            at=at - 2 * HOUR,
        )
        actions.agree(swap_id=row.pk, actor=taker, at=at - HOUR)
        return
