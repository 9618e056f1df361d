"""While the mediation runs: more time by agreement, and time that does not count."""

from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.clocks import actions as clocks
from gongzhi.disputes import queries, rules
from gongzhi.disputes.models import Consent, Dispute
from gongzhi.matters.actions import keep_clocks
from gongzhi.matters.kind import Effect, Step

STAGE, PERIOD = "stage", "period"


def _extend(step: Step) -> None:
    """Lengthen the period once more by itself; each side must have agreed to it: 深圳条例 art. 25."""
    wills = queries.wills(step.matter.id, Consent.Subject.EXTENSION)
    if rules.silent(wills) or rules.against(wills):
        raise Refused(_("A longer period needs the agreement of every side on record."))
    rows = [
        clocks.extend(subject=step.matter.id, name=name, at=step.at, rule="dispute.extension")
        for name in (STAGE, PERIOD)
    ]
    keep_clocks(step.matter, rows)
    step.matter.extension_count += 1
    step.changed.add("extension_count")


def _begin_appraisal(step: Step) -> None:
    """The time of an appraisal does not count: 人民法院在线调解规则 art. 26, 医疗纠纷预防和处理条例 art. 38."""
    keep_clocks(step.matter, clocks.pause(subject=step.matter.id, reason=step.note, at=step.at))
    step.matter.paused_at, step.matter.paused_for = step.at, step.note[:200]
    Dispute.objects.filter(pk=step.matter.id).update(appraisal_since=step.at)


def _end_appraisal(step: Step) -> None:
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
