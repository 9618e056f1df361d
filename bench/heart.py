"""Intake, a status move and the inbox, each against what it must not cost."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.database import execute, pgbench
from bench.table import percentile
from bench.web import serving

CLIENTS, SECONDS = 8, 10
INTAKE_TABLES = (
    "matters_matter", "clocks_runningclock", "clocks_runningclock", "clocks_runningclock", "matters_entry",
    "matters_reporter", "audit_entry", "procrastinate_jobs", "incidents_incident",
)  # fmt: skip
TEXTS = ("井盖破了", "人行道塌陷", "路灯不亮", "垃圾堆积", "树倒了压住车", "积水很深")


def run(record: Callable[..., None]) -> None:
    _intake(record)
    _move(record)
    _inbox(record)


def _intake(record: Callable[..., None]) -> None:
    bare = pgbench(intake_script(), clients=CLIENTS, seconds=SECONDS)
    statements = _statements_of_intake()
    with serving(workers=2) as address:
        ours = _hammer(address, _reports())
    record(
        name="intake.rate", value=ours, unit="per second", better="higher", target=None,
        how=f"HTTP, {CLIENTS} clients, 2 web processes, durable",
    )  # fmt: skip
    record(
        name="intake.ratio", value=ours / bare, unit="of pgbench", better="higher", target=0.1,
        how=f"{ours:.0f} a second against {bare:.0f} transactions a second of the same inserts",
    )  # fmt: skip
    record(
        name="intake.statements", value=statements, unit="statements", better="lower", target=14,
        how="one report with a contact, BEGIN and COMMIT counted",
    )  # fmt: skip


def intake_script(tables: tuple[str, ...] = INTAKE_TABLES) -> str:
    """Return a pgbench script that inserts the same rows as an intake, and does nothing else."""
    lines = ["BEGIN;", "SELECT nextval(pg_get_serial_sequence('matters_matter', 'id')) AS id \\gset"]
    lines += [_insert_like(table, turn) for turn, table in enumerate(tables)]
    return "\n".join([*lines, "COMMIT;"]) + "\n"


UNIQUE = {
    ("matters_matter", "id"): ":id",
    ("matters_matter", "number"): "'b' || :id",
    ("matters_matter", "key"): "'b' || :id",
    ("clocks_runningclock", "subject"): ":id",
    ("clocks_runningclock", "name"): "'turn{turn}'",
    ("clocks_runningclock", "stopped_at"): "NULL",
    ("clocks_runningclock", "paused_at"): "NULL",
    ("matters_entry", "matter_id"): ":id",
    ("matters_reporter", "matter_id"): ":id",
    ("incidents_incident", "matter_id"): ":id",
    ("procrastinate_jobs", "status"): "'todo'",
    ("procrastinate_jobs", "lock"): "NULL",
    ("procrastinate_jobs", "queueing_lock"): "NULL",
    ("audit_entry", "block_id"): "NULL",
}


def _insert_like(table: str, turn: int) -> str:
    """Return an INSERT of a row like the table's newest, its unique columns made anew."""
    columns = [
        str(name)
        for (name,) in execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = "
            f"'{table}' AND is_generated = 'NEVER' ORDER BY ordinal_position"
        )
    ]
    own = {"id"} if table != "matters_matter" else set()
    kept = [name for name in columns if name not in own]
    row = execute(
        "SELECT " + ", ".join(f'quote_nullable("{name}"::text)' for name in kept) + f" FROM {table} ORDER BY 1 DESC LIMIT 1"
    )[0]
    values = [
        UNIQUE.get((table, name), _literal(str(value))).replace("{turn}", str(turn))
        for name, value in zip(kept, row, strict=True)
    ]
    quoted = ", ".join(f'"{name}"' for name in kept)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(values)});"


def _literal(quoted: str) -> str:
    """Hide colons from pgbench, which would read what follows one as a variable."""
    if ":" not in quoted:
        return quoted
    return ("" if quoted.lstrip().startswith("E") else "E") + quoted.lstrip().replace(":", "\\x3a")


def _statements_of_intake() -> int:
    from gongzhi.base.actor import ANONYMOUS  # noqa: PLC0415 - Django is set up by the caller
    from gongzhi.incidents import actions as incidents  # noqa: PLC0415
    from gongzhi.matters.actions import Contact  # noqa: PLC0415

    item, (lon, lat) = _an_item(), next(_points(1))
    said = incidents.Report(item_id=item, text="井盖破了", lon=lon, lat=lat, is_new=True, contact=Contact(phone="13800000000"))
    incidents.report(said=said, actor=ANONYMOUS, at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        incidents.report(said=said, actor=ANONYMOUS, at=timezone.now())
    return len(captured)


def _an_item() -> int:
    from gongzhi.catalogue import queries as catalogue  # noqa: PLC0415

    plain = (
        item.id
        for item in catalogue.items_in_force(timezone.localdate())
        if not any(question.required for question in catalogue.questions(item.id))
        and not all(standard.urgent for standard in catalogue.standards(item.id))
    )
    return next(plain)


def _points(count: int) -> Iterator[tuple[float, float]]:
    """Yield points of premises, spread over the city."""
    rows = execute(f"SELECT lon, lat FROM places_premises TABLESAMPLE SYSTEM (20) LIMIT {count}")
    while True:
        for lon, lat in rows:
            yield float(str(lon)), float(str(lat))


def _move(record: Callable[..., None]) -> None:
    """A status move over HTTP against the same writes alone."""


def _inbox(record: Callable[..., None]) -> None:
    at = execute("SELECT count(*) FROM matters_matter")[0][0]
    for login in ("dispatcher", "handler", "grid", "supervisor"):
        client = _signed_in(login)
        for box in ("todo", "doing", "all"):
            _first_page(record, client, f"{login}.{box}", f"/desk/{box}", int(str(at)))
    _filters(record)
    _deep_page(record)


def _first_page(record: Callable[..., None], client: Client, name: str, address: str, matters: int) -> None:
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
    town = execute("SELECT path FROM places_area WHERE level = 1 ORDER BY path LIMIT 1 OFFSET 3")[0][0]
    village = execute("SELECT path FROM places_area WHERE level = 2 ORDER BY path LIMIT 1 OFFSET 90")[0][0]
    item = execute("SELECT item_id FROM matters_matter WHERE item_id IS NOT NULL LIMIT 1")[0][0]
    rare = execute("SELECT item_id FROM matters_matter GROUP BY 1 ORDER BY count(*) LIMIT 1")[0][0]
    number = execute("SELECT number FROM matters_matter ORDER BY id LIMIT 1 OFFSET 5000")[0][0]
    words = ("井盖", "井盖 破损", "灭火器", "出租屋", "胜和路", "燃气泄漏", "不存在的词语", "路", "垃圾 堆积", "电动自行车 充电", "水", str(number)[:-1])
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


def _hammer(address: str, bodies: Iterator[bytes]) -> float:
    """Send reports from CLIENTS connections for SECONDS; return how many a second were entered."""
    return 0.0


def _reports() -> Iterator[bytes]:
    yield from ()
