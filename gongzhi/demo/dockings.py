"""What goes between mediation and the courts in the demonstration: cases, results, confirmations, the wages' arbitration."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.demo import court, tables
from gongzhi.demo.seeds import dice
from gongzhi.disputes import actions as disputes
from gongzhi.disputes import queries as disputes_told
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.docking import actions
from gongzhi.docking import queries as docking
from gongzhi.docking.capabilities import Can
from gongzhi.matters import actions as register
from gongzhi.matters import queries as matters
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.mediators import queries as mediators
from gongzhi.places import queries as places

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CLERK = system("综治中心窗口", *Can, *Disputes, Matters.VIEW, Matters.NOTE)
OFFICES = (
    ("court-1", "东莞市第一人民法院", "court", "东莞市南城街道宏伟路"), ("court-3", "东莞市第三人民法院", "court", "东莞市塘厦镇"),
    ("arbitration-1", "东莞市劳动人事争议仲裁院", "arbitration", "东莞市南城街道鸿福路"),
    ("procuratorate-1", "东莞市第一市区人民检察院", "procuratorate", "东莞市南城街道"), ("notary-1", "东莞市东莞公证处", "notary", "东莞市莞城街道"),
)  # fmt: skip
# cause, kind of case, days ago, what became of it, the panel, story, wish, amount
CASES = (
    ("机动车交通事故责任纠纷", "delegation", 1, "new", "invited", "路口左转与直行电动车相撞，双方对误工费和修车费有争议。", "赔偿医药费、误工费和修车费。", 18600),
    ("买卖合同纠纷", "delegation", 1, "choosing", "lawyers", "定做橱柜尺寸不符，商家要求另付改装费。", "退还定金或者按图重做。", 7400),
    ("物业服务合同纠纷", "delegation", 2, "accepted", "staff", "业主以电梯停运为由拒交两年物业费。", "按合同交纳物业费。", 5600),
    ("相邻关系纠纷", "delegation", 3, "asking", "lawyers", "楼上装修改动下水管，楼下卫生间多次渗水。", "修复并赔偿重新吊顶的费用。", 9200),
    ("追索劳动报酬纠纷", "delegation", 7, "late", "staff", "餐饮店结业，四名员工两个月工资未结清。", "支付拖欠工资。", 41200),
    ("相邻污染侵害纠纷", "delegation", 12, "running", "invited", "沿街烧烤店油烟排向二楼住户窗口。", "加装净化设备，晚十点后停止排放。", 0),
    ("赡养纠纷", "commission", 9, "running", "staff", "三兄妹对母亲的赡养费分担和轮流照顾意见不一。", "明确每月分担金额和照顾时间。", 36000),
    ("机动车交通事故责任纠纷", "commission_summary", 5, "running", "lawyers", "停车场倒车剐蹭，双方对折旧损失有争议。", "赔偿维修费和折旧损失。", 6800),
    ("继承纠纷", "delegation", 34, "settled", "invited", "父亲留下的一套住房如何分割，姐弟协商未果。", "按份分割或者折价补偿。", 820000),
    ("买卖合同纠纷", "delegation", 20, "on the spot", "staff", "二手家电送货后无法使用，商家不肯退款。", "退货退款。", 1200),
    ("离婚后财产纠纷", "delegation", 41, "failed", "lawyers", "离婚协议约定的车辆补偿款未支付，对方称已抵扣。", "支付补偿款。", 50000),
    ("医疗损害责任纠纷", "commission", 26, "refused", "invited", "手术后感染，患方认为护理不当。", "赔偿后续治疗费用。", 130000),
    ("相邻关系纠纷", "prosecution", 15, "running", "staff", "因停车引发的轻微伤害案，双方均愿意和解。", "赔礼道歉并赔偿医药费。", 5200),
)  # fmt: skip
SURNAMES, GIVEN = (
    "陈黄李梁张林刘何王罗",
    ("志明", "秀珍", "伟强", "丽华", "建国", "晓燕", "永辉", "淑芬"),
)
CONFIRMED = ("application", "agreement", "proof", "identity", "contact")


def lay(*, seed: int, at: datetime) -> int:
    """Leave something in every list of docking; return how many cases there are. Needs the city's areas."""
    disputes.load_kinds()
    _offices(at)
    story = accounts.person_by_username("dispatcher")
    towns = [area.path for area in places.areas_at_level(1)]
    town = tables.areas_of(story.id)[0] if story else towns[0]
    for place, case in sorted(enumerate(CASES), key=lambda one: -one[1][2]):
        _case(place, case, town if place % 3 < 2 else towns[place % len(towns)], seed, at)
    _tie_story()
    _confirm(seed, at)
    _sue(at)
    _arbitrate(at)
    _deliver(at)
    return len(CASES)


