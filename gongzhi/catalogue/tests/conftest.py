import pytest

from gongzhi.catalogue import queries


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """A rolled-back test leaves no catalogue in memory."""
    queries.forget()
    yield
    queries.forget()
