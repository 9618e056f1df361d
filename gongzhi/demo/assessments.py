"""Some months of assessment: schemes in force and a draft, results signed and corrected, appeals, findings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from gongzhi.accounts import queries as accounts
from gongzhi.assessment import actions, queries
from gongzhi.assessment.queries import Line, Nature, Period, Span
from gongzhi.base.actor import Actor
from gongzhi.places import queries as places

MONTHS = 3  # a history of any size reaches so far back
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REASONS = (
    "台风蓝色预警期间停止户外作业，恢复后当日处置完毕，佐证见附件。",
    "现场属市管道路，首次派遣后即联系市级养护单位，处置照片见卷宗。",
    "报案人提供的位置有误，重新定位后按时处置。",
)
FINDINGS = (
    ("falsified", 4, "复查发现处置后照片与现场不符，已约谈并重新处置。"),
    ("unanswered", 11, "督办单要求 3 日内回复，逾期 2 日。"),
)


@dataclass(frozen=True)
class Hands:
    """Who prepares, who signs, and who appeals for the story's town."""

    office: Actor
    signer: Actor
    town: Actor

    @property
    def home(self) -> str:
        return self.town.grants[0].area


def lay(*, at: datetime) -> None:
    """Write what an assessment office has after some months."""
    hands = _hands(at)
    if hands is None:
        return
    today = timezone.localdate(at)
    actions.adopt_shipped(valid_from=today.replace(year=today.year - 1, month=1, day=1), actor=hands.office, at=at - 60 * DAY)  # fmt: skip
    months = queries.ended_periods(Span.MONTH, today=today)[:MONTHS]
    _findings(hands, months[0], at)
    for place, month in enumerate(reversed(months)):
        _publish("jinniu", month, hands, at - (2 + 20 * (MONTHS - 1 - place)) * DAY)
    newest = _publish("complaints", months[0], hands, at - DAY)
    _publish("post_dispatcher", months[0], hands, at - DAY)
    if newest:
        _appeals(hands, months[0], at)
    _wait("jinhua", months[0], hands, at - 3 * HOUR)
    _draft(hands, at)


def _hands(at: datetime) -> Hands | None:
    found = [accounts.person_by_username(name) for name in ("assessor", "supervisor", "duty")]
    if not all(found):
        return None
    office, signer, town = (accounts.actor_for(person.id, at) for person in found if person)
    return Hands(office, signer, town)


def _wait(code: str, period: Period, hands: Hands, at: datetime) -> int | None:
    """Prepare results that wait for a signature; None when nobody has enough matters."""
    scheme = queries.in_force(code)
    assert scheme is not None
    city = places.areas_at_level(0)[0].path
    row = actions.ask(scheme_id=scheme.pk, area_path=city, period=period, actor=hands.office, at=at)
    actions.freeze(publication_id=row.pk, at=at)
    row.refresh_from_db()
    return row.pk if row.state == "to_sign" else None


def _publish(code: str, period: Period, hands: Hands, at: datetime) -> int | None:
    made = _wait(code, period, hands, at)
    if made is not None:
        actions.sign(publication_id=made, actor=hands.signer, at=at + 2 * HOUR)
    return made


def _findings(hands: Hands, month: Period, at: datetime) -> None:
    towns = places.areas_at_level(1)
    for place, (nature, day, evidence) in enumerate(FINDINGS):
        draft = actions.FindingDraft(
            nature, "town", towns[5 + 9 * place].path, month.since + day * DAY, evidence
        )
        actions.note(draft=draft, actor=hands.office, at=at - 4 * DAY)


def _appeals(hands: Hands, month: Period, at: datetime) -> None:
    """File three appeals of the story's town: one waits, one is reviewed once, one is upheld and corrected."""
    row = next(
        one for one in queries.publications_page(hands.office, scheme="jinniu").rows
        if one.since == month.since
    )  # fmt: skip
    result = next(one.result for one in queries.result_rows(hands.town, row) if one.result.key == hands.home)  # fmt: skip
    sheet = queries.one_result(hands.town, result.pk)
    line = max(queries.result_lines(sheet, row), key=lambda line: line.costs)
    _page, matters = queries.frozen_page(hands.town, sheet, code=line.input, part="costs")
    appeals = [
        actions.appeal_matter(
            result_id=result.pk, matter_id=one.about.id, reason=reason, actor=hands.town, at=at - DAY
        )
        for one, reason in zip(matters, REASONS, strict=False)
    ]  # fmt: skip
    if len(appeals) < len(REASONS):
        return
    for appeal in appeals[1:]:
        actions.review(appeal_id=appeal.pk, is_for=True, note="佐证齐全，建议成立。", actor=hands.signer, at=at - 20 * HOUR)  # fmt: skip
    actions.review(appeal_id=appeals[2].pk, is_for=True, note="同意。", actor=hands.office, at=at - 10 * HOUR)  # fmt: skip
    new = actions.correct(publication_id=row.pk, actor=hands.office, at=at - 5 * HOUR)
    actions.freeze(publication_id=new.pk, at=at - 5 * HOUR)
    actions.sign(publication_id=new.pk, actor=hands.signer, at=at - 4 * HOUR)


def _draft(hands: Hands, at: datetime) -> None:
    """Leave a draft that weighs punctuality more, to be tried on history."""
    scheme = queries.in_force("jinniu")
    assert scheme is not None
    made = actions.draft_next(scheme_id=scheme.pk, actor=hands.office, at=at - DAY)
    weights = {"handled": 20, "handled_in_time": 30, "reworked": 25, "overdue_waiting": 15, "extended": 10}  # fmt: skip
    lines = [
        Line(line.nature, line.input, Decimal(weights[line.input]), line.threshold, line.per_point, line.most)
        for line in queries.lines_of(scheme)
        if line.nature in {Nature.SHARE, Nature.INVERSE}
    ]  # fmt: skip
    draft = actions.SchemeDraft(
        scheme.name, scheme.least, scheme.ahead, scheme.behind, "征求意见稿：提高按期处置和返工的权重", lines
    )  # fmt: skip
    actions.change_draft(scheme_id=made.pk, draft=draft, actor=hands.office, at=at - DAY)
