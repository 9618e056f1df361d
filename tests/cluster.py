"""
Starts the tests' own PostgreSQL before the workers do, and ends it when the run ends.

While the workers collect their tests, the database they copy is made where it is missing.

Named in pyproject.toml with -p: the settings are read before any conftest.py is.
"""

import os
import subprocess
import sys

import hypothesis
import pytest

# A busy machine is no mistake: no example is failed for being slow.
hypothesis.settings.register_profile("city", deadline=None)
hypothesis.settings.load_profile("city")


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


os.environ.setdefault("GONGZHI_CLUSTER", "test")
# Tests that commit empty all tables afterwards; the trail lets itself be emptied only here.
os.environ.setdefault("PGOPTIONS", "-c gongzhi.throw_away=on")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if _is_controller(config) and not os.environ.get("DATABASE_URL"):
        from gongzhi.config.postgres import Cluster  # noqa: PLC0415
        from tests import database  # noqa: PLC0415

        config.stash[_OURS] = cluster = Cluster(os.environ["GONGZHI_CLUSTER"], throw_away=True)
        config.stash[_WAS_RUNNING] = was_running = cluster.data.exists() and cluster.is_running()
        has_crashed = (cluster.data / "postmaster.pid").exists() and not was_running
        cluster.start()
        if has_crashed:
            database.forget(cluster)
        if config.getoption("numprocesses", None):
            making = [sys.executable, "-m", "tests.database"]
            config.stash[_MAKER] = subprocess.Popen(making, cwd=database.ROOT)


def pytest_unconfigure(config: pytest.Config) -> None:
    if maker := config.stash.get(_MAKER, None):
        maker.wait()
    cluster = config.stash.get(_OURS, None)
    if cluster is not None and not config.stash[_WAS_RUNNING]:
        cluster.stop()


_OURS: pytest.StashKey = pytest.StashKey()
_WAS_RUNNING: pytest.StashKey = pytest.StashKey()
_MAKER: pytest.StashKey = pytest.StashKey()
