"""
Five disputes of the story's town, lived through by its people: the walk-through of mediation.

Each has a key, so that it can be found again: `matters.actions.known_opening("story-wages")`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from gongzhi.accounts import queries as accounts
from gongzhi.base.actor import Actor
from gongzhi.demo.disputes.bodies import DemoBody
from gongzhi.demo.people import name_of
from gongzhi.demo.seeds import dice
from gongzhi.disputes import actions as disputes
from gongzhi.disputes import queries
from gongzhi.disputes.actions import Intake, Side
from gongzhi.matters import actions as register
from gongzhi.places import queries as places

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WORKERS, ABSENT_WORKERS = 23, 6
NOTICE = "2026-1"


@dataclass(frozen=True)
class Stage:
    """Who plays, where, and what time it is when the play ends."""

    counter: Actor
    clerk: Actor
    mediator: Actor
    bodies: Sequence[DemoBody]
    village: str
    at: datetime

    def body(self, kind: str) -> DemoBody:
        return next((body for body in self.bodies if kind in body.expertise), self.bodies[0])


@dataclass
class Tale:
    """One dispute under way; every deed happens after the one before."""

    stage: Stage
    body: DemoBody
    id: int
    now: datetime

    def later(self, by: timedelta) -> "Tale":
        self.now += by
        return self

    def move(self, name: str, who: Actor, *, by: timedelta = HOUR, **values: Any) -> "Tale":
        self.later(by)
        facts = values.pop("facts", None)
        register.move(matter_id=self.id, move=name, values=values, actor=who, at=self.now, facts=facts)  # fmt: skip
        return self

    def ask(
        self, subject: str = "mediation", *, only: str = "", how: str = "counter", by: timedelta = HOUR
    ) -> "Tale":  # fmt: skip
        """Put the yes of every side, or of one kind of side, on record."""
        self.later(by)
        for party in queries.principals(self.id):
            if not only or party.side == only:
                disputes.record_consent(
                    party_id=party.pk, subject=subject, answer=True, how=how, actor=self.stage.clerk, at=self.now
                )  # fmt: skip
        return self

    def to_table(self, *, chosen_by: str = "sides", place: int = 0) -> "Tale":
        """Consent of all, the rights notice signed by all, the mediator appointed."""
        clerk = self.stage.clerk
        self.ask().move("consent", clerk, by=timedelta(minutes=5))
        for party in queries.principals(self.id):
            disputes.sign_notice(party_id=party.pk, version=NOTICE, how="paper", actor=clerk, at=self.now)  # fmt: skip
        person = self.body.mediators[place][0]
        return self.move("appoint", clerk, by=timedelta(minutes=30), mediators=[person], chosen_by=chosen_by)  # fmt: skip


def tell(bodies: Sequence[DemoBody], *, at: datetime) -> int:
    """Play all of them; return how many there are."""
    cast = [_actor(name, at) for name in ("counter", "body", "mediator")]
    village = places.children(bodies[0].town)[0].path
    stage = Stage(cast[0], cast[1], cast[2], bodies, village, at)
    tales: tuple[Callable[[Stage], Tale], ...] = (neighbours, wages, medical, referred, silent)
    return len([tale(stage) for tale in tales])


def _actor(username: str, at: datetime) -> Actor:
    person = accounts.person_by_username(username)
    assert person is not None
    return accounts.actor_for(person.id, at)


def _open(stage: Stage, key: str, *, days: float, body: DemoBody, grade: str, **said: Any) -> Tale:
    """Enter the dispute so many days ago and have the centre send it to a body within two hours."""
    at = stage.at - DAY * days
    values = {"area_path": stage.village, "source": "counter"} | said
    row = disputes.open_dispute(intake=Intake(**values), actor=stage.counter, at=at, key=f"story-{key}")  # fmt: skip
    tale = Tale(stage, body, row.pk, at)
    return tale.move("triage", stage.counter, by=2 * HOUR, body=body.id, grade=grade, settle_level="town", note="材料齐全，分流办理。")  # fmt: skip


def _person(side: str, name: str, last: int, **said: Any) -> Side:
    # Numbers that begin with 100 are given to nobody: a text message could never reach a person.
    return Side(side=side, name=name, phone=f"1000000{last:04d}", **said)


def neighbours(stage: Stage) -> Tale:
    """Settled orally on the spot within a day, paid at once, followed up."""
    tale = _open(
        stage, "neighbours", days=6, body=stage.bodies[0], grade="simple", kind_code="neighbour.water", address="宏图路 8 号 3 栋住宅楼",
        story="601 卫生间防水层老化，渗水浸湿 501 天花板，双方对维修费用意见不一。", wish="修复渗漏并赔偿天花板粉刷费用。", amount=Decimal(800),
        sides=[_person("applicant", "梁玉梅", 1, address="宏图路 8 号 3 栋 501"), _person("respondent", "黎国强", 2, address="宏图路 8 号 3 栋 601")],
    )  # fmt: skip
    tale.to_table().move("settle_orally", stage.mediator, by=2 * HOUR, is_done="yes", note="601 当场支付粉刷费 800 元，当日完成防水修补，501 不再主张其他费用。")  # fmt: skip
    tale.move("performed", stage.clerk, note="现金当面付清，收条入卷。")
    return tale.move("visit", stage.clerk, by=3 * DAY, satisfied="3", note="回访：未再渗水，邻里关系恢复。")  # fmt: skip


def wages(stage: Stage) -> Tale:
    """23 workers: the wages are settled, six go to arbitration with their overtime."""
    chance = dice(0, "story", "wages")
    workers = [
        _person("applicant", name_of(chance), 100 + n, occupation="建筑工人") for n in range(WORKERS)
    ]  # fmt: skip
    firm = _person("respondent", "东莞市宏筑劳务有限公司", 99, nature="organisation", legal_person="邓志荣", address="鸿福路 92 号")  # fmt: skip
    tale = _open(
        stage, "wages", days=13, body=stage.body("labour"), grade="major", kind_code="labour.wages", address="西平路综合楼工地",
        story="综合楼主体封顶后，劳务公司拖欠班组 23 人三个月工资，称总包未拨付进度款。", wish="足额支付拖欠工资及加班费。",
        sides=[*workers, firm], amount=Decimal(618_400), people_count=WORKERS + 1,
    )  # fmt: skip
    tale.to_table(chosen_by="body").move(
        "settle", stage.mediator, by=5 * DAY, outcome="partial", routes=["labour_arbitration"],
        note=f"{WORKERS} 人工资 618,400 元约定期限支付；其中 {ABSENT_WORKERS} 人的加班费未达成一致，已告知可申请劳动人事争议仲裁。",
    )  # fmt: skip
    return tale.move("take_effect", stage.mediator, by=4 * HOUR, facts={"agreement": "23 人签字、公司盖章"}, note="各方签字盖章，加盖调解组织印章。")  # fmt: skip


def medical(stage: Stage) -> Tale:
    """An appraisal whose time does not count, then more time by everybody's agreement; still at the table."""
    tale = _open(
        stage, "medical", days=52, body=stage.body("medical"), grade="major", kind_code="medical.treatment", address="体育路社区医院",
        story="患者左膝手术后活动受限，认为术前风险告知不足；院方认为属于术后正常恢复过程。", wish="查明原因，承担康复费用并适当补偿。",
        sides=[_person("applicant", "温慧芳", 201), _person("respondent", "南城莲湖医院", 202, nature="organisation", legal_person="卢润生")], amount=Decimal(96_000),
    )  # fmt: skip
    tale.to_table().move("begin_appraisal", stage.mediator, by=6 * DAY, reason="双方共同委托医学会鉴定，期间不计入调解期限。")  # fmt: skip
    tale.move("end_appraisal", stage.mediator, by=21 * DAY, note="鉴定意见书已送达双方。").ask("extension", by=10 * DAY)  # fmt: skip
    return tale.move("agree_to_extend", stage.mediator, reason="双方同意就康复费用继续协商。")


