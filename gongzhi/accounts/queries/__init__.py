"""What may be asked of this module."""

from gongzhi.accounts.queries.people import (
    Person,
    Worker,
    absences,
    names,
    people_in_units,
    people_with,
    person_by_username,
    postings_by_user,
    stands_in_for,
    substitute_of,
    workers,
    works_here,
)
from gongzhi.accounts.queries.sign_in import SignedIn, actor_for, signed_in
from gongzhi.accounts.queries.units import KINDS as UNIT_KINDS
from gongzhi.accounts.queries.units import (
    UnitRow,
    centre_for,
    forget,
    unit,
    unit_by_code,
    unit_name,
    units_below,
    units_by_code,
    visible_units,
)
from gongzhi.accounts.rules import install_roles, masked, roles

__all__ = [
    "UNIT_KINDS",
    "Person",
    "SignedIn",
    "UnitRow",
    "Worker",
    "absences",
    "actor_for",
    "centre_for",
    "forget",
    "install_roles",
    "masked",
    "names",
    "people_in_units",
    "people_with",
    "person_by_username",
    "postings_by_user",
    "roles",
    "signed_in",
    "stands_in_for",
    "substitute_of",
    "unit",
    "unit_by_code",
    "unit_name",
    "units_below",
    "units_by_code",
    "visible_units",
    "workers",
    "works_here",
]