def _offices(at: datetime) -> None:
    for code, name, kind, address in OFFICES:
        url = "http://127.0.0.1:8391/messages" if code == "court-1" else ""
        said = actions.PartnerSaid(code, name, kind, address, url)
        row = actions.keep_partner(said=said, actor=CLERK, at=at)
        actions.renew_key(partner_id=row.pk, actor=CLERK, at=at)


def _case(place: int, case: Sequence[Any], town: str, seed: int, at: datetime) -> None:
    """Let the court send a case by message, and bring it as far as its row says."""
    cause, form, days, course, panel, story, wish, amount = case
    when = at - days * DAY
    code = "procuratorate-1" if form == "prosecution" else "court-1"
    said = {
        "schema": "gongzhi.docking/1", "id": f"demo-{seed}-{place:03}-assign", "kind": "case.assign", "sent_at": when.isoformat(), "seq": 1,
        "case_number": _number(form, place, when),
        "data": {
            "form": form, "cause": cause, "area": _village(town, place), "panel": panel,
            "channel": "hall" if place % 4 == 3 else "online", "story": story, "wish": wish,
            "sides": _sides(place, seed), **({"amount": amount} if amount else {}),
            **({"appointed_at": when.isoformat()} if course != "choosing" else {}),
        },
    }  # fmt: skip
    taken = _send(code, said, when)
    if not taken.docket:
        return
    docket = int(taken.docket[1:])
    course_of: dict[str, Callable[[_Path], None]] = {
        "accepted": _accepted, "asking": _asking, "running": _running, "refused": _refuse, "settled": _settle,
        "on the spot": _on_the_spot, "failed": _fail,
    }  # fmt: skip
    if course in course_of:
        course_of[course](
            _Path(docket, matters.ids_by_number([taken.matter], CLERK)[taken.matter], when)
        )


def _tie_story() -> None:
    """Let the court's message come for the case that the counter took in on paper before."""
    known = register.known_opening("story-court")
    if known is None:
        return
    row, when = disputes_told.dispute(known.matter.pk), known.matter.reported_at + 3 * HOUR
    parties = disputes_told.parties(row.pk)
    said = {
        "schema": "gongzhi.docking/1", "id": "demo-story-court-assign", "kind": "case.assign", "sent_at": when.isoformat(), "seq": 1,
        "case_number": known.matter.outside_number,
        "data": {
            "form": "delegation", "cause": "机动车交通事故责任纠纷", "area": row.area_path, "panel": "invited", "channel": "hall",
            "story": row.story, "wish": row.wish, "appointed_at": row.opened_at.isoformat(), "amount": float(row.amount or 0),
            "sides": [{"side": party.side, "name": party.name, "nature": party.nature, "phone": party.phone, "agrees": True} for party in parties],
        },
    }  # fmt: skip
    _send("court-1", said, when)


def _number(form: str, place: int, when: datetime) -> str:
    if form == "prosecution":
        return f"东检一区检调〔{when.year}〕{31 + place}号"
    return (
        f"（{when.year}）粤1971{'诉前调' if form == 'delegation' else '民初'}{4208 + place * 37}号"
    )


def _village(town: str, place: int) -> str:
    villages = places.children(town)
    return villages[place % len(villages)].path if villages else town


def _sides(place: int, seed: int) -> list[dict[str, Any]]:
    chance = dice(seed, "docking", place)
    names = [chance.choice(SURNAMES) + chance.choice(GIVEN) for _side in range(2)]
    return [
        {"side": side, "name": name, "phone": f"1380000{7000 + place * 10 + n}", "agrees": True}
        for n, (side, name) in enumerate(zip(("applicant", "respondent"), names, strict=True))
    ]


