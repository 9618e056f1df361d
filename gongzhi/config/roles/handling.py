"""Those who take matters up and settle them: the grid, the desks, the units."""

from django.utils.translation import gettext_lazy as _

from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.agreements.capabilities import Can as Agreements
from gongzhi.assessment.capabilities import Can as Assessment
from gongzhi.centres.capabilities import Can as Centres
from gongzhi.command.capabilities import Can as Command
from gongzhi.config.roles.role import IN_MATTERS, Role
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.docking.capabilities import Can as Docking
from gongzhi.dossiers.capabilities import Can as Dossiers
from gongzhi.duty.capabilities import Can as Duty
from gongzhi.field.capabilities import Can as Field
from gongzhi.figures.capabilities import Can as Figures
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.insight.capabilities import Can as Insight
from gongzhi.learning.capabilities import Can as Learning
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.mediators.capabilities import Can as Mediators
from gongzhi.oversight.capabilities import Can as Oversight
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.publishing.capabilities import Can as Publishing
from gongzhi.rewards.capabilities import Can as Rewards

ROLES: dict[str, Role] = {
    "grid_officer": Role(
        _("Grid officer"),
        IN_MATTERS
        | {Incidents.REPORT, Incidents.VERIFY, Incidents.CHECK, Field.USE, Patrol.VISIT, Duty.VIEW},
    ),
    "registrar": Role(
        _("Acceptance clerk"),
        IN_MATTERS
        | {
            Figures.VIEW,
            Incidents.REPORT,
            Incidents.REGISTER,
            Matters.MERGE,
            Matters.VOID,
            Matters.VISIT,
            Matters.SEE_REPORTER,
            Matters.EXPORT,
            Publishing.MODERATE,
            Rewards.REVIEW,
            Duty.VIEW,
            Duty.SERVE,
            Duty.ANSWER,
            Learning.VIEW,
        },
    ),
    "dispatcher": Role(
        _("Dispatcher"),
        IN_MATTERS
        | {
            Figures.VIEW,
            Incidents.REPORT,
            Incidents.DISPATCH,
            Incidents.TAKE_OVER,
            Incidents.ANSWER_TRANSFER,
            Matters.JOIN_IN,
            Matters.URGE,
            Matters.MERGE,
            Matters.EXPORT,
            Oversight.VIEW,
            Oversight.REPLY,
            Oversight.BATCH,
            Insight.VIEW,
            Patrol.VIEW,
            Patrol.CALL,
            Command.VIEW,
            Command.ACKNOWLEDGE,
            Field.RECORDS,
            Duty.VIEW,
            Duty.SERVE,
            Duty.ANSWER,
            Duty.INSTRUCT,
            Duty.ANNOUNCE,
            Learning.VIEW,
        },
    ),
    "duty_officer": Role(
        _("Duty officer"),
        IN_MATTERS
        | {
            Figures.VIEW,
            Incidents.CLOSE,
            Incidents.TAKE_OVER,
            Incidents.ANSWER_TRANSFER,
            Incidents.SETTLE,
            Incidents.SET_POLICY,
            Matters.JOIN_IN,
            Matters.URGE,
            Matters.SUPERVISE,
            Matters.DECIDE_LAST,
            Matters.MERGE,
            Matters.VOID,
            Matters.VISIT,
            Matters.SEE_REPORTER,
            Matters.EXPORT,
            Oversight.VIEW,
            Oversight.ORDER,
            Oversight.REPLY,
            Oversight.NAME_OWNER,
            Oversight.OWN,
            Oversight.BATCH,
            Oversight.SUGGEST,
            Insight.VIEW,
            Insight.SHARE,
            Patrol.VIEW,
            Patrol.PLAN,
            Patrol.CALL,
            Patrol.DECIDE_APPEAL,
            Command.VIEW,
            Command.ACKNOWLEDGE,
            Command.COMPOSE,
            Publishing.MODERATE,
            Assessment.VIEW,
            Assessment.APPEAL,
            Rewards.APPROVE,
            Rewards.PAY,
            Rewards.SET_RULES,
            Field.REVOKE,
            Field.RECORDS,
            Field.MEDIATIONS,
            Disputes.OPEN_FILE,
            Disputes.SEE_FIGURES,
            Mediators.VIEW,
            Agreements.VIEW,
            Dossiers.VIEW,
            Dossiers.REVIEW,
            Docking.VIEW,
            Centres.VIEW,
            Centres.KEEP,
            Centres.LEDGER,
            Centres.PLAN_SWEEP,
            *Duty,
            Learning.VIEW,
            Learning.TRAIN,
        },
    ),
    "handler": Role(
        _("Department handler"),
        IN_MATTERS
        | {
            Incidents.HANDLE,
            Matters.ASK,
            Matters.JOIN_IN,
            Matters.EXPORT,
            Duty.VIEW,
            Duty.SERVE,
            Duty.ANSWER,
            Oversight.VIEW,
            Oversight.REPLY,
            Oversight.ANSWER,
            Centres.ANSWER,
            Centres.SWEEP,
        },
        bound_to_unit=True,
    ),
    "unit_lead": Role(
        _("Head of unit"),
        IN_MATTERS
        | {
            Figures.VIEW,
            Incidents.HANDLE,
            Matters.ASK,
            Matters.JOIN_IN,
            Matters.DECIDE_FIRST,
            Matters.EXPORT,
            Oversight.VIEW,
            Oversight.REPLY,
            Oversight.ANSWER,
            Oversight.OWN,
            Insight.VIEW,
            Accounts.APPROVE_SUBSTITUTION,
            Centres.ANSWER,
            Centres.SWEEP,
            Assessment.VIEW,
            Assessment.APPEAL,
            Duty.VIEW,
            Duty.SERVE,
            Duty.ANSWER,
            Duty.ROSTER,
            Duty.ANNOUNCE,
            Duty.KEEP_CONTACTS,
        },
        bound_to_unit=True,
    ),
}
