"""The organisation and everybody in it: centres, stations, departments with town offices, officers, clerks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongzhi.demo.city import CITY_CODE, STORY_TOWN, City
from gongzhi.demo.names import STORY_VILLAGE
from gongzhi.demo.seeds import dice

FULL_OFFICERS = 10_291
CITY_PATH = f"{CITY_CODE}/"
_SURNAMES = "陈 黄 李 梁 张 林 刘 何 王 罗 邓 谢 叶 卢 袁 钟 曾 黎 吴 周 彭 温 莫 欧阳 冯 苏 方 赖 尹 祁 翟 香 萧 蔡 郭 杨 赵 徐 马 朱".split()
_GIVEN_FIRST = "志 伟 建 永 文 明 国 海 俊 嘉 晓 慧 淑 丽 玉 美 雪 子 浩 泽 锦 家 润 伯 柏 惠 敏 少 婉 秀".split()
_GIVEN_LAST = "明 强 华 辉 平 生 荣 权 斌 峰 涛 杰 豪 文 玲 芳 燕 娟 霞 敏 婷 欣 怡 雯 莹 珊 媚 仪 梅 琴".split()


@dataclass(frozen=True)
class DemoUnit:
    code: str
    name: str
    kind: str
    parent: str  # code; empty: a root
    area_path: str


@dataclass(frozen=True)
class DemoPerson:
    username: str
    name: str
    role: str
    unit: str  # code
    area_path: str
    phone: str = ""


@dataclass(frozen=True)
class Login:
    """One memorable account for each role of the story."""

    username: str
    role: str
    unit: str
    area_path: str
    purpose: str = field(default="")


def units(city: City, departments: list[tuple[str, str]]) -> list[DemoUnit]:
    """Return every unit, parents before children."""
    made = [DemoUnit("city", "东莞市网格化管理指挥中心", "city_centre", "", CITY_PATH)]
    towns = city.level(1)
    for town in towns:
        made.append(
            DemoUnit(
                centre_code(town.path),
                f"{town.name}网格化管理中心",
                "town_centre",
                "city",
                town.path,
            )
        )
    for village in city.level(2):
        name = f"{village.name}综合网格工作站"
        made.append(
            DemoUnit(
                station_code(village.path),
                name,
                "village_station",
                centre_code(village.path),
                village.path,
            )
        )
    for code, name in departments:
        made.append(
            DemoUnit(
                code,
                f"东莞市{name.removeprefix('东莞市')}",
                "department",
                "",
                CITY_PATH,
            )
        )
    for code, name in departments:
        made += [
            DemoUnit(
                f"{code}-{town.short}", office_name(name, town.name), "town_office", code, town.path
            )
            for town in towns
        ]
    return made


def office_name(department: str, town: str) -> str:
    """Name a department's office as such offices are named: 城管和综合执法局 → 南城城管和综合执法分局."""
    place = town.removesuffix("街道").removesuffix("镇")
    name = department.removeprefix("东莞市")
    if name.endswith("局"):
        return f"{place}{name.removesuffix('局')}分局"
    if name.endswith(("支队", "大队")):
        return f"{place}{name.removesuffix('支队').removesuffix('大队')}大队"
    return f"{name}{place}办事处"


def centre_code(path: str) -> str:
    return f"centre-{path.split('/')[1]}"


def station_code(path: str) -> str:
    _city, town, village, *_rest = path.split("/")
    return f"station-{town}{village}"


def story_village(city: City) -> str:
    """Return the path of the village the walk-through happens in."""
    town = next(area.path for area in city.level(1) if area.code == STORY_TOWN)
    return next(
        a.path for a in city.level(2) if a.name == STORY_VILLAGE and a.path.startswith(town)
    )


