"""The words of an agreement: what is read, printed, signed and hashed is this one text."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.agreements.rules.amounts import figures, in_words
from gongzhi.agreements.rules.terms import Obligation, Terms

HAND = "　　　　"  # to be filled by hand


@dataclass(frozen=True)
class Who:
    """A side as the agreement names it."""

    seq: int
    side: str  # applicant, respondent, third
    name: str
    is_person: bool = True
    id_number: str = ""
    address: str = ""
    phone: str = ""
    legal_person: str = ""
    is_minor: bool = False
    capacity: str = ""  # guardian, agent, representative
    represents: int | None = None  # seq of the side it speaks for
    sex: str = ""
    birth_year: int | None = None
    occupation: str = ""


SIDES = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}
CAPACITIES = {"guardian": "法定代理人", "agent": "委托代理人", "representative": "代表人"}


@dataclass(frozen=True)
class Frame:
    """What stands around the terms."""

    title: str  # 人民调解协议书
    number: str
    body: str
    sides: Sequence[Who]
    sentences: Mapping[str, str]  # kind of obligation → its sentence
    effect: str  # when it takes effect, in words
    mediators: Sequence[str] = ()


def named(seqs: Sequence[int], sides: Sequence[Who]) -> str:
    known = {who.seq: who for who in sides}
    return joined([f"{SIDES.get(known[seq].side, '')}{known[seq].name}" for seq in seqs if seq in known])  # fmt: skip


def joined(names: Sequence[str]) -> str:
    return "、".join(names)


def day_words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else HAND


def clause(one: Obligation, sides: Sequence[Who], sentences: Mapping[str, str]) -> str:
    """Write one obligation as a sentence of the agreement."""
    words = sentences[one.kind].format(
        debtors=named(one.debtors, sides) or HAND, creditors=named(one.creditors, sides) or "对方",
        what=one.what.rstrip("。；"), due=_due_words(one), manner=one.manner or HAND,
        amount=figures(one.amount) if one.amount is not None else HAND,
        in_words=in_words(one.amount) if one.amount is not None else HAND,
    )  # fmt: skip
    if one.instalments:
        parts = [
            f"第{number}期于{day_words(part.due_on)}前支付{figures(part.amount)}元"
            for number, part in enumerate(one.instalments, 1)
        ]
        words = f"{words.rstrip('。')}。分{len(parts)}期：{'；'.join(parts)}。"
    return words.replace("（）", "").replace("，。", "。").replace("。。", "。")


def _due_words(one: Obligation) -> str:
    last = max((part.due_on for part in one.instalments), default=None)
    return day_words(one.due_on or last)


def full_text(terms: Terms, frame: Frame) -> str:
    """
    Return the whole agreement as one text, in the order of 《人民调解法》 art. 29.

    What is signed is the SHA-256 of this text: the same terms give the same text on every machine.
    """
    lines = [frame.title, f"编号：{frame.number}", f"调解组织：{frame.body}"]
    lines += [_party(who, frame.sides) for who in frame.sides]
    lines += _part("纠纷的主要事实", terms.facts) + _part("争议事项及各方责任", terms.issues)
    lines.append("经调解，各方当事人自愿达成如下协议：")
    lines += [
        f"{number}. {clause(one, frame.sides, frame.sentences)}"
        for number, one in enumerate(terms.obligations, 1)
    ]
    lines += _part("违约责任", terms.default_words)
    if terms.is_partial:
        lines += _part("未达成一致的事项", terms.rest)
    lines += _part("其他", terms.closing)
    lines.append(frame.effect.format(copies=terms.copies, sides=len([w for w in frame.sides if w.represents is None])))  # fmt: skip
    if frame.mediators:
        lines.append(f"调解员：{joined(frame.mediators)}")
    return unicodedata.normalize("NFC", "\n".join(lines))


def _party(who: Who, sides: Sequence[Who]) -> str:
    role = SIDES.get(who.side, who.side)
    if who.represents is not None:
        role = f"{named([who.represents], sides)}的{CAPACITIES.get(who.capacity, '代理人')}"
    told = [who.id_number and f"证件号码 {who.id_number}", who.legal_person and f"负责人 {who.legal_person}", who.address and f"住址 {who.address}"]  # fmt: skip
    return "，".join([f"{role}：{who.name}", *[words for words in told if words]])


def _part(title: str, words: str) -> list[str]:
    return [f"{title}：{words.strip()}"] if words.strip() else []


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
