"""Names of places, made by the project from the words that such names are made of in the region."""

import numpy as np

STORY_VILLAGE = "胜和社区"

_FIRST = (
    "上 下 大 小 新 长 石 金 龙 凤 水 东 西 南 北 白 黄 红 沙 马 湖 富 永 和 兴 宝 福 莲 桂 竹 榕 荔 罗 "
    "田 蕉 横 官 牛 鹤 梅 松 柏 岭 塘 涌 洲 平 安 清 温 鸡 蚝 周 高 低 花 云 浮 鳌 麒 银 玉 翠 蓝 青"
).split()
_LAST = (
    "塘 岗 坑 围 涌 洲 埔 坊 边 桥 头 尾 埗 朗 岭 湾 沥 基 田 园 美 元 坝 地 厚 洞 陂 墩 窖 沙 滘 "
    "步 寮 隔 井 角 岸 口 山 林 布 贝 径"
).split()
_STRANGE = {
    "上头", "下头", "大头", "小头", "牛头", "马头", "马尾", "牛尾", "龙头", "鸡头", "鸡尾", "白头", "黄头", "红头",
    "石头", "水头", "水地", "大地", "田地", "田田", "塘塘", "涌涌", "洲洲", "岭岭", "大街", "小街", "花街", "红街",
    "黄街", "白街", "水尾", "大尾", "小尾", "花头", "花边", "和头", "和尾", "安头", "安尾", "平头", "花园", "大山",
    "小山", "大美", "小美", "白美", "红美", "黄美", "牛美", "马美", "鸡美", "富美", "金口", "大口", "小口", "马角",
    "牛角", "水口", "街口", "黄沙", "水井", "花洞", "银街", "高头", "低头", "沙沙", "横头", "横尾", "长头", "长尾",
    "鹤头", "鹤尾", "官头", "官尾", "蚝头", "蚝尾", "白地", "玉头", "银头", "凤头", "凤尾", "梅头", "云头", "浮头",
    "浮尾", "浮地", "青头", "蓝头", "翠头", "竹头", "荔头", "周头", "周尾", "周口", "西口", "南口", "北口", "东口",
    "南京", "西山", "东山", "北山", "井井", "水田", "青岸", "低美", "低地", "低街", "高街", "高尾", "清头", "清尾",
    "温头", "温尾", "温口", "温地", "鳌地", "麒头", "麒尾", "麒地", "大林", "小林", "马地", "鸡地", "牛地", "福尾",
    "宝尾", "富尾", "兴尾", "永尾", "金尾", "金头", "兴头", "福头", "富头", "宝头", "永头", "西藏", "北头", "北尾",
}  # fmt: skip
_TOWNLIKE = set(
    "莞城 东城 南城 万江 石碣 石龙 茶山 石排 企石 横沥 桥头 谢岗 东坑 常平 寮步 大朗 黄江 清溪 塘厦 凤岗 长安 虎门 厚街 沙田 道滘 洪梅 麻涌 中堂 高埗".split()
)
ROADS = (
    "路",
    "大道",
    "街",
    "一路",
    "二路",
    "中路",
    "新村路",
    "工业路",
    "商业街",
    "环村路",
    "市场路",
    "学校路",
)
LANES = (
    "一巷",
    "二巷",
    "三巷",
    "四巷",
    "五巷",
    "六巷",
    "七巷",
    "新区一巷",
    "新区二巷",
    "东一巷",
    "西三巷",
)


def villages(rng: np.random.Generator, town: str, count: int) -> list[str]:
    """Return names for a town's villages, no two alike; streets have communities only."""
    pool = [
        first + last
        for first in _FIRST
        for last in _LAST
        if first != last and first + last not in _STRANGE | _TOWNLIKE
    ]
    stems = [pool[i] for i in rng.choice(len(pool), count - 1, replace=False)]
    urban = 1.0 if town.endswith("街道") else 0.42
    names = [stem + ("社区" if rng.random() < urban else "村") for stem in stems]
    heart = town.removesuffix("街道").removesuffix("镇")
    return [f"{heart}社区", *names]


def stem(village: str) -> str:
    """Return the village's name without its kind: 胜和社区 → 胜和."""
    return village.removesuffix("社区").removesuffix("村")
