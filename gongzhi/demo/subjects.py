"""What an item is about, read from its words: where it happens, which picture fits, what people fear."""

from dataclasses import dataclass
from functools import lru_cache

STREET, HOUSE, SHOP, FOOD, WORKS = "street", "house", "shop", "food", "works"


@dataclass(frozen=True)
class Subject:
    place: str  # kind of spot it happens at
    scene: str  # of the photo album; empty: no picture fits
    worries: tuple[str, ...]  # what a resident adds
    done: tuple[str, ...]  # what the unit writes when it hands in
    wet: float = 1.0  # how much more often it happens on a rainy day


_FIRE = (
    "一旦起火后果不堪设想",
    "楼里住了不少人，很不放心",
    "之前提醒过也没有整改",
    "存在较大消防安全隐患",
)
_ROAD = (
    "晚上看不清，很容易摔倒",
    "电动车经过容易翻车",
    "老人小孩经过很危险",
    "上下班高峰经常有人差点出事",
    "已经好几天了没人管",
)
_DIRT = (
    "天气热味道很大",
    "蚊虫很多，影响居民休息",
    "路过的人都掩着鼻子走",
    "堆了好几天了",
    "旁边就是学校，影响不好",
)
_WATER = (
    "一下雨就积水，出行不便",
    "污水漫到路面，气味难闻",
    "车辆经过溅得到处都是",
    "担心水漫进一楼商铺",
)
_ORDER = (
    "行人只能走到机动车道上",
    "影响消防车和救护车通行",
    "高峰时段堵得厉害",
    "多次反映后又反弹",
)
_NOISE = ("严重影响附近居民休息", "晚上十点以后还在响", "家里有备考的孩子，实在受不了")
_FOOD = (
    "担心食品安全",
    "经常有学生在这里吃饭",
    "希望监管部门上门看看",
    "消费者看不到相关信息，心里没底",
)
_TRADE = ("消费者看不到相关信息，心里没底", "希望监管部门上门看看", "影响正常经营秩序")
_SITE = ("扬尘很大，窗户都不敢开", "车辆带泥上路，路面很脏", "施工没有防护，行人经过害怕")
_WORK = ("工人多，出事影响面大", "要求尽快排查整改", "此前检查时已指出，仍未到位")
_ANY = ("希望有关部门尽快处理", "影响居民日常生活", "麻烦尽快安排人员处理")

_SWEPT = (
    "已安排保洁人员清运干净，并冲洗地面",
    "已组织清理完毕，落实责任区每日巡查",
    "已清理，周边一并整治",
)
_MENDED = (
    "已安排抢修人员更换，恢复正常使用",
    "已修复并清理现场，恢复通行",
    "已更换破损部件，经测试正常",
    "已维修加固，后续列入日常巡检",
)
_CORRECTED = (
    "已到现场督促整改，当场整改完毕",
    "已约谈负责人并下发责令改正通知书，复查已整改到位",
    "已责令限期整改，经复查符合要求",
    "已现场指导整改，补齐设施并拍照留存",
)
_CLEARED = (
    "已劝离并清理占道物品，恢复通行",
    "已现场清理，安排人员定点值守",
    "已联合村（社区）清理完毕，加强巡查防反弹",
)
_DRAINED = (
    "已组织疏通管道，积水已排除",
    "已清掏管道并抽排，路面恢复正常",
    "已更换破损管段，试水正常",
)

