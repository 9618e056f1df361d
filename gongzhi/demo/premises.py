"""Addresses, houses, shops, works and street furniture: the places where things happen."""

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from gongzhi.demo import names
from gongzhi.demo.city import City, DemoArea
from gongzhi.demo.seeds import dice, generator

ADDRESS, BUILDING, RENTAL, SMALL, ORGANISATION, FACILITY = 1, 2, 3, 4, 5, 6
PREMISES = 42_000
_BRANDS = (
    "顺发 兴隆 万家 好又多 佳佳 永盛 鑫源 旺角 福满 新天地 祥和 康健 百味 阳光 美宜 和顺 金辉 恒丰 "
    "联兴 宏达 益民 老地方 聚源 三友 天天 华南 东升 小城 大众 惠民 客家 潮味 湘里 川渝 家常 好邻居"
).split()
_SHOPS = (
    "便利店 五金店 快餐店 早餐店 手机维修店 服装店 理发店 药店 汽修店 水果店 肠粉店 奶茶店 超市 粮油店 "
    "电动车行 打印店 洗衣店 棋牌室 网咖 烧烤店 面馆 杂货店 建材店 废品收购站 小作坊 美甲店 茶餐厅"
).split()
_TRADES = "电子 五金 塑胶 服装 纸品 家具 模具 玩具 印刷 鞋材 包装 食品 电器 光电 精密机械".split()
FIXTURES = (
    ("雨水井盖", "YS"), ("污水井盖", "WS"), ("供水井盖", "GS"), ("电力井盖", "DL"), ("通信井盖", "TX"),
    ("路灯", "LD"), ("消防栓", "XF"), ("垃圾箱", "LJ"), ("行道树", "SM"), ("交通标志牌", "JB"),
    ("护栏", "HL"), ("配电箱", "PD"), ("公交站亭", "GJ"), ("监测井", "JC"),
)  # fmt: skip
# Kind, share and status weights (in use, vacant, closed)
_KINDS = (
    (ADDRESS, 0.1),
    (BUILDING, 0.16),
    (RENTAL, 0.26),
    (SMALL, 0.24),
    (ORGANISATION, 0.09),
    (FACILITY, 0.15),
)


@dataclass(frozen=True)
class Premise:
    kind: int
    status: int
    grade: int
    code: str
    parent_code: str
    area_path: str
    name: str
    address: str
    lon: float
    lat: float
    grid: int  # position of its grid among the city's grids


@lru_cache(maxsize=1)
def build(seed: int, city: City, count: int = PREMISES) -> Sequence[Premise]:
    """Return the premises in the order of their grids; every grid has some."""
    grids = city.level(3)
    villages = {area.path: area.name for area in city.level(2)}
    towns = {area.path: area.name for area in city.level(1)}
    rng = generator(seed, "premises")
    shares = np.maximum(4, np.round(city.weight * count)).astype(int)
    made: list[Premise] = []
    serial = 0
    for index, grid in enumerate(grids):
        points = scatter(grid, int(shares[index]), rng)
        village = villages[_up(grid.path)]
        town = towns[_up(_up(grid.path))]
        for premise in _of_grid(seed, index, grid, points, f"{town}{village}", village, serial):
            made.append(premise)
        serial += len(points)
    return made