def _send(code: str, said: dict[str, Any], at: datetime) -> actions.Taken:
    partner = docking.partner_by_code(code)
    body = json.dumps(said, ensure_ascii=False).encode()
    header = docking.signature_header(partner.key, moment=int(at.timestamp()), body=body)
    return actions.take(partner_code=code, body=body, signature=header, at=at)


def _made(deed: Callable[..., Any], **said: Any) -> Any:
    """Do a deed; what the day's calendar or the city's size does not allow is left out."""
    try:
        return deed(**said)
    except (Refused, Invalid, OutOfReach):
        return None


@dataclass
class _Path:
    """The way of one case: its docket, its dispute, and what time it is there."""

    docket: int
    matter: int
    now: datetime

    def move(self, name: str, *, by: timedelta = HOUR, facts: Mapping[str, Any] | None = None, **values: Any) -> None:  # fmt: skip
        """Make a move of the dispute; the court's case follows it."""
        self.now += by
        lead = register.move(matter_id=self.matter, move=name, values=values, actor=CLERK, at=self.now, facts=facts).lead_unit_id  # fmt: skip
        note = str(values.get("reason") or values.get("note") or "")
        actions.follow(matter_id=self.matter, move=name, note=note, lead_unit=lead, at=self.now)


def _accepted(path: _Path) -> None:
    """The body has taken the case; the other side is still to be reached."""
    _made(actions.finish, docket_id=path.docket, step="accept", actor=CLERK, at=path.now + 5 * HOUR)
    _sent_to_a_body(path)


def _asking(path: _Path) -> None:
    _sent_to_a_body(path)


def _sent_to_a_body(path: _Path) -> None:
    row = disputes_told.dispute(path.matter)
    kind = disputes_told.kind_of(row)
    body = mediators.bodies_for(row.kind_code, row.area_path, body_kind=kind.body_kind)[0]
    path.move(
        "triage",
        by=2 * HOUR,
        body=body.id,
        settle_level="town",
        note="法院已征得双方同意，分流调解。",
    )


def _running(path: _Path) -> None:
    """Accepted, everybody reached, a mediator appointed: the mediation runs."""
    _sent_to_a_body(path)
    path.move("consent")
    version = disputes_told.rights_notice(on=timezone.localdate(path.now)).version
    for party in disputes_told.principals(path.matter):
        disputes.sign_notice(
            party_id=party.pk, version=version, how="paper", actor=CLERK, at=path.now
        )
    people = [one for one, _words in disputes_told.mediator_choices(path.matter, on=timezone.localdate(path.now))]  # fmt: skip
    path.move("appoint", by=4 * HOUR, mediators=people[:1], chosen_by="court")


def _refuse(path: _Path) -> None:
    why = "需医疗损害鉴定，超出本会调解员擅长领域，建议委托医调委。"
    _made(actions.refuse, docket_id=path.docket, reason=why, actor=CLERK, at=path.now + DAY)
    path.move("decline", by=DAY + HOUR, reason=why, routes=["suit"])


def _settle(path: _Path) -> None:
    _running(path)
    told = "住房归姐姐所有，姐姐分两期向弟弟支付补偿款 41 万元。"
    path.move("settle", by=14 * DAY, outcome="written", note=told)
    path.move("take_effect", by=DAY, facts={"agreement": "双方签字盖章"}, note=told)


def _on_the_spot(path: _Path) -> None:
    _running(path)
    path.move(
        "settle_orally",
        by=6 * DAY,
        is_done="yes",
        note="商家当场退款 1200 元并自行取回家电，双方再无争议。",
    )
    path.move("performed", by=HOUR, note="转账记录当面核对。")


def _fail(path: _Path) -> None:
    _running(path)
    why = "对方坚持以抚养费抵扣，三次调解差距仍超过三万元。"
    path.move("terminate", by=20 * DAY, ground="divergence", reason=why, routes=["suit"])