# The first row one of whose words stands in the item's name, class or department decides.
_RULES: tuple[tuple[str, Subject], ...] = (
    ("农药|秸秆|焚烧|公墓|坟|农田|畜禽|养殖", Subject(STREET, "", _ANY, _CLEARED)),
    ("校园|学校|幼儿园|托管|培训", Subject(STREET, "", ("旁边就是学校，家长很担心", "上放学时段学生多，请重点关注", "希望有关部门尽快处理"), _CORRECTED)),
    ("燃气|液化气|煤气", Subject(STREET, "", ("周边住户多，很担心", "已提醒周边不要用明火", "气味比较明显"), _MENDED)),
    ("充电|电动自行车|电动车|飞线", Subject(HOUSE, "stairwell", _FIRE, _CORRECTED)),
    ("灭火器|消火栓|消防栓|消防器材|消防设施|应急照明|烟感|喷淋", Subject(HOUSE, "extinguishers", _FIRE, _CORRECTED)),
    ("消防车通道|消防通道|违停|停车|占用车道|机动车", Subject(STREET, "fire_lane", _ORDER, _CLEARED)),
    ("疏散|安全出口|逃生|楼道|堆放杂物|通道", Subject(HOUSE, "blocked_exit", _FIRE, _CORRECTED)),
    ("防盗网|出租屋|群租|合租|租赁", Subject(HOUSE, "rental_wall", _FIRE, _CORRECTED)),
    ("配电|电箱|用电|电气|电线私拉|乱接", Subject(SHOP, "electric_box", _FIRE, _CORRECTED)),
    ("井盖|井座|检查井|窨井|雨水箅|箅子", Subject(STREET, "manhole", _ROAD, _MENDED, 1.6)),
    ("内涝|积水|排水|污水|水管|漏水|爆管|溢流|管网", Subject(STREET, "puddle", _WATER, _DRAINED, 7.0)),
    ("河|水体|涌|水面|鱼塘|堤|闸", Subject(STREET, "river", _WATER, _SWEPT, 3.0)),
    ("树|绿化|花坛|草坪|枝|苗木", Subject(STREET, "fallen_branch", _ROAD, _MENDED, 3.2)),
    ("路面|坑|塌陷|道路|人行道|桥|路缘|盲道", Subject(STREET, "pothole", _ROAD, _MENDED, 2.0)),
    ("路灯|照明|灯杆|景观灯", Subject(STREET, "lamp", _ROAD, _MENDED, 1.3)),
    ("线缆|架空|电线|电缆|通信线|光缆|电杆", Subject(STREET, "wires", _ROAD, _MENDED, 2.0)),
    ("标志|标牌|标线|护栏|信号灯|隔离|站牌|指示牌|交通设施", Subject(STREET, "sign", _ROAD, _MENDED, 1.4)),
    ("垃圾箱|垃圾桶|果皮箱|满溢|转运站|公厕", Subject(STREET, "full_bin", _DIRT, _SWEPT)),
    ("垃圾|保洁|卫生|污渍|渣土|粪|油污|四害|动物", Subject(STREET, "rubbish", _DIRT, _SWEPT)),
    ("广告牌|招牌|户外|横幅|吊挂", Subject(STREET, "wall_ads", ("刮风天担心掉下来", "影响市容观瞻", "下面就是人行道，行人多"), _CLEARED)),
    ("广告|张贴|牛皮癣|涂写", Subject(STREET, "wall_ads", ("影响市容观瞻", "刚清理过又贴上了", "一面墙都贴满了"), _SWEPT)),
    ("占道|店外|流动|摊|经营秩序|乱摆", Subject(STREET, "goods_outside", _ORDER, _CLEARED)),
    ("工地|施工|扬尘|围挡|基坑|脚手架|塔吊|建筑|违建|违法建设|在建", Subject(STREET, "building_site", _SITE, _CORRECTED)),
    ("单车|自行车", Subject(STREET, "bikes", _ORDER, _CLEARED)),
    ("噪声|噪音|扰民|广场舞|油烟|异味|废气", Subject(STREET, "", _NOISE, _CORRECTED)),
    ("食品|餐|冷链|食堂|健康证|肉|禽|米面|厨", Subject(FOOD, "licence", _FOOD, _CORRECTED)),
    ("许可|执照|药|公示|证照|价格|计量|烟草|化妆品|票|称", Subject(SHOP, "licence", _TRADE, _CORRECTED)),
    ("车间|危化|危险化学|粉尘|机械|特种设备|叉车|锅炉|有限空间|安全生产|企业|厂|用工|工资|职业", Subject(WORKS, "workshop", _WORK, _CORRECTED)),
    ("消防|火", Subject(HOUSE, "extinguishers", _FIRE, _CORRECTED)),
    ("文化|网吧|娱乐|歌舞|旅馆|民宿|美容|诊所|医", Subject(SHOP, "licence", _TRADE, _CORRECTED)),
)  # fmt: skip
_PLAIN = Subject(
    STREET, "", _ANY, ("已到现场处理完毕", "已联系责任单位处理，恢复正常", "已处理，现场拍照留存")
)


@lru_cache(maxsize=4096)
def subject_of(name: str, class_name: str) -> Subject:
    """Return the subject of an item; its own name speaks louder than its class."""
    for words in (name, class_name):
        for pattern, subject in _RULES:
            if any(word in words for word in pattern.split("|")):
                return subject
    return _PLAIN
