"""
What each role may do. Where it may do it is set by the posting.

A role's code is stored in postings; `second_factor` makes TOTP obligatory for everybody who holds it.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.notices.capabilities import Can as Notices
from gongzhi.places.capabilities import Can as Places


@dataclass(frozen=True)
class Role:
    name: Any
    capabilities: frozenset[str]
    second_factor: bool = False
    bound_to_unit: bool = False  # sees only matters its unit has a part in, not its whole area


EVERY_ROLE: frozenset[str] = frozenset({Places.VIEW, Catalogue.VIEW, Clocks.VIEW})

_ROLES: dict[str, Role] = {
    "grid_officer": Role(_("Grid officer"), frozenset()),
    "registrar": Role(_("Acceptance clerk"), frozenset()),
    "dispatcher": Role(_("Dispatcher"), frozenset()),
    "duty_officer": Role(_("Duty officer"), frozenset()),
    "handler": Role(_("Department handler"), frozenset(), bound_to_unit=True),
    "unit_lead": Role(
        _("Head of unit"), frozenset({Accounts.APPROVE_SUBSTITUTION}), bound_to_unit=True
    ),
    "supervisor": Role(_("Supervisor"), frozenset()),
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
            }
        ),
    ),
    "security_admin": Role(_("Security administrator"), frozenset({Accounts.SECURE})),
    "auditor": Role(_("Audit administrator"), frozenset({Audit.READ})),
}

ROLES: dict[str, Role] = {
    code: replace(role, capabilities=role.capabilities | EVERY_ROLE)
    for code, role in _ROLES.items()
}
