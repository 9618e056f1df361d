"""Units, people and postings for tests, each with believable defaults."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from gongzhi.accounts import queries
from gongzhi.accounts.models import Posting, Substitution, Unit, User
from gongzhi.audit import queries as audit
from gongzhi.base.tests.builders import an_actor

ASKED = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
PASSWORD = "Lychee-Garden-2026"
_numbers = count(1)


@dataclass(frozen=True)
class ARole:
    """A role for tests; the city's own table is config's."""

    name: str
    capabilities: frozenset[str]
    second_factor: bool = False
    bound_to_unit: bool = False


@contextmanager
def only_roles(roles: dict[str, ARole]) -> Iterator[None]:
    """Put a small table of roles in the place of the city's."""
    before = dict(queries.roles())
    queries.install_roles(roles)
    try:
        yield
    finally:
        queries.install_roles(before)


def trail(**narrow: object) -> Any:
    """Return entries of the trail, as an auditor reads them."""
    return audit.entries(an_actor("audit.read")).filter(**narrow)


def a_unit(
    *,
    code: str = "",
    name: str = "",
    kind: str = Unit.Kind.DEPARTMENT,
    parent: Unit | None = None,
    area_path: str = "441900/",
    **fields: Any,
) -> Unit:
    number = next(_numbers)
    unit = Unit.objects.create(
        code=code or f"unit-{number}",
        name=name or f"第{number}科",
        kind=kind,
        parent=parent,
        area_path=area_path,
        **fields,
    )
    unit.refresh_from_db()
    queries.forget()
    return unit


def a_user(*, username: str = "", name: str = "", password: str = "", **fields: Any) -> User:
    """Return a person without postings; `PASSWORD` is what they sign in with unless told otherwise."""
    number = next(_numbers)
    user = User(username=username or f"person-{number}", name=name or f"陈{number}", **fields)
    user.set_password(password or PASSWORD)
    user.save()
    return user


def a_posting(
    *,
    user: User | None = None,
    role: str = "dispatcher",
    unit: Unit | None = None,
    area_path: str = "",
    starts_on: date = date(2020, 1, 1),
    ends_on: date | None = None,
) -> Posting:
    return Posting.objects.create(
        user=user or a_user(),
        role=role,
        unit=unit,
        area_path=area_path,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def a_substitution(
    *, absent: User, substitute: User, on: date, is_approved: bool = True
) -> Substitution:
    return Substitution.objects.create(
        absent=absent,
        substitute=substitute,
        starts_on=on,
        ends_on=on + timedelta(days=3),
        reason="年假",
        asked_by=absent.pk,
        asked_at=ASKED,
        approved_by=1 if is_approved else None,
        approved_at=ASKED if is_approved else None,
    )
