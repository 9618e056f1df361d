"""While the mediation runs: more time by agreement, and time that does not count."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.disputes import queries, rules
from gongzhi.disputes.actions.moves.common import need_hand, told
from gongzhi.disputes.models import Consent, Dispute
from gongzhi.matters.actions import keep_clocks
from gongzhi.matters.kind import Effect, Step

STAGE = "stage"
LONGEST_DAYS = 366  # of one extension: nobody agrees to years by a slip of the finger


def _extend(step: Step) -> None:
    """
    Lengthen the period, by the days the sides agreed on or by the kind's own limit.

    Each side must have agreed to it since the last extension: 深圳经济特区矛盾纠纷多元化解条例 art. 25.
    """
    need_hand(step)
    row = queries.dispute(step.matter.id)
    wills = queries.wills(row.pk, Consent.Subject.EXTENSION, since=row.extended_at)
    if unwilling := [*rules.silent(wills), *rules.against(wills)]:
        raise Refused(
            _("A longer period needs the agreement of every side on record; it is missing of {sides}.").format(
                sides=told(unwilling)
            )
        )  # fmt: skip
    limit = clock_queries.rule_limit(queries.period_rule(row.pk), on=timezone.localdate(step.at))
    if days := _days(step.values.get("days")):
        limit = replace(limit, amount=days, unit="day")
    _lengthen(step, limit)
    Dispute.objects.filter(pk=row.pk).update(extended_at=step.at)
    step.matter.extension_count += 1
    step.changed.add("extension_count")
    step.facts["days"] = limit.amount


def _days(value: Any) -> int:
    days = int(value or 0)
    if not 0 <= days <= LONGEST_DAYS:
        raise Invalid({"days": _("Say by how many days, at most a year.")})
    return days


def _lengthen(step: Step, limit: clock_queries.Limit) -> None:
    """Lengthen the period; the stage's clock, which may count the days left, ends with it."""
    period = clocks.extend(
        subject=step.matter.id, name=queries.PERIOD, at=step.at, by=limit, rule="dispute.extension"
    )
    running = clock_queries.running_of([step.matter.id], STAGE)[step.matter.id]
    if running.limit.counting == limit.counting:
        keep_clocks(step.matter, [
            clocks.extend(subject=step.matter.id, name=STAGE, at=step.at, by=limit, rule="dispute.extension")
        ])  # fmt: skip
        return
    left = queries.period_left(step.matter.id, on=timezone.localdate(step.at))
    assert left is not None
    start = clocks.Start(STAGE, left, party=running.party, rule=period.rule)
    keep_clocks(step.matter, clocks.change(subject=step.matter.id, at=step.at, stop=[STAGE], start=[start]))  # fmt: skip


def _begin_appraisal(step: Step) -> None:
    """The time of an appraisal does not count: 人民法院在线调解规则 art. 26, 医疗纠纷预防和处理条例 art. 38."""
    need_hand(step)
    if queries.dispute(step.matter.id).appraisal_since is not None:
        raise Refused(_("An appraisal is under way already."))
    keep_clocks(step.matter, clocks.pause(subject=step.matter.id, reason=step.note, at=step.at))
    step.matter.paused_at, step.matter.paused_for = step.at, step.note[:200]
    Dispute.objects.filter(pk=step.matter.id).update(appraisal_since=step.at)


def _end_appraisal(step: Step) -> None:
    need_hand(step)
    if queries.dispute(step.matter.id).appraisal_since is None:
        raise Refused(_("No appraisal is under way."))
    keep_clocks(step.matter, clocks.resume(subject=step.matter.id, at=step.at))
    step.matter.paused_at, step.matter.paused_for = None, ""
    Dispute.objects.filter(pk=step.matter.id).update(appraisal_since=None)


MEDIATING: dict[str, Effect] = {
    "agree_to_extend": _extend,
    "begin_appraisal": _begin_appraisal,
    "end_appraisal": _end_appraisal,
}
