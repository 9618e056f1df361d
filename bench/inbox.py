"""The workbench's lists at the size of a city."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.database import execute
from bench.table import percentile


def run(record: Callable[..., None]) -> None:
    at = execute("SELECT count(*) FROM matters_matter")[0][0]
    for login in ("dispatcher", "handler", "grid", "supervisor"):
        client = _signed_in(login)
        for box in ("todo", "doing", "all"):
            _first_page(record, client, f"{login}.{box}", f"/desk/{box}", int(str(at)))
    _filters(record)
    _deep_page(record)


def _first_page(
    record: Callable[..., None], client: Client, name: str, address: str, matters: int
) -> None:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        statements = len(captured)  # the next request forgets them
    times = [_timed(client, address) for _ in range(40)]
    record(
        name=f"inbox.{name}", value=percentile(times, 0.5), unit="ms p50", better="lower", target=25,
        how=f"first page, 50 rows, {matters:,} matters, {statements} statements (≤ 8), p95 {percentile(times, 0.95):.1f} ms",
        ok=percentile(times, 0.5) <= 25 and statements <= 8,
    )  # fmt: skip


def _timed(client: Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return (time.perf_counter() - started) * 1000


def _signed_in(username: str) -> Client:
    from gongzhi.demo.queries import PASSWORD  # noqa: PLC0415

    client = Client(HTTP_HOST="localhost")
    client.post("/sign-in", {"username": username, "password": PASSWORD})
    return client


def _filters(record: Callable[..., None]) -> None:
    """Every filter and many searches, for people of the city, a town, a department and a grid."""
    times: list[tuple[float, str]] = []
    for login in ("supervisor", "dispatcher", "handler", "grid"):
        client = _signed_in(login)
        for query in _queries():
            address = f"/desk/all?{urlencode(query)}"
            client.get(address)
            times += [(_timed(client, address), f"{login} {query}") for _ in range(3)]
    slowest = max(times)
    record(
        name="inbox.filters", value=percentile([t for t, _q in times], 0.95), unit="ms p95", better="lower", target=80,
        how=f"{len(times)} requests of filters and searches; slowest {slowest[0]:.0f} ms: {slowest[1]}",
    )  # fmt: skip


def _queries() -> list[dict[str, str]]:
    town = execute("SELECT path FROM places_area WHERE level = 1 ORDER BY path LIMIT 1 OFFSET 3")[
        0
    ][0]
    village = execute(
        "SELECT path FROM places_area WHERE level = 2 ORDER BY path LIMIT 1 OFFSET 90"
    )[0][0]
    item = execute("SELECT item_id FROM matters_matter WHERE item_id IS NOT NULL LIMIT 1")[0][0]
    rare = execute("SELECT item_id FROM matters_matter GROUP BY 1 ORDER BY count(*) LIMIT 1")[0][0]
    number = execute("SELECT number FROM matters_matter ORDER BY id LIMIT 1 OFFSET 5000")[0][0]
    words = (
        "井盖",
        "井盖 破损",
        "灭火器",
        "出租屋",
        "胜和路",
        "燃气泄漏",
        "不存在的词语",
        "路",
        "垃圾 堆积",
        "电动自行车 充电",
        "水",
        str(number)[:-1],
    )
    return [
        *({"q": word} for word in words),
        *({"state": state} for state in ("closed", "handling", "suspended", "to_verify", "void")),
        *({"source": source} for source in ("portal", "12345", "sensor")),
        *({"clock": clock} for clock in ("late", "soon", "paused")),
        {"area": str(town)}, {"area": str(village)}, {"item": str(item)}, {"item": str(rare)}, {"urgent": "1"},
        {"since": "2025-06-01", "until": "2025-06-30"}, {"state": "closed", "item": str(item), "area": str(town)},
        {"q": "井盖", "area": str(village)}, {"q": "灭火器", "state": "handling"}, {"sort": "due"},
        {"source": "12345", "clock": "late"}, {"q": "井盖", "sort": "due"},
    ]  # fmt: skip


def _deep_page(record: Callable[..., None]) -> None:
    from gongzhi.matters.queries.lists import cursor_at  # noqa: PLC0415

    client = _signed_in("supervisor")
    first = [_timed(client, "/desk/all") for _ in range(30)]
    after = execute("SELECT id FROM matters_matter ORDER BY id DESC OFFSET 249950 LIMIT 1")[0][0]
    deep = [_timed(client, f"/desk/all?after={cursor_at(int(str(after)))}") for _ in range(30)]
    one, other = percentile(first, 0.5), percentile(deep, 0.5)
    record(
        name="inbox.deep_page", value=other / one, unit="of page 1", better="lower", target=1.25,
        how=f"page 5,000 takes {other:.1f} ms, page 1 {one:.1f} ms (p50)",
    )  # fmt: skip
