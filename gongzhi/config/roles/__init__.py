"""
What each role may do. Where it may do it is set by the posting.

A role's code is stored in postings; `second_factor` makes TOTP obligatory for everybody who holds it.
"""

from dataclasses import replace

from django.conf import settings

from gongzhi.config.roles import administering, handling, mediating, supervising
from gongzhi.config.roles.role import EVERY_ROLE, IN_MATTERS, Role

ROLES: dict[str, Role] = {
    code: replace(
        role,
        capabilities=role.capabilities | EVERY_ROLE,
        # The demonstration prints its passwords on the screen: a second factor would guard nothing.
        second_factor=role.second_factor and not settings.DEMONSTRATION,
    )
    for group in (handling, supervising, mediating, administering)
    for code, role in group.ROLES.items()
}

__all__ = ["EVERY_ROLE", "IN_MATTERS", "ROLES", "Role"]