def scatter(area: DemoArea, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return points evenly inside the area, never outside."""
    corners = _triangles(area)
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    size = np.abs(
        (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    )
    pick = rng.choice(len(corners), count, p=size / size.sum())
    u, v = rng.random(count), rng.random(count)
    fold = u + v > 1
    u[fold], v[fold] = 1 - u[fold], 1 - v[fold]
    points = a[pick] + u[:, None] * (b[pick] - a[pick]) + v[:, None] * (c[pick] - a[pick])
    # Two per cent towards the middle: rounding must not carry a point over the border.
    middle = corners[pick].mean(axis=1)
    drawn: NDArray[np.float64] = np.round(points + (middle - points) * 0.02, 6)
    return drawn


@lru_cache(maxsize=4096)
def _triangles(area: DemoArea) -> NDArray[np.float64]:
    parts = shapely.get_parts(shapely.constrained_delaunay_triangles(area.geometry))
    return np.array([triangle.exterior.coords[:3] for triangle in parts])


def _of_grid(
    seed: int,
    index: int,
    grid: DemoArea,
    points: NDArray[np.float64],
    place: str,
    village: str,
    serial: int,
) -> Iterator[Premise]:
    chance = dice(seed, "premises", index)
    stem = names.stem(village)
    roads = [stem + chance.choice(names.ROADS) for _n in range(2)]
    roads.append(stem + chance.choice(names.LANES))
    kinds = [kind for kind, _share in _KINDS]
    shares = [share for _kind, share in _KINDS]
    for number, (lon, lat) in enumerate(points, start=1):
        kind = chance.choices(kinds, shares)[0]
        road = chance.choice(roads)
        door = f"{road}{chance.randint(1, 188)}号"
        name, letter = _named(chance, kind, road, door)
        yield Premise(
            kind=kind,
            status=chance.choices((1, 2, 3), (0.9, 0.07, 0.03))[0],
            grade=chance.choices((1, 2, 3, 4), (0.5, 0.32, 0.14, 0.04))[0] if kind == RENTAL else 0,
            code=f"{grid.code[:9]}{letter}{serial + number:07d}",
            parent_code="",
            area_path=grid.path,
            name=name,
            address=f"{place}{door}",
            lon=float(lon),
            lat=float(lat),
            grid=index,
        )


def _named(chance: random.Random, kind: int, road: str, door: str) -> tuple[str, str]:

    brand = chance.choice(_BRANDS)
    if kind == FACILITY:
        what, letters = chance.choice(FIXTURES)
        return f"{road}{what}", letters
    return {
        ADDRESS: (door, "DZ"),
        BUILDING: (f"{door}{chance.choice(('楼', '综合楼', '商住楼', '住宅楼'))}", "LY"),
        RENTAL: (f"{door}{chance.choice(('出租屋', '公寓', '出租屋', '自建房'))}", "CZ"),
        SMALL: (f"{brand}{chance.choice(_SHOPS)}", "SX"),
        ORGANISATION: (f"{brand}{chance.choice(_TRADES)}厂", "QY"),
    }[kind]


_CLASS_OF_TRADE = {
    "餐": "dining", "肠粉": "dining", "奶茶": "dining", "烧烤": "dining", "面馆": "dining", "小作坊": "workshop",
    "棋牌": "entertainment", "网咖": "entertainment", "电动车": "ebike", "废品": "recycling",
}  # fmt: skip
_GRADES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4)
_RENTED = ("single_room", "single_room", "single_room", "shared", "flat", "mixed", "dormitory", "workshop", "short_stay")  # fmt: skip


def class_of(premise: Premise) -> str:
    """Return which of the classes of its kind premises fall into, read from their name; "" where it has none."""
    lot = zlib.crc32(premise.code.encode())
    if premise.kind == RENTAL:
        if "公寓" in premise.name:
            return "flat"
        return "whole_house" if "自建房" in premise.name else _RENTED[lot % len(_RENTED)]
    if premise.kind == SMALL:
        return next((c for word, c in _CLASS_OF_TRADE.items() if word in premise.name), "shop")
    return (
        ("factory", "factory", "factory", "warehouse")[lot % 4]
        if premise.kind == ORGANISATION
        else ""
    )


def grade_of(premise: Premise) -> int:
    """Return how closely premises are looked after; small ones and organisations are graded, too."""
    if premise.kind not in {SMALL, ORGANISATION}:
        return premise.grade
    return _GRADES[zlib.crc32(premise.code[::-1].encode()) % len(_GRADES)]


def _up(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[0] + "/"
