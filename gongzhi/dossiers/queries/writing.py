"""Papers from their definitions and the one answer set."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from gongzhi.disputes import queries as disputes
from gongzhi.dossiers import rules
from gongzhi.dossiers.queries.answers import CAPACITIES, Answers, Note, day, minute, yuan
from gongzhi.dossiers.queries.content import Sheet, sheets
from gongzhi.papers import queries as papers

SIDES = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}
STATES = {"open": "未履行", "done": "已履行", "excused": "对方免除"}
OF_SIDES = frozenset({"applicants", "sides", "notices", "agreement", "record"})
EMPTY_LINES = 6  # to be written by hand where nothing is recorded


def paper_of(code: str, answers: Answers, *, more: Mapping[str, str] | None = None) -> papers.Paper:
    """Return one paper of the dispute; KeyError for an unknown one."""
    sheet = sheets()[code]
    values = {**answers.values, **(more or {})}
    blocks = [block for row in sheet.blocks for block in _blocks(row, answers, values)]
    return papers.Paper(
        title=sheet.name,
        blocks=blocks,
        subtitle=_number(sheet, answers),
        foot=_foot(sheet, answers),
    )


def _number(sheet: Sheet, answers: Answers) -> str:
    if sheet.numbered == "agreement":
        return str(answers.agreement.get("number", ""))
    return answers.values["file_number"] or answers.values["number"]


def _foot(sheet: Sheet, answers: Answers) -> str:
    """The receipt and the hash stand at the foot of the agreement: a copy can be compared with the register."""
    if sheet.code != "agreement" or not answers.agreement.get("digest"):
        return f"{sheet.source}"
    receipt = answers.agreement.get("receipt")
    code = f"凭证 {receipt}　" if receipt else ""
    return f"{code}SHA-256 {answers.agreement['digest']}"


def _blocks(row: Mapping[str, Any], answers: Answers, values: Mapping[str, str]) -> Iterator[papers.Block]:  # fmt: skip
    if "to" in row:
        yield papers.Paragraph(rules.fill(row["to"], values), is_flush=True)
    elif "heading" in row:
        yield papers.Heading(rules.fill(row["heading"], values))
    elif "text" in row:
        yield from _text(row["text"], values)
    elif "form" in row:
        yield papers.Form([[(label, _short(words, values)) for label, words in pairs] for pairs in row["form"]])  # fmt: skip
    else:
        (name, what), *_rest = row.items()
        yield from LISTS[name](what, answers)


def _text(words: str, values: Mapping[str, str]) -> Iterator[papers.Block]:
    """One paragraph a line; a paragraph that is one empty value is left out."""
    if rules.PLACEHOLDER.fullmatch(words):
        told = values[words[1:-1]]
        yield from (papers.Paragraph(line) for line in told.split("\n") if line.strip())
        return
    yield papers.Paragraph(rules.fill(words, values))


def _short(words: str, values: Mapping[str, str]) -> str:
    """What stands in a form: an unknown value leaves its field empty."""
    return rules.PLACEHOLDER.sub(lambda found: values[found.group(1)], words)


def _sides(what: Any, answers: Answers) -> Iterator[papers.Block]:
    """Print each side as a form; "known" leaves out the lines nobody has filled."""
    for who in answers.sides:
        role, name = _role(who), _name(who, answers)
        if who.is_person:
            rows = [
                [(role, name), ("性别", {"f": "女", "female": "女", "m": "男", "male": "男"}.get(who.sex, who.sex))],
                [("出生年份", str(who.birth_year or "")), ("职业", who.occupation)],
                [("证件号码", who.id_number), ("联系方式", who.phone)],
                [("住址", who.address)],
            ]  # fmt: skip
        else:
            rows = [
                [(role, name)],
                [("负责人", who.legal_person), ("联系方式", who.phone)],
                [("信用代码", who.id_number), ("住所地", who.address)],
            ]
        if what == "known":
            rows = [pairs for pairs in rows if any(words for _label, words in pairs)]
        yield papers.Form(rows)


def _role(who: Any) -> str:
    return SIDES.get(who.side, "") if who.represents is None else CAPACITIES.get(who.capacity, "代理人")  # fmt: skip


def _name(who: Any, answers: Answers) -> str:
    """Return the name; of somebody who speaks for a side, that side's name too."""
    side = next((one.name for one in answers.sides if one.seq == who.represents), "")
    return f"{who.name}（代理{side}）" if side else str(who.name)


def _addresses(_what: Any, answers: Answers) -> Iterator[papers.Block]:
    for who in answers.sides:
        yield papers.Form([
            [("受送达人", who.name), ("联系电话", who.phone)],
            [("送达地址", who.address)],
            [("电子送达", "□ 同意　□ 不同意"), ("方式", "")],
        ])  # fmt: skip


def _clauses(_what: Any, answers: Answers) -> Iterator[papers.Block]:
    for number, words in enumerate(answers.agreement.get("clauses", ()), 1):
        yield papers.Paragraph(f"{number}. {words}")


def _notes(which: str, answers: Answers) -> Iterator[papers.Block]:
    found: Sequence[Note] = answers.notes.get(which, ())
    for note in found:
        yield papers.Paragraph(f"{minute(note.at)}　{note.words}" + (f"（{note.by}）" if note.by else ""))  # fmt: skip
    if not found:
        yield from (papers.Paragraph("　") for _line in range(EMPTY_LINES))


