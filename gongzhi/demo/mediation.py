"""The registry of mediation in the whole city: committees of villages, rooms, specialists, studios, their people."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.accounts.queries import UnitRow
from gongzhi.base.actor import Actor, system
from gongzhi.base.copying import copy_into
from gongzhi.demo import tables
from gongzhi.demo.people import judicial_office, name_of, station_code
from gongzhi.demo.seeds import dice
from gongzhi.mediators import actions, queries
from gongzhi.mediators.capabilities import Can
from gongzhi.places import queries as places

KEEPER = system("演示名册", *map(str, Can))
TERM = 3 * 365
SPECIALISTS = (
    ("weijian", "medical", "东莞市医疗纠纷人民调解委员会"),
    ("jinrong", "finance", "东莞市金融消费纠纷人民调解委员会"),
    ("gongan", "traffic", "东莞市道路交通事故纠纷人民调解委员会"),
    ("renshe", "labour", "东莞市劳动争议人民调解委员会"),
    ("zhujian", "property", "东莞市物业纠纷人民调解委员会"),
)  # fmt: skip
STUDIOS = ("和事", "暖心", "老支书", "同心", "金牌", "邻里", "百姓", "和美", "乡贤", "法润")
FIELDS = (
    "family",
    "neighbour",
    "labour",
    "house",
    "property",
    "damage",
    "consumer",
    "contract",
    "land",
    "traffic",
)
LANGUAGES = ("yue", "hak", "nan", "sc", "hsn", "eng", "csl")
ABOUT = (
    "从事基层调解工作多年，擅长邻里和婚姻家庭纠纷，熟悉本地风俗。",
    "退休教师，耐心细致，坚持把话说开、把理讲清。",
    "执业律师，擅长合同、劳动争议，注重把协议写明白、能履行。",
)  # fmt: skip
COURSES = (
    "人民调解法与调解程序",
    "调解协议与司法确认",
    "劳动争议调解实务",
    "沟通与情绪疏导",
    "卷宗制作规范",
)
BODY_COLUMNS = (
    "code", "name", "kind", "under_id", "unit_id", "unit_ids", "area_path", "expertise", "founder", "founded_on", "address",
    "phone", "about", "filed_on", "filing_number", "term_ends_on", "is_active",
)  # fmt: skip
PERSON_COLUMNS = (
    "code", "user_id", "name", "body_id", "employment", "seat", "is_woman", "expertise", "languages", "grade", "about",
    "weekdays", "most_open", "appointed_on", "term_ends_on", "left_on", "left_for", "is_public", "shows", "agreed_on",
    "unit_ids", "area_path",
)  # fmt: skip


@dataclass(frozen=True)
class _Body:
    code: str
    name: str
    kind: str
    unit: UnitRow
    area_path: str
    expertise: list[str] = field(default_factory=list)
    under: str = ""
    term_left: int = 500  # days
    founder: str = ""


def lay(*, seed: int, at: datetime) -> int:
    """Enter the bodies and mediators that are not there yet; return how many bodies there are."""
    on = timezone.localtime(at).date()
    chance = dice(seed, "registry")
    known = tables.ids_by("mediators_body", "code")
    fresh = [body for body in _bodies(chance) if body.code not in known]
    first, below = [body for body in fresh if not body.under], [body for body in fresh if body.under]  # fmt: skip
    for rows in (first, below):
        ids = tables.ids_by("mediators_body", "code")
        copy_into("mediators_body", BODY_COLUMNS, (_body_row(body, ids, on) for body in rows))
    ids = tables.ids_by("mediators_body", "code")
    copy_into("mediators_mediator", PERSON_COLUMNS, _people(chance, first, ids, on))
    _seat_the_committees_of_towns()
    _train(chance, at)
    _owe_filings(chance, on)
    _tell_of_conduct(at)
    _show_and_apply(at)
    tables.analyze(("mediators_body", "mediators_mediator", "mediators_training"))
    return len(ids)


def _bodies(chance: random.Random) -> Iterator[_Body]:
    units = accounts.units_by_code()
    city = places.areas_at_level(0)[0]
    for code, kind, name in SPECIALISTS:
        unit = units.get(code) or units["sifa"]
        yield _Body(f"tj-city-{kind}", name, "specialist", unit, city.path, [kind], founder=unit.name)  # fmt: skip
    for town in places.areas_at_level(1):
        short = town.path.split("/")[1]
        office = units[judicial_office(town.path)]
        yield _Body(f"tj-{short}", f"{town.name}人民调解委员会", "committee", office, town.path, founder=f"{town.name}人民政府")  # fmt: skip
        police = units.get(f"gongan-{short}", office)
        yield _Body(f"tj-{short}-police", f"驻{town.name}派出所人民调解室", "police_room", police, town.path, under=f"tj-{short}")  # fmt: skip
    for place, village in enumerate(places.areas_at_level(2)):
        unit = units[station_code(village.path)]
        code = _village_code(village.path)
        yield _Body(code, f"{village.name}人民调解委员会", "committee", unit, village.path, term_left=_term(chance, place), founder=f"{village.name}居（村）民委员会")  # fmt: skip
        if place % 20 == 7:
            words = STUDIOS[(place // 20) % len(STUDIOS)]
            fields = chance.sample(FIELDS, 2)
            yield _Body(f"{code}-S1", f"{village.name}“{words}”调解工作室", "studio", unit, village.path, fields, under=code)  # fmt: skip


def _village_code(path: str) -> str:
    _city, town, village, *_rest = path.split("/")
    return f"tj-{town}-{village}"


def _term(chance: random.Random, place: int) -> int:
    """Most terms run on; some end soon, a few are over and nobody has voted yet."""
    if place % 41 == 5:
        return -chance.randrange(3, 60)
    return chance.randrange(10, 85) if place % 23 == 3 else chance.randrange(150, TERM)


def _body_row(body: _Body, ids: dict[str, int], on: date) -> tuple[Any, ...]:
    has_term = body.kind in {"committee", "specialist"}
    ends = on + timedelta(days=body.term_left) if has_term else None
    begun = on - timedelta(days=max(30, TERM - body.term_left))
    filed = begun + timedelta(days=21) if has_term else None
    number = f"备〔{filed.year}〕{body.code.removeprefix('tj-')}号" if filed else ""
    return (
        body.code, body.name, body.kind, ids.get(body.under), body.unit.id, list(body.unit.ancestors), body.area_path,
        body.expertise, body.founder, begun, f"{places.full_name(body.area_path)}综治中心一楼", "0769-12348", "", filed, number,
        ends, True,
    )  # fmt: skip


def _people(chance: random.Random, bodies: list[_Body], ids: dict[str, int], on: date) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """Give each committee three to seven members, one in fifty of them none that is a woman."""
    for place, body in enumerate(bodies):
        if body.kind not in {"committee", "specialist"}:
            continue
        size = 2 if place % 97 == 11 else chance.randrange(3, 8)
        only_men = place % 53 == 17
        for n in range(size + (place % 3 == 0)):
            yield _person(chance, body, ids[body.code], n, on, is_member=n < size, is_man=only_men)


def _person(
    chance: random.Random, body: _Body, body_id: int, n: int, on: date, *, is_member: bool, is_man: bool
) -> tuple[Any, ...]:  # fmt: skip
    seat = ("chair" if n == 0 else "deputy" if n == 1 and chance.random() < 0.4 else "member") if is_member else ""  # fmt: skip
    engaged = chance.choice(("full", "part", "lawyer")) if not is_member else "part"
    ends = on + timedelta(days=body.term_left)
    shown = chance.random() < 0.22
    knows = [*body.expertise] or chance.sample(FIELDS, chance.randrange(1, 4))
    speaks = ["cmn", *(["yue"] if chance.random() < 0.7 else []), *chance.sample(LANGUAGES[1:], int(chance.random() < 0.25))]  # fmt: skip
    since = ends - timedelta(days=TERM - 1) if is_member else on - timedelta(days=chance.randrange(40, 900))  # fmt: skip
    woman = not is_man and (n == 1 or chance.random() < 0.36)
    return (
        f"{body.code}-{n + 11}", None, name_of(chance), body_id, engaged, seat, woman, knows, speaks,
        chance.choice(("", "", "four", "three", "two")), chance.choice(ABOUT) if shown else "",
        sorted(chance.sample(range(1, 6), chance.randrange(2, 6))), chance.choice((5, 8, 10)), min(since, on), ends if is_member else None,
        None, "", shown, ["expertise", "languages", "about", "days"] if shown else [], on if shown else None,
        list(body.unit.ancestors), body.area_path,
    )  # fmt: skip


def _seat_the_committees_of_towns() -> None:
    """Give the members of a town's committee their seats, where nobody did: the first leads."""
    tables.analyze(("mediators_body", "mediators_mediator"))  # filled a moment ago
    tables.run(
        "UPDATE mediators_mediator m SET seat = CASE WHEN o.place = 1 THEN 'chair' ELSE 'member' END FROM ("
        " SELECT p.id, row_number() OVER (PARTITION BY p.body_id ORDER BY p.id) AS place FROM mediators_mediator p"
        " JOIN mediators_body b ON b.id = p.body_id WHERE b.kind IN ('committee', 'specialist') AND b.id NOT IN"
        " (SELECT s.body_id FROM mediators_mediator s WHERE s.seat <> '')) o WHERE o.id = m.id"
    )


