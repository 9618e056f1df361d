"""The three administrators, none above the others."""

from django.utils.translation import gettext_lazy as _

from gongzhi.accounts.capabilities import Can as Accounts
from gongzhi.audit.capabilities import Can as Audit
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.config.roles.role import Role
from gongzhi.docking.capabilities import Can as Docking
from gongzhi.field.capabilities import Can as Field
from gongzhi.guard.capabilities import Can as Guard
from gongzhi.notices.capabilities import Can as Notices
from gongzhi.places.capabilities import Can as Places

ROLES: dict[str, Role] = {
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
