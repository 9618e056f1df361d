"""A report over HTTP: placed, compared, clocked, chained, audited and told of, all durable."""

import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.database import pgbench
from bench.hammer import CLIENTS, SECONDS, hammer
from bench.scripts import intake_script
from bench.subjects import an_item, points
from bench.web import serving
from gongzhi.base.actor import ANONYMOUS

TEXTS = ("井盖破了", "人行道塌陷", "路灯不亮", "垃圾堆积", "树倒了压住车", "积水很深")


def run(record: Callable[..., None]) -> None:
    statements = _statements_of_intake()  # first: it leaves the rows the script is made like
    script = intake_script()
    bare = pgbench(script, clients=CLIENTS, seconds=SECONDS)
    prepared = pgbench(script, clients=CLIENTS, seconds=SECONDS, mode="prepared")
    with serving(workers=2) as address:
        ours = hammer(address, reports(), cookies={}, seconds=SECONDS)
    record(
        name="intake.rate", value=ours, unit="per second", better="higher", target=None,
        how=f"HTTP, {CLIENTS} clients, 2 web processes, durable",
    )  # fmt: skip
    record(
        name="intake.ratio", value=ours / bare, unit="of pgbench", better="higher", target=0.1,
        how=f"{ours:.0f} a second against {bare:.0f} transactions a second of the same inserts ({prepared:.0f} when prepared once: {ours / prepared:.3f})",
    )  # fmt: skip
    record(
        name="intake.statements", value=statements, unit="statements", better="lower", target=14,
        how="one report with a contact, BEGIN and COMMIT counted",
    )  # fmt: skip


def _statements_of_intake() -> int:
    from gongzhi.incidents import actions as incidents  # noqa: PLC0415
    from gongzhi.matters.actions import Contact  # noqa: PLC0415

    item, (lon, lat) = an_item(), next(points(1))
    said = incidents.Report(
        item_id=item,
        text="井盖破了",
        lon=lon,
        lat=lat,
        is_new=True,
        contact=Contact(phone="13800000000"),
    )
    incidents.report(said=said, actor=ANONYMOUS, at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        incidents.report(said=said, actor=ANONYMOUS, at=timezone.now())
    return len(captured)


def reports(count: int = 5000) -> Iterator[tuple[str, dict[str, str]]]:
    item = an_item()
    for turn, (lon, lat) in enumerate(points(count)):
        yield (
            "/report",
            {
                "item": str(item), "lon": str(lon), "lat": str(lat), "text": f"{TEXTS[turn % len(TEXTS)]}，请尽快处理",
                "phone": "13800000000", "address": "路口", "is_new": "on", "idempotency_key": f"bench-{time.time_ns()}-{turn}",
            },
        )  # fmt: skip
