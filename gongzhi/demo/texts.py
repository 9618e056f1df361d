"""Texts that read like real reports: a small grammar over items, places, details and tones. No person is named."""

import random
import re

from gongzhi.demo.subjects import FOOD, HOUSE, SHOP, STREET, WORKS, Subject

_NEAR = ("门口", "对面", "旁边", "附近", "路口", "后巷", "斜对面", "前面空地", "转角处", "公交站旁")
_INSIDE = {
    HOUSE: (
        "一楼楼梯间",
        "二楼走道",
        "首层",
        "三楼楼道",
        "楼梯口",
        "一楼大厅",
        "天台出口",
        "负一层",
    ),
    SHOP: ("店内", "前台", "仓库", "二楼", "收银台旁"),
    FOOD: ("店内", "后厨", "前台", "操作间", "仓库"),
    WORKS: ("一楼车间", "二楼车间", "仓库", "配电房旁", "装卸区", "三楼车间", "宿舍楼首层"),
}
_SINCE = (
    "今天早上发现",
    "昨晚下班经过看到",
    "这两天一直这样",
    "已经快一个星期了",
    "刚刚路过看到",
    "上周就有了",
    "下雨之后出现的",
    "好几天了",
)
_JUST = ("刚刚发现", "刚刚路过看到", "十分钟前发现的", "现在还在持续", "刚才经过看到")
_HELLO = ("你好，", "您好，", "", "", "", "请帮忙看看，", "反映一个问题：")
_PLEASE = (
    "希望尽快处理，谢谢",
    "麻烦派人来看一下",
    "请有关部门跟进",
    "谢谢",
    "盼尽快解决",
    "希望能彻底解决，不要又反弹",
    "辛苦了",
)
_LOOK = ("现场图片已上传", "照片已拍", "有图", "具体看照片")
_PATROL = {
    STREET: ("巡查发现，", "日常巡查发现，", "网格巡查时发现，", "早班巡查发现，"),
    "": ("入户检查中发现，", "走访时发现，", "日常检查发现，", "专项排查发现，"),
}
_MEASURE = {
    STREET: (
        "已放置警示标志",
        "已拍照上报",
        "已拉警戒带，请尽快处置",
        "现场暂无法自行处置，需职能部门跟进",
        "已拍照取证，申请派遣处理",
        "已通知附近商户注意",
    ),
    "": (
        "已现场提醒，申请派遣处理",
        "已告知负责人并拍照取证",
        "已当场劝导，效果不明显",
        "已口头要求整改，需职能部门跟进",
        "已拍照上报",
        "负责人表示将整改，请跟进复查",
    ),
}
_CALL = ("市民来电反映", "来电人反映", "热线工单：市民反映", "来电诉求：")
_WANT = (
    "要求相关部门尽快核实处理并回复",
    "希望有关部门跟进处理，将结果告知来电人",
    "要求整改",
    "诉求：请尽快处理",
)
_COUNTER = ("群众到综治中心窗口反映，", "窗口登记：", "村民到社区服务站反映，")
_POLICE = ("110转来非警务诉求：", "110分流：报警人反映", "公安机关移交：")
_SENSOR = ("物联感知设备告警：", "监测终端报警：", "智能感知上报：")
_SENSED = (
    "读数连续三次超过阈值，请现场核实",
    "设备状态异常，已自动复测一次仍报警",
    "告警持续十五分钟未解除",
)
_INSPECT = ("市级督查发现，", "联合检查发现，", "月度考评抽查发现，", "“回头看”检查发现，")