def _routes(_what: Any, answers: Answers) -> Iterator[papers.Block]:
    for number, words in enumerate(answers.routes, 1):
        yield papers.Paragraph(f"{number}. {words}")
    if not answers.routes:
        yield papers.Paragraph("可以依法通过仲裁、行政、司法等途径维护自己的权利。")


def _notice(nature: str, answers: Answers) -> Iterator[papers.Block]:
    """Print the notice of rights as it was in force when the dispute came in: one text for reading out and for paper."""
    told = disputes.rights_notice(on=answers.opened_on)
    lines = {"right": told.rights, "duty": told.duties, "note": told.notes}[nature]
    for number, (words, _source) in enumerate(lines, 1):
        end = "。" if number == len(lines) or nature == "note" else "；"
        yield papers.Paragraph(f"{number}. {words}{end}")


def _dues(_what: Any, answers: Answers) -> Iterator[papers.Block]:
    rows = [
        [str(number), words, yuan(due.amount), f"{due.due_on or ''}", STATES.get(due.state, ""), f"{due.done_on or ''}"]
        for number, (words, due) in enumerate(answers.dues, 1)
    ]  # fmt: skip
    if not rows:
        yield papers.Paragraph(answers.values["performed_words"] or rules.BLANK)
        return
    yield papers.Table(
        "", ["序号", "约定内容", "金额（元）", "期限", "履行情况", "履行日期"], rows,
        figures=frozenset({2}), widths=[0.8, 4.8, 1.5, 1.4, 1.3, 1.4],
    )  # fmt: skip


def _sign(which: str, answers: Answers) -> Iterator[papers.Block]:
    yield papers.Signing(HANDS[which](answers), "签名、盖章或按指印" if which in OF_SIDES else "")


def _hands(who_of: Callable[[Any], bool], answers: Answers, *, signed: bool = False) -> list[papers.Hand]:  # fmt: skip
    by_seq = {one["seq"]: one for one in answers.agreement.get("signatures", ()) if one["role"] == "party"}  # fmt: skip
    found = []
    for who in answers.sides:
        if not who_of(who):
            continue
        found.append(
            _hand(
                f"{_role(who)}{who.name}",
                by_seq.get(who.seq) if signed else None,
            )
        )
    return found


def _hand(label: str, signature: Mapping[str, Any] | None) -> papers.Hand:
    if signature is None:
        return papers.Hand(label)
    remark = f"凭证 {signature['receipt']}" if signature["how"] == "drawn" else "已在纸质文本上签名，见扫描件"  # fmt: skip
    return papers.Hand(label, signature["drawing"], remark, day(signature["at"]))


def _signs(who: Any) -> bool:
    return who.represents is not None or not who.is_minor


def _agreement_hands(answers: Answers) -> list[papers.Hand]:
    mediators = [one for one in answers.agreement.get("signatures", ()) if one["role"] == "mediator"]  # fmt: skip
    names = list(answers.mediators) or [""]
    theirs = [_hand(f"调解员 {name}", mediators[place] if place < len(mediators) else None) for place, name in enumerate(names)]  # fmt: skip
    sealed = answers.agreement.get("sealed_at")
    seal = papers.Hand(
        "调解组织（印章）", "", answers.values["body"] if sealed else "", day(sealed)
    )
    return [*_hands(lambda who: _signs(who) and not _is_signed_for(who, answers), answers, signed=True), *theirs, seal]  # fmt: skip


def _is_signed_for(who: Any, answers: Answers) -> bool:
    """Tell whether the side has signed by another hand, and this one left its line empty."""
    by = {one["seq"] for one in answers.agreement.get("signatures", ()) if one["role"] == "party"}
    side = who.seq if who.represents is None else who.represents
    same = {one.seq for one in answers.sides if side in (one.seq, one.represents)}
    return who.seq not in by and bool(by & same)


def _mediators(answers: Answers) -> list[papers.Hand]:
    return [papers.Hand(f"调解员 {name}".strip()) for name in answers.mediators or [""]]


HANDS: dict[str, Callable[[Answers], list[papers.Hand]]] = {
    "applicants": lambda answers: _hands(
        lambda who: who.side == "applicant" and _signs(who), answers
    ),
    "sides": lambda answers: _hands(_signs, answers),
    "notices": lambda answers: _hands(_signs, answers),
    "agreement": _agreement_hands,
    "mediator": _mediators,
    "registrar": lambda _answers: [papers.Hand("登记人"), papers.Hand("调解组织（印章）")],
    "inquiry": lambda _answers: [
        papers.Hand("被调查人"),
        papers.Hand("调查人"),
        papers.Hand("记录人"),
    ],
    "record": lambda answers: [
        *_hands(_signs, answers),
        *_mediators(answers),
        papers.Hand("记录人"),
    ],
    "visitor": lambda _answers: [papers.Hand("被回访人"), papers.Hand("回访人")],
    "body": lambda answers: [
        *_mediators(answers),
        papers.Hand(f"{answers.values['body']}（印章）"),
    ],
    "keeper": lambda _answers: [papers.Hand("立卷人"), papers.Hand("检查人")],
}
LISTS: dict[str, Callable[[Any, Answers], Iterator[papers.Block]]] = {
    "sides": _sides,
    "addresses": _addresses,
    "clauses": _clauses,
    "notes": _notes,
    "notice": _notice,
    "routes": _routes,
    "dues": _dues,
    "sign": _sign,
}