def _train(chance: random.Random, at: datetime) -> None:
    """Enter this year's courses: most have their hours, some are short, a few have none."""
    on = timezone.localtime(at).date()
    first = date(on.year, 1, 10)
    span = max(1, (on - first).days)
    people = tables.run("SELECT id, employment FROM mediators_mediator WHERE left_on IS NULL ORDER BY id")  # fmt: skip
    rows = []
    for person, employment in people:
        wanted = 3 if employment == "full" else 1
        for n in range(wanted if chance.random() < 0.86 else wanted - 1):
            day = min(on, first + timedelta(days=chance.randrange(span)))
            rows.append((person, "yearly", day, 8, COURSES[(person + n) % len(COURSES)], "市司法局", at, "演示名册"))  # fmt: skip
        if chance.random() < 0.93:
            rows.append((person, "initial", date(on.year - 2, 5, 18), 16, "任前培训", "市司法局", at, "演示名册"))  # fmt: skip
    columns = ("mediator_id", "kind", "on", "hours", "subject", "organiser", "recorded_at", "recorded_by_name")  # fmt: skip
    copy_into("mediators_training", columns, rows)


def _owe_filings(chance: random.Random, on: date) -> None:
    """Leave some changes that the court is still to be told, a few of them too late."""
    bodies = tables.run("SELECT id FROM mediators_body WHERE kind = 'committee' ORDER BY id")
    rows = []
    for place, (body,) in enumerate(bodies):
        if place % 29 != 4:
            continue
        back = chance.choice((5, 12, 20, 33, 52))
        happened = on - timedelta(days=back)
        rows.append((body, "members", f"新任：{name_of(chance)}", happened, happened + timedelta(days=42), "", ""))  # fmt: skip
    columns = ("body_id", "what", "note", "happened_on", "due_on", "number", "filed_by_name")
    copy_into("mediators_filing", columns, rows)


