"""Disputes: the centre, the mediation bodies, the justice office, and the systems that hand disputes over."""

from django.utils.translation import gettext_lazy as _

from gongzhi.agreements.capabilities import Can as Agreements
from gongzhi.allowances.capabilities import Can as Allowances
from gongzhi.centres.capabilities import Can as Centres
from gongzhi.config.roles.role import IN_MATTERS, Role
from gongzhi.disputes.capabilities import Can as Disputes
from gongzhi.docking.capabilities import Can as Docking
from gongzhi.dossiers.capabilities import Can as Dossiers
from gongzhi.matters.capabilities import Can as Matters
from gongzhi.mediators.capabilities import Can as Mediators
from gongzhi.talks.capabilities import Can as Talks

ROLES: dict[str, Role] = {
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
}