def referred(stage: Stage) -> Tale:
    """Sent by the court before a suit; agreed, signed and in force: the sides may ask for confirmation."""
    tale = _open(
        stage, "court", days=18, body=_court_room(stage), grade="ordinary", kind_code="traffic.injury", source="court", basis="referral", referred_by="court",
        outside_number="（2026）粤1971诉前调20518号", address="新城路与元美路交叉口",
        story="电动自行车与小型汽车在路口相撞，电动自行车驾驶人骨折，交警认定双方同等责任，对误工费计算有争议。", wish="赔偿医疗费、误工费共 32,000 元。",
        sides=[_person("applicant", "钟伯泽", 301), _person("respondent", "莫文辉", 302), _person("third", "粤安财产保险东莞支公司", 303, nature="organisation")], amount=Decimal(32_000), people_count=3,
    )  # fmt: skip
    tale.to_table(chosen_by="court").move("settle", stage.mediator, by=6 * DAY, outcome="written", note="保险公司在交强险范围内先行支付，余额由双方按责任分担。")  # fmt: skip
    return tale.move("take_effect", stage.mediator, by=DAY, facts={"agreement": "三方签字盖章"}, note="协议生效，已告知三十日内可共同申请司法确认。")  # fmt: skip


def _court_room(stage: Stage) -> DemoBody:
    return next((body for body in stage.bodies if body.kind == "court_room"), stage.bodies[0])


def silent(stage: Stage) -> Tale:
    """The applicant agrees, the respondent never answers: it waits for their will, over its time."""
    tale = _open(
        stage, "silent", days=9, body=stage.bodies[0], grade="simple", kind_code="neighbour.noise", address="元美路 31 号临街商铺",
        story="商铺排风机正对三楼卧室，夜间噪声明显，多次上门协商，店主避而不见。", wish="加装隔音罩或者移位。",
        sides=[_person("applicant", "谢婉仪", 401), _person("respondent", "方家豪", 402, occupation="个体工商户")], amount=None,
    )  # fmt: skip
    return tale.ask(only="applicant")
