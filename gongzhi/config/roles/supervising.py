"""Those who look at how it was done."""

from django.utils.translation import gettext_lazy as _

from gongzhi.allowances.capabilities import Can as Allowances
from gongzhi.assessment.capabilities import Can as Assessment
from gongzhi.centres.capabilities import Can as Centres
from gongzhi.command.capabilities import Can as Command
from gongzhi.config.roles.role import IN_MATTERS, Role
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.duty.capabilities import Can as Duty
from gongzhi.figures.capabilities import Can as Figures
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.insight.capabilities import Can as Insight
from gongzhi.learning.capabilities import Can as Learning
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.mediators.capabilities import Can as Mediators
from gongzhi.oversight.capabilities import Can as Oversight
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.rewards.capabilities import Can as Rewards

ROLES: dict[str, Role] = {
    "supervisor": Role(
        _("Supervisor"),
        IN_MATTERS
        | {
            Disputes.SEE_FIGURES,
            Figures.VIEW,
            Incidents.SETTLE,
            Matters.URGE,
            Matters.SUPERVISE,
            Matters.VISIT,
            Matters.EXPORT,
            Centres.VIEW,
            Centres.LEDGER,
            Centres.PLAN_SWEEP,
            Oversight.VIEW,
            Oversight.ORDER,
            Oversight.NAME_OWNER,
            Oversight.OWN,
            Oversight.BATCH,
            Oversight.SUGGEST,
            Oversight.SET_RULES,
            Insight.VIEW,
            Insight.SHARE,
            Patrol.VIEW,
            Patrol.SAMPLE,
            Assessment.VIEW,
            Assessment.SIGN,
            Assessment.REVIEW,
            Command.VIEW,
            Command.COMPOSE,
            Learning.VIEW,
            Learning.TRAIN,
            Rewards.PAY,
            Allowances.PAY,
            Mediators.VIEW,
            Duty.VIEW,
            Duty.SERVE,
            Duty.INSTRUCT,
            Duty.ANNOUNCE,
        },
    ),
    "assessor": Role(
        _("Assessor"),
        IN_MATTERS
        | {
            Disputes.SEE_FIGURES,
            Figures.VIEW,
            Matters.EXPORT,
            Assessment.VIEW,
            Assessment.KEEP,
            Assessment.PUBLISH,
            Assessment.SIGN,
            Assessment.REVIEW,
            Insight.VIEW,
            Insight.SHARE,
            Learning.VIEW,
        },
    ),
}
