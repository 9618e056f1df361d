"""
What each role may do. Where it may do it is set by the posting.

A role's code is stored in postings; `second_factor` makes TOTP obligatory for everybody who holds it.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.agreements.capabilities import Can as Agreements
from gongzhi.allowances.capabilities import Can as Allowances
from gongzhi.assessment.capabilities import Can as Assessment
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.centres.capabilities import Can as Centres
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.command.capabilities import Can as Command
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.docking.capabilities import Can as Docking
from gongzhi.dossiers.capabilities import Can as Dossiers
from gongzhi.duty.capabilities import Can as Duty
from gongzhi.field.capabilities import Can as Field
from gongzhi.figures.capabilities import Can as Figures
from gongzhi.guard.capabilities import Can as Guard
from gongzhi.incidents.capabilities import Can as Incidents
from gongzhi.insight.capabilities import Can as Insight
from gongzhi.learning.capabilities import Can as Learning
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.mediators.capabilities import Can as Mediators
from gongzhi.notices.capabilities import Can as Notices
from gongzhi.oversight.capabilities import Can as Oversight
from gongzhi.patrol.capabilities import Can as Patrol
from gongzhi.places.capabilities import Can as Places
from gongzhi.publishing.capabilities import Can as Publishing
from gongzhi.rewards.capabilities import Can as Rewards
from gongzhi.talks.capabilities import Can as Talks


@dataclass(frozen=True)
class Role:
    name: Any
    capabilities: frozenset[str]
    second_factor: bool = False
    bound_to_unit: bool = False  # sees only matters its unit has a part in, not its whole area


EVERY_ROLE: frozenset[str] = frozenset({Places.VIEW, Catalogue.VIEW, Clocks.VIEW})

IN_MATTERS: frozenset[str] = frozenset({Matters.VIEW, Matters.NOTE})

_ROLES: dict[str, Role] = {
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
            Matters.EXPORT,
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
            Matters.EXPORT,
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
            Matters.EXPORT,
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
            Matters.EXPORT,
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
    "centre_clerk": Role(
        _("Clerk of the centre"),
        IN_MATTERS
        | {
            Disputes.OPEN,
            Disputes.TRIAGE,
            Disputes.KEEP_SIDES,
            Disputes.SEE_FIGURES,
            Matters.EXPORT,
            Mediators.VIEW,
            Agreements.VIEW,
            Dossiers.VIEW,
            Matters.MERGE,
            Matters.VISIT,
            Matters.URGE,
            Docking.VIEW,
            Docking.FILE,
            Docking.RECORD,
            Centres.VIEW,
            Centres.TAKE_IN,
            Centres.KEEP,
            Centres.LEDGER,
            Centres.PLAN_SWEEP,
        },
    ),
    "gateway": Role(
        _("Connected system"),
        frozenset({Centres.HAND_OVER}),
    ),
    "body_clerk": Role(
        _("Clerk of a mediation body"),
        IN_MATTERS
        | {
            *Talks,
            Disputes.OPEN,
            Disputes.ARRANGE,
            Disputes.KEEP_SIDES,
            Disputes.SEE_FIGURES,
            Matters.ASK,
            Mediators.VIEW,
            Mediators.KEEP,
            Agreements.VIEW,
            Agreements.DRAFT,
            Agreements.SEAL,
            Agreements.FOLLOW,
            Dossiers.VIEW,
            Dossiers.KEEP,
            Dossiers.REVIEW,
            Docking.VIEW,
            Docking.ACCEPT,
            Docking.FILE,
        },
        bound_to_unit=True,
    ),
    "mediator": Role(
        _("Mediator"),
        IN_MATTERS
        | {
            *Talks,
            Disputes.MEDIATE,
            Disputes.KEEP_SIDES,
            Matters.ASK,
            Mediators.VIEW,
            Mediators.SERVE,
            Allowances.OWN,
            Agreements.VIEW,
            Agreements.DRAFT,
            Agreements.SIGN,
            Agreements.FOLLOW,
            Dossiers.VIEW,
            Dossiers.KEEP,
            Docking.VIEW,
            Docking.ACCEPT,
        },
        bound_to_unit=True,
    ),
    "justice_officer": Role(
        _("Justice officer"),
        IN_MATTERS
        | {
            Mediators.VIEW,
            Mediators.KEEP,
            Mediators.JUDGE,
            Allowances.REVIEW,
            Allowances.BUY,
            Matters.EXPORT,
        },
    ),
    "justice_lead": Role(
        _("Head of the justice office"),
        IN_MATTERS
        | {
            Mediators.VIEW,
            Mediators.JUDGE,
            Mediators.DECIDE,
            Allowances.APPROVE,
            Allowances.SET_RULES,
            Allowances.BUY,
            Matters.EXPORT,
        },
    ),
    "system_admin": Role(
        _("System administrator"),
        frozenset(
            {
                Accounts.ORGANISE,
                Accounts.EMPLOY,
                Accounts.APPROVE_SUBSTITUTION,
                Places.MANAGE,
                Catalogue.MANAGE,
                Clocks.MANAGE,
                Notices.MANAGE_TEMPLATES,
                Notices.SEE_DELIVERIES,
                Docking.SET_PARTNERS,
            }
        ),
        second_factor=True,
    ),
    "security_admin": Role(
        _("Security administrator"),
        frozenset({Accounts.SECURE, Guard.MANAGE, Field.REVOKE}),
        second_factor=True,
    ),
    "auditor": Role(_("Audit administrator"), frozenset({Audit.READ}), second_factor=True),
}

ROLES: dict[str, Role] = {
    code: replace(
        role,
        capabilities=role.capabilities | EVERY_ROLE,
        # The demonstration prints its passwords on the screen: a second factor would guard nothing.
        second_factor=role.second_factor and not settings.DEMONSTRATION,
    )
    for code, role in _ROLES.items()
}
