"""
Deals the tests out to the workers: what takes long begins early, so that all workers end together.

Named in pyproject.toml with -p: the process that deals them out reads no conftest.py in time.
"""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

# What takes long, and first of it what needs no database: that may still be in the making.
LONG = (
    "gongzhi/demo/tests/test_city.py",
    "gongzhi/demo/",
    "gongzhi/insight/tests/test_engines.py",
    "tests/browser/",
    "tests/",
)
TOGETHER = "gongzhi/demo/tests"  # these use the same city: one worker builds it, once


class InOurOrder(LoadScopeScheduling):
    """Keeps the tests of a file on one worker, and deals the files out as they were ordered."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> InOurOrder | None:
    if config.getoption("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False
    return InOurOrder(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items[:] = in_order(items)


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Order what takes long as it is listed, and then by the number of tests: single ones fill the end."""
    sizes = Counter(scope_of(item.nodeid) for item in items)

    def place(item: pytest.Item) -> tuple[int, int, str]:
        long = (rank for rank, start in enumerate(LONG) if item.nodeid.startswith(start))
        scope = scope_of(item.nodeid)
        return next(long, len(LONG)), -sizes[scope], scope

    return sorted(items, key=place)


def scope_of(nodeid: str) -> str:
    return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.split("::", 1)[0]