def _confirm(seed: int, at: datetime) -> None:
    """Bring written agreements that are in force to the court: the first confirmed, the second asked for, the rest open."""
    rows = tables.run(
        "SELECT d.matter_id, d.effective_at FROM disputes_dispute d JOIN matters_matter m ON m.id = d.matter_id WHERE d.effective_at IS NOT NULL AND d.outcome IN ('written', 'partial') ORDER BY m.source = 'court' DESC, d.effective_at DESC, d.matter_id LIMIT 8"
    )
    partner = docking.partner_by_code("court-1")
    for place, (matter_id, effective) in enumerate(rows):
        actions.follow(matter_id=matter_id, move="take_effect", note="", lead_unit=None, at=effective)  # fmt: skip
        if place > 1:
            continue
        number = matters.standing(matter_id).number
        said = actions.Application("confirmation", partner.pk, number, venue="organisation")
        docket = _made(actions.open_application, said=said, actor=CLERK, at=min(effective + DAY, at))  # fmt: skip
        if docket is None:
            continue
        papers = CONFIRMED if place == 0 else CONFIRMED[:3]
        _made(actions.prepare, docket_id=docket.pk, materials=papers, bars=[], venue="organisation", actor=CLERK, at=at)  # fmt: skip
        _made(actions.finish, docket_id=docket.pk, step="apply", note="双方共同申请", actor=CLERK, at=min(effective + 2 * DAY, at))  # fmt: skip


def _sue(at: datetime) -> None:
    """One written agreement was not kept: a side sued on it, and the court upheld it."""
    found = tables.run(
        "SELECT d.matter_id, d.effective_at FROM disputes_dispute d WHERE d.outcome = 'written' AND d.performed_on IS NULL"
        " AND d.effective_at < %s ORDER BY d.amount DESC NULLS LAST, d.matter_id LIMIT 1", [at - 20 * DAY]
    )  # fmt: skip
    for matter_id, effective in found:
        partner = docking.partner_by_code("court-3")
        said = actions.Application("suit", partner.pk, matters.standing(matter_id).number)
        docket = _made(actions.open_application, said=said, actor=CLERK, at=effective + 8 * DAY)
        if docket is None:
            return
        papers = [one.code for one in docking.materials("suit")]
        _made(actions.prepare, docket_id=docket.pk, materials=papers, bars=[], venue="", actor=CLERK, at=effective + 8 * DAY)  # fmt: skip
        for step, days, decision in (("apply", 9, ""), ("accept", 12, ""), ("judge", 19, "upheld")):
            _made(actions.finish, docket_id=docket.pk, step=step, decision=decision, actor=CLERK, at=effective + days * DAY)  # fmt: skip


def _arbitrate(at: datetime) -> None:
    """Let what mediation left of a wages' dispute go on to arbitration, on the same file."""
    found = tables.run(
        "SELECT d.matter_id, m.changed_at FROM disputes_dispute d JOIN matters_matter m ON m.id = d.matter_id WHERE d.kind_code LIKE 'labour%%' AND d.outcome IN ('partial', 'none') ORDER BY d.outcome DESC, d.people_count DESC, d.matter_id LIMIT 1"
    )
    for matter_id, changed in found:
        number = matters.standing(matter_id).number
        partner = docking.partner_by_code("arbitration-1")
        start = min(changed, at - 6 * DAY)
        said = actions.Application("arbitration", partner.pk, number, since=start - 60 * DAY)
        docket = _made(actions.open_application, said=said, actor=CLERK, at=start)
        if docket is None:
            return
        papers = ["application", "identity", "evidence", "mediation", "representatives"]
        _made(actions.prepare, docket_id=docket.pk, materials=papers, bars=[], venue="", actor=CLERK, at=start)  # fmt: skip
        _made(actions.finish, docket_id=docket.pk, step="apply", note="推举五名代表提出", actor=CLERK, at=start + DAY)  # fmt: skip
        case = f"东劳人仲案字〔{at.year}〕2187号"
        _made(actions.finish, docket_id=docket.pk, step="accept", number=case, actor=CLERK, at=start + 3 * DAY)  # fmt: skip
        heard = timezone.localtime(at + 16 * DAY).replace(hour=9, minute=30, second=0)
        _made(
            actions.set_hearing,
            docket_id=docket.pk,
            on=heard,
            place="仲裁院第三庭",
            actor=CLERK,
            at=at,
        )


def _deliver(at: datetime) -> None:
    """Let the court take our messages in process and act on them, as the program beside the demonstration does later."""
    partner = docking.partner_by_code("court-1")
    simulated = court.Court(partner.code, partner.key, partner.name)
    for _round in range(3):
        actions.send_waiting(at=at, post=court.in_process(simulated, at=at))
        if not court.answer_waiting(simulated, at=at):
            return
