"""One resident of the demonstration: a telephone that signs in with the code on the page, and finds a corner in use."""

from datetime import datetime, timedelta

from gongzhi.base.actor import system
from gongzhi.demo import tables
from gongzhi.residents import actions

PHONE = "13800000001"  # the page shows its code; no message leaves a demonstration
CLOCK = system("演示居民")
OWN, FOLLOWED = 12, 4


def settle(*, at: datetime) -> int:
    """Give the resident reports, matters followed and a street; return how many reports."""
    who = actions.account_of(
        phone=PHONE, language="zh-hans", actor=CLOCK, at=at - timedelta(days=60)
    )
    reports = _reports(OWN)
    for number, code in reports:
        actions.keep(resident=who, number=number, code=code, at=at)
    for public_id in _published(FOLLOWED):
        actions.follow(resident=who, public_id=public_id, at=at)
    for village in _busy_village():
        actions.add_alert(
            resident=who, area_path=village, lon=None, lat=None, radius_m=0, classes=(), at=at
        )
    return len(reports)


def _reports(count: int) -> list[tuple[str, str]]:
    """Return number and code of matters residents reported: half of them open, some to be rated."""
    return tables.run(
        "SELECT number, code FROM ("
        " SELECT m.number, r.code,"
        " row_number() OVER (PARTITION BY m.is_open ORDER BY m.id DESC) AS place"
        " FROM matters_reporter r JOIN matters_matter m ON m.id = r.matter_id"
        " WHERE m.source = 'portal' AND r.is_first AND (m.is_open OR m.state = 'closed')"
        ") AS found ORDER BY place LIMIT %s",
        [count],
    )


def _published(count: int) -> list[str]:
    found = tables.run(
        "SELECT public_id FROM publishing_publication WHERE state = 'published'"
        " ORDER BY published_at DESC LIMIT %s",
        [count],
    )
    return [public_id for (public_id,) in found]


def _busy_village() -> list[str]:
    """Return the path of the village with the most open matters, if any."""
    found = tables.run(
        r"SELECT substring(area_path from '^[^/]+/[^/]+/[^/]+/') AS village FROM matters_matter"
        " WHERE is_open GROUP BY 1 ORDER BY count(*) DESC NULLS LAST LIMIT 1"
    )
    return [village for (village,) in found if village]
