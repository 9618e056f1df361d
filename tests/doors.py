"""Every route of the application as an address that can be asked."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongzhi.accounts.models import User
from gongzhi.accounts.tests.builders import PASSWORD, ARole, a_posting, only_roles
from gongzhi.config.roles import ROLES

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")


def routes(patterns: list | None = None, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield each route as it is written, with its page."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def address(route: str, arguments: Mapping[str, object]) -> str:
    """Fill in a route's arguments; KeyError when nobody has said what one of them may be."""
    filled = ARGUMENT.sub(lambda found: str(arguments[found[1] or found[2]]), route)
    return "/" + filled.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def signed_in(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    client.handler.enforce_csrf_checks = enforce_csrf_checks
    return client


@contextmanager
def somebody_mighty() -> Iterator[User]:
    """Yield a person who may do everything everywhere: nothing but the input stands in their way."""
    everything = frozenset().union(*(role.capabilities for role in ROLES.values()))
    with only_roles({**ROLES, "mighty": ARole("mighty", everything)}):
        yield a_posting(role="mighty").user