def _tell_of_conduct(at: datetime) -> None:
    """Two complaints of the story's town: one is looked into, one was decided and appealed against."""
    hands = [_actor(name, at) for name in ("justice", "justice_lead")]
    judge, decider = hands
    if judge is None or decider is None:
        return
    people = tables.run(
        "SELECT m.id FROM mediators_mediator m JOIN accounts_user u ON u.id = m.user_id"
        " WHERE u.username IN ('mediator', 'mediator2') AND m.left_on IS NULL ORDER BY u.username, m.id"
    )
    if len(people) < 2:
        return
    (first,), (second,) = people[0], people[-1]
    day = timezone.localtime(at).date()
    open_one = actions.Complaint("partial", "来电反映调解中多次打断一方陈述，要求核实。", day - timedelta(days=3))  # fmt: skip
    actions.complain(mediator_id=second, said=open_one, actor=judge, at=at - timedelta(days=2))
    told = actions.Complaint("leak", "反映在社区微信群提到当事人的家庭情况。", day - timedelta(days=20))  # fmt: skip
    made = actions.complain(mediator_id=first, said=told, actor=judge, at=at - timedelta(days=12))
    said = actions.Verdict("criticism", "群内发言未点名但足以辨认，予以批评教育，并向当事人致歉。")
    actions.decide(conduct_id=made.pk, said=said, actor=decider, at=at - timedelta(days=6))


def _show_and_apply(at: datetime) -> None:
    """The story's mediator stands in the directory and asks for a studio."""
    actor = _actor("mediator", at)
    offices = queries.mediators_of_user(actor.id) if actor else []
    if actor is None or not offices:
        return
    office = offices[0]
    face = actions.Face(is_public=True, shows=["expertise", "languages", "about", "days"], about=ABOUT[0], languages=["cmn", "yue"])  # fmt: skip
    actions.show_me(mediator_id=office.pk, face=face, actor=actor, at=at - timedelta(days=9))
    day = timezone.localtime(at).date()
    actions.add_absence(mediator_id=office.pk, starts_on=day + timedelta(days=6), ends_on=day + timedelta(days=8), actor=actor, at=at)  # fmt: skip
    draft = actions.StudioDraft(f"{actor.name}调解工作室", ["family", "neighbour"], "镇综治中心二楼 203 室", "从事婚姻家庭和邻里纠纷调解八年，拟设个人工作室，每周二、周四接待。")  # fmt: skip
    actions.apply_for_studio(mediator_id=office.pk, draft=draft, actor=actor, at=at - timedelta(days=4))  # fmt: skip


def _actor(username: str, at: datetime) -> Actor | None:
    person = accounts.person_by_username(username)
    return accounts.actor_for(person.id, at) if person else None