NOTES: dict[str, tuple[str, ...]] = {
    "verify": ("现场核实，情况属实，已拍照", "到场查看，问题属实", "经核实，与反映情况一致", "已到现场，属实，位置已校正", "核实属实，建议尽快派遣"),
    "not_true": ("到场核实，现场未发现所反映的问题", "经现场查看，问题已自行消除", "核实为同一处已处理完毕的问题", "现场为正常作业，不属于立案范围"),
    "refuse": ("经核实不属实，不予立案，已电话告知", "不符合立案条件，不予立案", "现场已无此问题，不予立案", "属于法律规定的其他途径，已告知办理渠道", "反映位置不清且无法联系，暂不立案"),
    "register": ("符合立案条件，予以立案", "资料齐全，立案", "按标准立案", "核实属实，立案交办", ""),
    "dispatch": ("", "", "请按时限办理", "请尽快到场处置", "按权责清单派遣"),
    "override": ("该处为移交管养路段，由此单位负责", "与属地协商后由该单位先行处置", "权属调整，按最新分工派遣"),
    "accept": ("收到，已安排人员", "", "已接收，安排处置", "收到，即刻前往"),
    "send_back": ("不属于我单位管养范围，退回重新派遣", "经查该设施权属为其他单位，建议改派", "位置在邻镇辖区内，请核对", "需由主管部门牵头，我单位可协办"),
    "to_clerk": ("立案标准选错，请更正", "位置描述与坐标不符，请更正", "事项小类有误，请更正后再派"),
    "correct": ("已更正立案标准", "已校正位置和事项", "已更正"),
    "raise_up": ("涉及市管设施，提请市级协调", "跨镇街问题，上报市中心派遣", "需市级部门处置，上报"),
    "fail_check": ("现场仍有残留，返工", "修复不平整，需重新处理", "问题仅部分解决，退回返工", "照片与现场不符，返工"),
    "pass_check": ("现场核查，已处理到位", "核查通过", "已恢复原状，核查合格", "到场核查，问题已消除", "核查通过，周边无反弹"),
    "rework": ("处置照片不清晰，请补充处理", "未按结案标准完成，退回返工"),
    "close": ("符合结案条件，结案", "核查通过，予以结案", "同意结案", "结案", ""),
    "urge": ("请加快办理", "即将到期，请抓紧", "群众再次来电催促，请尽快处置", "已临近时限，请及时处置"),
    "supervise": ("多次反映未解决，列入督办", "超时未办结，黄牌督办", "涉及公共安全，挂牌督办", "领导关注件，请每日报进展"),
    "ask_extension": ("需采购配件，申请延期", "连续降雨无法施工，申请延期", "需协调产权单位，申请延长时限", "正在走维修资金审批流程，申请延期"),
    "approve_first": ("同意", "情况属实，同意", "同意上报"),
    "approve_extension": ("同意延期一次", "理由充分，同意", "同意"),
    "refuse_ask": ("理由不充分，请按时办结", "不同意延期，请增派人手"),
    "ask_suspension": ("列入年度改造计划，申请挂账", "涉及征拆，短期无法实施，申请挂账", "待雨季结束后统一修复，申请挂账"),
    "suspend": ("同意挂账，到期前报进展", "同意，落实临时防护措施"),
    "void": ("测试上报，作废", "重复录入，作废", "上报人误操作，作废"),
    "merge": ("与已立案件为同一问题，并案处理", "同一位置同一事项，并案"),
    "reopen": ("反映人称问题反弹，重新交办", "回访不满意，重办", "处理后两天又出现同样问题，要求重办"),
    "follow_up": ("电话回访，反映人表示满意", "已回访，反映人认可处理结果", "回访：基本满意，希望加强日常巡查", "回访：对处理速度表示满意"),
    "hand_over": ("今日轮休，转同事跟进", "负责片区调整，转交"),
    "note": ("已联系产权单位，约定明日到场", "已到现场勘查，正在组织材料", "已电话告知反映人进展", "天气原因推迟，预计明天完成"),
    "invite": ("请协助现场交通疏导", "请配合核实权属", "请共同到场处置"),
    "answer": ("已派员配合到场", "经核，权属无异议，配合完成"),
    "rate_3": ("处理很快，赞", "解决了，谢谢", "", "", "非常及时", "第二天就修好了"),
    "rate_2": ("修是修了，不够平整", "清理了一部分", "速度还可以，希望不要反弹", "有改善，还不彻底"),
    "rate_1": ("没有解决，还是老样子", "只是来看了一下，问题还在", "过两天又一样了"),
}  # fmt: skip
_LEADING = re.compile(r"^[（(]?[一二三四五六七八九十0-9]+[)）、.．]\s*")


