import pytest
from django.core.cache import cache

from gongzhi.base.bucket import Bucket
from gongzhi.portal.pages import door


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch):
    """Sums and visits of one test do not reach the next."""
    cache.clear()
    monkeypatch.setattr(door, "_reports", Bucket(per_minute=1, burst=10))
    monkeypatch.setattr(door, "_looks", Bucket(per_minute=6, burst=20))
