"""The one answer set in words: what every paper is filled from, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongzhi.agreements import queries as agreements
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers.models import Dossier, Review
from gongzhi.matters import queries as matters

BASES = {
    "application": "当事人申请",
    "initiative": "调解组织主动调解",
    "referral": "移送、委派或委托",
}
TAKEN_UP = {"application": "向{body}申请调解", "initiative": "由{body}主动调解"}
REFERRERS = {
    "court": "法院委派或委托", "police": "公安机关移送", "petition": "信访部门移送", "legal_aid": "法律援助机构移送",
    "procuratorate": "检察机关移送", "arbitration": "仲裁机构移送", "hotline": "12345 热线转办", "notary": "公证机构移送",
}  # fmt: skip
OUTCOMES = {
    "written": "达成书面调解协议", "oral": "达成口头调解协议", "partial": "部分达成调解协议", "none": "未达成协议，终止调解",
    "refused": "一方当事人拒绝调解，终止调解", "withdrawn": "当事人撤回申请，终止调解",
}  # fmt: skip
CAPACITIES = {"guardian": "法定代理人", "agent": "委托代理人", "representative": "代表人"}
SATISFIED = {3: "满意", 2: "基本满意", 1: "不满意"}
TALKS = frozenset({
    "appoint", "recuse", "agree_to_extend", "begin_appraisal", "end_appraisal", "settle", "settle_orally", "talk_again", "terminate",
    "withdraw", "stop_refused", "note",
})  # fmt: skip


@dataclass(frozen=True)
class Note:
    at: datetime
    words: str
    by: str


@dataclass(frozen=True)
class Answers:
    """Words by placeholder, and what stands in lists."""

    matter_id: int
    opened_on: date
    values: Mapping[str, str]
    sides: Sequence[Any]  # agreements' Who, names in full
    mediators: Sequence[str]
    outcome: str
    agreement: Mapping[str, Any]
    notes: Mapping[str, Sequence[Note]]
    routes: Sequence[str]
    dues: Sequence[tuple[str, Any]] = field(default_factory=tuple)


def day(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{local.year}年{local.month}月{local.day}日"


def minute(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{day(moment)}{local.hour}时{local.minute:02d}分"


def answers_of(matter_id: int) -> Answers:
    """Return what the papers of a dispute say. Names in full: open the file before."""
    row, told = disputes.dispute(matter_id), disputes.answers_for_papers(matter_id)
    lines = list(reversed(matters.timeline(row.matter)))
    agreement = agreements.as_signed(matter_id)
    sides = agreements.sides_of(matter_id)
    kept = Dossier.objects.filter(pk=matter_id).first()
    values = {
        **_of_dispute(row, told), **_of_course(row, lines), **_of_agreement(matter_id, row, agreement), **_of_file(row, kept),
        **_of_sides(sides, _kind(row)),
    }  # fmt: skip
    clauses = list(agreement.get("clauses", ()))
    return Answers(
        matter_id, timezone.localdate(row.matter.reported_at), values, sides, list(told["mediators"]) or _appointed(lines), row.outcome, agreement, _notes(lines),
        [words for code, words in disputes.routes().items() if code in row.routes_told],
        [(clauses[due.clause - 1] if due.clause <= len(clauses) else "", due) for due in agreement.get("dues", ())],
    )  # fmt: skip


def _of_sides(sides: Sequence[Any], kind: str) -> dict[str, str]:
    """Return the sides in words; whoever speaks for one stands with it and is not counted."""
    own = [who for who in sides if who.represents is None]
    first = own[0].name if own else ""
    return {
        "names": "、".join(_with_agents(who, sides) for who in own),
        "file_title": f"{first}等{len(own)}人{kind}纠纷调解卷",
    }


def _with_agents(who: Any, sides: Sequence[Any]) -> str:
    agents = [f"{CAPACITIES.get(one.capacity, '代理人')}{one.name}" for one in sides if one.represents == who.seq]  # fmt: skip
    return f"{who.name}（{'、'.join(agents)}）" if agents else who.name


def _kind(row: Any) -> str:
    kind = disputes.kind_at(row.kind_code, on=timezone.localdate(row.matter.reported_at))
    return str(kind.name).removesuffix("纠纷")


def _of_dispute(row: Any, told: Mapping[str, Any]) -> dict[str, str]:
    source = BASES.get(row.basis, "")
    referrer = REFERRERS.get(row.referred_by, "")
    return {
        "number": row.matter.number, "opened": day(row.matter.reported_at), "kind": f"{_kind(row)}纠纷", "source": referrer or source,
        "referrer": referrer.removesuffix("移送").removesuffix("委派或委托").removesuffix("转办"),
        "taken_up": TAKEN_UP.get(row.basis, "由{body}受理").format(body=row.body.name if row.body else "本组织"),
        "outside_number": row.matter.outside_number, "body": row.body.name if row.body else "", "people": f"{row.people_count}人",
        "amount": f"{row.amount:,.2f}元" if row.amount else "无", "mediators": "、".join(told["mediators"]), "address": row.matter.address,
        "story": row.story, "wish": row.wish, "openness": "公开" if row.is_open else "不公开",
    }  # fmt: skip


def _of_course(row: Any, lines: Sequence[Any]) -> dict[str, str]:
    began = next((line.at for line in lines if line.move == "appoint"), None)
    visit = next((line for line in reversed(lines) if line.move == "visit"), None)
    ending = next((line for line in reversed(lines) if line.values.get("ground")), None)
    words = "" if not row.outcome else OUTCOMES.get(row.outcome, "") + "。"
    return {
        "agreed_on": day(row.agreed_at), "ended_on": day(ending.at) if ending else "",
        "mediated_from": minute(began), "mediated_on": day(row.agreed_at or began), "agreed": minute(row.agreed_at),
        "outcome_words": words, "outcome": OUTCOMES.get(row.outcome, ""), "ground": str(ending.values["ground"]) if ending else "",
        "visited": day(visit.at) if visit else "", "visitor": visit.who if visit else "",
        "satisfied": SATISFIED.get(row.satisfied or 0, ""), "performed": day(row.performed_on),
        "performed_words": f"协议内容已于{day(row.performed_on)}履行完毕。" if row.performed_on else "",
    }  # fmt: skip


def _of_agreement(matter_id: int, row: Any, agreement: Mapping[str, Any]) -> dict[str, str]:
    found = agreements.agreement_of(matter_id)
    until = agreements.confirm_until(found)
    return {
        "agreement_number": str(agreement.get("number", "")), "facts": str(agreement.get("facts", "") or row.story),
        "issues": str(agreement.get("issues", "")), "effect": str(agreement.get("effect", "")),
        "default": _labelled("违约责任", agreement.get("default")), "closing": _labelled("其他", agreement.get("closing")),
        "rest": _labelled("未达成一致的事项", agreement.get("rest") if agreement.get("is_partial") else ""),
        "effective": day(row.effective_at), "confirm_until": day(until),
    }  # fmt: skip


def _labelled(label: str, words: Any) -> str:
    return f"{label}：{words}" if words else ""


def _of_file(row: Any, kept: Dossier | None) -> dict[str, str]:
    review = Review.objects.filter(dossier_id=row.pk).order_by("-id").first()
    filed = kept.bound_at if kept else None
    return {
        "file_number": kept.number if kept else "", "statement": kept.statement if kept else "", "keeper": kept.kept_name if kept else "",
        "filed": day(filed), "retention": disputes.retention_name(row.retention),
        "remark": "涉及未成年人或隐私，限制查阅" if row.is_sealed else "", "checker": review.reviewer_name if review else "",
        "score": f"{review.score}分（满分7分）" if review else "", "pages": "", "attachments": "",
    }  # fmt: skip


def _appointed(lines: Sequence[Any]) -> list[str]:
    found = next((line for line in reversed(lines) if line.values.get("mediators")), None)
    return [str(name) for name in found.values["mediators"]] if found else []


def _notes(lines: Sequence[Any]) -> dict[str, list[Note]]:
    def of(moves: frozenset[str] | set[str]) -> list[Note]:
        return [Note(line.at, f"{line.label}：{line.note}", line.who) for line in lines if line.move in moves and line.note]  # fmt: skip

    orally = [line for line in lines if line.move == "settle_orally" and line.note]
    visits = [line for line in lines if line.move == "visit" and line.note]
    return {
        "talks": of(TALKS), "oral": [Note(line.at, line.note, line.who) for line in orally[-1:]],
        "visit": [Note(line.at, line.note, line.who) for line in visits], "inquiry": [],
    }  # fmt: skip


def yuan(amount: Decimal | None) -> str:
    return f"{amount:,.2f}" if amount is not None else ""