def logins(city: City, office: str) -> list[Login]:
    """Return the logins of the story; `office` is the unit that the story's matter is dispatched to."""
    village = story_village(city)
    town = "/".join(village.split("/")[:2]) + "/"
    centre, station = centre_code(village), station_code(village)
    return [
        Login("grid", "grid_officer", station, village),
        Login("registrar", "registrar", centre, town),
        Login("dispatcher", "dispatcher", centre, town),
        Login("handler", "handler", office, town),
        Login("lead", "unit_lead", office, town),
        Login("duty", "duty_officer", centre, town),
        Login("supervisor", "supervisor", "city", CITY_PATH),
        Login("assessor", "assessor", "city", CITY_PATH),
        Login("admin", "system_admin", "city", ""),
        Login("security", "security_admin", "city", ""),
        Login("auditor", "auditor", "city", ""),
        Login("counter", "centre_clerk", centre, town),
        Login("body", "body_clerk", judicial_office(town), town),
        Login("mediator", "mediator", judicial_office(town), town),
        Login("mediator2", "mediator", judicial_office(town), town),
        Login("justice", "justice_officer", judicial_office(town), town),
        Login("justice_lead", "justice_lead", "sifa", CITY_PATH),
    ]


def second_postings(city: City) -> list[Login]:
    """Return what somebody of the story does besides: at a small centre the counter is the body's clerk as well."""
    town = "/".join(story_village(city).split("/")[:2]) + "/"
    return [Login("counter", "body_clerk", judicial_office(town), town)]


def people(seed: int, city: City, units: list[DemoUnit], *, full: bool) -> list[DemoPerson]:
    """Return everybody but the logins, one posting each."""
    chance = dice(seed, "people")
    made = list(_officers(chance, city, full=full))
    for unit in units:
        made += _staff(chance, unit)
    return [*made, *_mediation(dice(seed, "mediation"), city)]


def judicial_office(town: str) -> str:
    """Return the code of the unit where a town's mediation is kept together."""
    return f"sifa-{town.split('/')[1]}"


def _mediation(chance: random.Random, city: City) -> Iterator[DemoPerson]:
    """Who mediates in each town, and the justice offices that guide them."""
    for number in (1, 2):
        yield DemoPerson(f"sj-sifa-{number}", name_of(chance), "justice_lead", "sifa", CITY_PATH)
    for town in city.level(1):
        office, centre = judicial_office(town.path), centre_code(town.path)
        yield DemoPerson(f"zx-{centre}", name_of(chance), "centre_clerk", centre, town.path)
        yield DemoPerson(f"tw-{office}", name_of(chance), "body_clerk", office, town.path)
        yield DemoPerson(f"sf-{office}", name_of(chance), "justice_officer", office, town.path)
        for number in (1, 2, 3):
            yield DemoPerson(f"tj-{office}-{number}", name_of(chance), "mediator", office, town.path)  # fmt: skip


def name_of(chance: random.Random) -> str:
    given = chance.choice(_GIVEN_LAST)
    if chance.random() < 0.8:
        given = chance.choice(_GIVEN_FIRST) + given
    return chance.choice(_SURNAMES) + given


def _officers(chance: random.Random, city: City, *, full: bool) -> Iterator[DemoPerson]:
    """One officer for each grid, and more where there is more life."""
    grids = city.level(3)
    extra = FULL_OFFICERS - len(grids) if full else 0
    more = chance.choices(range(len(grids)), list(city.weight), k=extra) if extra else []
    for serial, index in enumerate([*range(len(grids)), *more], start=1):
        path = grids[index].path
        yield DemoPerson(
            f"w{serial:05d}", name_of(chance), "grid_officer", station_code(path), path
        )


_STAFF: dict[str, tuple[tuple[str, str, int], ...]] = {
    "city_centre": (("registrar", "sl", 3), ("dispatcher", "pq", 3), ("duty_officer", "zb", 2), ("supervisor", "dc", 2)),
    "town_centre": (("registrar", "sl", 3), ("dispatcher", "pq", 2), ("duty_officer", "zb", 2), ("supervisor", "dc", 1)),
    "village_station": (("unit_lead", "zz", 1), ("handler", "cz", 1), ("dispatcher", "pq", 1)),
    "department": (("handler", "cz", 2), ("unit_lead", "fz", 1)),
    "town_office": (("handler", "cz", 2), ("unit_lead", "fz", 1)),
}  # fmt: skip


def _staff(chance: random.Random, unit: DemoUnit) -> Iterator[DemoPerson]:
    for role, letters, count in _STAFF[unit.kind]:
        for number in range(1, count + 1):
            yield DemoPerson(
                f"{letters}-{unit.code}-{number}", name_of(chance), role, unit.code, unit.area_path
            )