def detail(chance: random.Random, counts: str, item: str) -> str:
    """Return what is wrong, in the words of the standard: one of its cases, without its tail."""
    cases = [
        _LEADING.sub("", case).strip() for case in re.split(r"[；;\n]", counts) if case.strip()
    ]
    case = chance.choice(cases) if cases else item
    case = case.rstrip("。.").removesuffix("的")
    first = re.split(r"[，,]", case)
    if len(first) > 1 and len(first[0]) >= 6 and chance.random() < 0.4:
        case = first[0].removesuffix("的")
    return case


def where(chance: random.Random, subject: Subject, door: str, name: str) -> str:
    """Say the place as people do: a shop by its name, a hole by the door it lies before."""
    if subject.place == STREET:
        return f"{door}{chance.choice(_NEAR)}"
    inside = chance.choice(_INSIDE[subject.place])
    return f"{name if name.startswith(door) else f'{door}{name}'}{inside}"


def report(
    chance: random.Random,
    *,
    source: str,
    item: str,
    counts: str,
    place: str,
    subject: Subject,
    is_urgent: bool,
) -> tuple[str, str]:
    """Write one report in the tone of its source; return what is wrong, and the whole text."""
    wrong = _sentence(chance, item, detail(chance, counts, item), place)
    if source == "portal":
        return wrong, _portal(chance, wrong, subject, _JUST if is_urgent else _SINCE)
    return wrong, _TONES[source](chance, wrong, subject)


def _sentence(chance: random.Random, item: str, wrong: str, place: str) -> str:
    if item in wrong or wrong in item:
        return f"{place}{item if wrong in item else wrong}"
    pattern = chance.choice(
        (
            "{place}{item}，{wrong}",
            "{place}{wrong}（{item}）",
            "{place}{item}：{wrong}",
            "{place}{wrong}",
        )
    )
    return pattern.format(place=place, item=item, wrong=wrong)


def _portal(chance: random.Random, wrong: str, subject: Subject, since: tuple[str, ...]) -> str:
    parts = [f"{wrong}。" if chance.random() < 0.8 else f"{chance.choice(_HELLO)}{wrong}。"]
    if chance.random() < 0.55:
        parts.append(f"{chance.choice(since)}，{chance.choice(subject.worries)}。")
    elif chance.random() < 0.6:
        parts.append(f"{chance.choice(subject.worries)}。")
    if chance.random() < 0.5:
        parts.append(f"{chance.choice(_PLEASE)}。")
    if chance.random() < 0.12:
        parts.append(f"{chance.choice(_LOOK)}。")
    return "".join(parts)


def _patrol(chance: random.Random, wrong: str, subject: Subject) -> str:
    where_to = STREET if subject.place == STREET else ""
    opening = chance.choice(_PATROL[where_to]) if chance.random() < 0.5 else ""
    return f"{opening}{wrong}。{chance.choice(_MEASURE[where_to])}。"


def _hotline(chance: random.Random, wrong: str, subject: Subject) -> str:
    return (
        f"{chance.choice(_CALL)}{wrong}，{chance.choice(subject.worries)}，{chance.choice(_WANT)}。"
    )


def _counter(chance: random.Random, wrong: str, subject: Subject) -> str:
    return f"{chance.choice(_COUNTER)}{wrong}。{chance.choice(subject.worries)}。"


def _police(chance: random.Random, wrong: str, subject: Subject) -> str:
    return f"{chance.choice(_POLICE)}{wrong}，{chance.choice(subject.worries)}。不涉及警情，转请处置并回访。"


def _sensor(chance: random.Random, wrong: str, subject: Subject) -> str:
    del subject
    return f"{chance.choice(_SENSOR)}{wrong}。{chance.choice(_SENSED)}。"


def _inspection(chance: random.Random, wrong: str, subject: Subject) -> str:
    return f"{chance.choice(_INSPECT)}{wrong}。{chance.choice(subject.worries)}，请限期整改并举一反三。"


_TONES = {
    "patrol": _patrol,
    "12345": _hotline,
    "counter": _counter,
    "110": _police,
    "sensor": _sensor,
    "inspection": _inspection,
}


def note(chance: random.Random, name: str) -> str:
    return chance.choice(NOTES[name])
