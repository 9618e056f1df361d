"""
Hides in a resident's words what points at a person: numbers, plates, rooms, names found by patterns.

It suggests; a person decides. It would rather hide too much.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MARK = "＊＊"
LONGEST_STREET = 60
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范"
    "石廖贾夏韦付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁"
    "岳翟申殷詹耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝游辛欧管柴蒙鲍华喻祁房滕屈饶解牟尤阳时穆农"
    "司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘"
)
_DOUBLE = "欧阳|司徒|上官|诸葛|司马|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐"
_SURNAME = f"(?:{_DOUBLE}|[{_SURNAMES}])"
_HONOUR = "(?:先生|女士|小姐|太太|师傅|老师|医生|护士|老板|经理|主任|书记|局长|科长|队长|警官|阿姨|阿婆|大妈|大爷|大叔|大哥|大姐|叔叔|奶奶|爷爷|同学|某某|某)"
_CUE = "(?:姓名|名字叫|名叫|我叫|他叫|她叫|叫做|联系人|户主|业主|房东|租客|租户|店主|老板|车主|司机|当事人|举报人|投诉人|邻居|负责人|经办人|网格员)"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


@dataclass(frozen=True)
class Hidden:
    """The words that are left, and what kinds of thing were hidden in them."""

    text: str
    kinds: tuple[str, ...]


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"(?:https?://|www\.)[^\s，。；）)]+", re.I)),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("identity", re.compile(r"(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?[01]\d[0-3]\d[ -]?\d{3}[\dXx](?!\d)")),
    ("card", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")),
    ("identity", re.compile(r"(?<!\d)[1-9]\d{14}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9](?:[ -·.]?\d){9}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)(?:0\d{2,3}[ -]?)?[2-9]\d{2,3}[ -]?\d{4}(?!\d|年|元|米|平)")),
    ("account", re.compile(r"(?:微信|wechat|vx|qq|抖音|小红书)号?[：: 是为]{0,2}[A-Za-z0-9_-]{5,24}", re.I)),
    ("plate", re.compile(rf"[{_PROVINCES}][ ]?[A-HJ-NP-Z][ ·•.-]?(?:[A-HJ-NP-Z0-9][ ]?){{4,5}}[A-HJ-NP-Z0-9挂学警港澳]", re.I)),
    ("room", re.compile(r"\d{1,3}\s?(?:号楼|栋|幢|座|单元|梯)\s?[A-Za-z]?\d{0,4}\s?(?:号楼|单元|梯)?\s?[A-Za-z]?\d{0,4}\s?(?:室|房|号房|户|楼)?")),
    ("room", re.compile(r"(?<![\dA-Za-z])[A-Za-z]?\d{3,4}\s?(?:室|房|号房|户)(?!屋|地)")),
    ("house", re.compile(r"(?<=[路街巷道村坊里弄])\s?\d{1,5}(?:[-—之]\d+)?\s?号")),
    ("name", re.compile(rf"(?<=姓名)[：: 是为]{{0,2}}{_SURNAME}[\u4e00-\u9fff]{{1,2}}")),
    ("name", re.compile(rf"(?<={'|'.join(['我叫'])})[：: ]?{_SURNAME}[\u4e00-\u9fff]{{1,2}}")),
    ("name", re.compile(rf"{_SURNAME}[\u4e00-\u9fff]?{_HONOUR}")),
    ("name", re.compile(r"(?:老|小|阿)[" + _SURNAMES + r"](?![\u4e00-\u9fff]{0,1}(?:路|街|村|巷|桥|河|区|镇))")),
)  # fmt: skip
_AFTER_CUE = re.compile(rf"({_CUE}[：:是为叫 ]{{0,2}})({_SURNAME}[\u4e00-\u9fff]{{1,2}})")
# Common words that begin with a letter that is a surname too.
_NO_NAME = re.compile(
    r"^(?:和|时|应|成|方|向|常|于|万|关|连|全|明|任|单|安|高|文|成|解|管|包|边|师傅|房|车|石|路|石头|黄色|白色|蓝色|金属|马路|余下|严重|温度|何时|何人|许多|曾经|毛病|江|林|叶|田|沙|华|古|吉|左|右|谷|盛|曲|游|简|项|商|宫|费|冷|席|米|时候|应该|任何|全部|连续|常常|方便|向|包括|管理|经常)"
)


def hide(text: str) -> Hidden:
    """Return the text with MARK where something may point at a person."""
    kinds: list[str] = []

    def after_cue(match: re.Match[str]) -> str:
        if _NO_NAME.match(match[2]):
            return match[0]
        kinds.append("name")
        return match[1] + MARK

    for kind, pattern in _PATTERNS:
        text, count = pattern.subn(MARK, text)
        kinds += [kind] * bool(count)
    text = _AFTER_CUE.sub(after_cue, text)
    return Hidden(text, tuple(dict.fromkeys(kinds)))


def neutral_title(*, item: str, place: str) -> str:
    """Return a title of the item and the place alone: nothing in it comes from a person."""
    return f"{item}（{place}）" if place else item


_NUMBERED = re.compile(
    r"(?:\d+|[一二三四五六七八九十百]+)(?:[-—之]\d+)*\s?(?:号|弄|栋|幢|座|单元|室|房|楼|层|铺).*$"
)
_KINDS = "大道|路|街|巷|道|桥|广场|公园|市场|河|涌|渠|湖|立交|高速|隧道|站"
_STREET = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{1,12}}?(?:{_KINDS})")
_AREA = re.compile(
    r"^[\u4e00-\u9fff]{1,6}?(?:省|市|镇|街道|社区|居委会|村委会)(?=[\u4e00-\u9fff]{2})"
)


def street_of(address: str, *, areas: Sequence[str] = ()) -> str:
    """Return the last street or public place an address names, without its number and areas; "" for none."""
    plain = _NUMBERED.sub("", hide(address).text.replace(MARK, " ")).strip()
    for area in areas:
        plain = plain.removeprefix(area)
    while (shorter := _AREA.sub("", plain)) != plain:
        plain = shorter
    parts = re.split(r"(?<=[路道街巷])[与和及]|[、，, ]", plain)
    found = [street for part in parts for street in _STREET.findall(part) if len(street) > 1]
    return found[-1][:LONGEST_STREET] if found else ""
