"""
One database full of disputes behind the product's own pages, for `bench disputes`.

    DATABASE_URL=… python -m bench.quarrels COUNT

Fills the database once: a small demonstration city whose disputes are copied by INSERT … SELECT until there are so
many, spread over all villages and years. Then opens each list as a login; a line of JSON each.
"""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

SEEDLINGS = 1200  # matters of the city that the disputes grow from
OPEN_SHARE = 0.02  # of all disputes are under way: a month of 150,000 a year, and some late
YEARS = 5
TURNS = 7
BOXES = ("open", "triage", "consent", "mediating", "sign", "performing", "archive", "ended", "all")
# Where the copies lie: a village, its town's centre and judicial office, and a committee of its own.
_PLACES = """
    CREATE TEMP TABLE place AS
    SELECT v.path, split_part(v.path, '/', 1) || '/' || split_part(v.path, '/', 2) || '/' AS district, c.id AS centre, o.id AS office,
           c.ancestors || o.ancestors AS unit_ids, row_number() OVER (ORDER BY v.path) - 1 AS n
    FROM places_area v
    JOIN accounts_unit c ON c.code = 'centre-' || split_part(v.path, '/', 2)
    JOIN accounts_unit o ON o.code = 'sifa-' || split_part(v.path, '/', 2)
    WHERE v.level = 2
"""
_COMMITTEES = """
    INSERT INTO mediators_body ({columns}) SELECT {values}
    FROM (SELECT * FROM mediators_body ORDER BY id LIMIT 1) b CROSS JOIN place p
"""
_MATTERS = """
    INSERT INTO matters_matter ({columns}) SELECT {values}
    FROM grown g JOIN matters_matter b ON b.id = g.seedling JOIN place p ON p.n = g.place
"""
_DISPUTES = """
    INSERT INTO disputes_dispute ({columns}) SELECT {values}
    FROM grown g JOIN disputes_dispute b ON b.matter_id = g.seedling JOIN place p ON p.n = g.place
    JOIN mediators_body body ON body.code = 'bench-' || p.n
"""
# Each copy is an older sibling of its seedling; what is under way stays of these weeks.
_GROWN = """
    CREATE TEMP TABLE grown AS
    WITH seedlings AS (SELECT id, is_open, row_number() OVER (PARTITION BY is_open ORDER BY id) - 1 AS n,
                              count(*) OVER (PARTITION BY is_open) AS size FROM matters_matter WHERE kind = 'dispute'),
         copies AS (SELECT k, (k * 31) %% size AS n, is_open FROM (
                        SELECT k, k >= %(count)s * (1 - %(open)s) AS is_open FROM generate_series(0::bigint, %(count)s - 1) AS k
                    ) AS each JOIN (SELECT DISTINCT is_open, size FROM seedlings) AS sizes USING (is_open))
    SELECT %(first)s + k AS id, s.id AS seedling, (k * 7919 + k / 597) %% 597 AS place,
           CASE WHEN s.is_open THEN interval '0' ELSE make_interval(secs => (%(count)s - k)::float / %(count)s * %(years)s * 31557600) END AS ago
    FROM copies JOIN seedlings s USING (is_open, n)
"""


def main(count: int) -> None:
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    _fill(count)
    clients: dict[str, Any] = {}
    for group, login, address in _lists():
        clients[login] = clients.get(login) or _signed_in(login)
        print(json.dumps({"group": group, "login": login, "address": address, **_opened(clients[login], address)}), flush=True)  # fmt: skip


def _fill(count: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from gongzhi.demo import actions, tables  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    if not tables.has_rows("matters_matter"):
        actions.load(matters=SEEDLINGS)
    lacking = count - tables.count("disputes_dispute")
    if lacking <= SEEDLINGS:
        return
    began = time.perf_counter()
    _grow(lacking)
    print(f"{count:,} disputes in {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _grow(count: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415

    from gongzhi.demo import tables  # noqa: PLC0415

    first = tables.run("SELECT max(id) + 1 FROM matters_matter")[0][0]
    with transaction.atomic(), tables.without_indexes(("matters_matter", "disputes_dispute")):
        tables.run("SET LOCAL session_replication_role = replica")  # nobody is told of a benchmark
        tables.run(_PLACES)
        tables.run(_GROWN, {"first": first, "count": count, "years": YEARS, "open": OPEN_SHARE})
        tables.run("CREATE UNIQUE INDEX ON place (n)")
        if not tables.run("SELECT 1 FROM mediators_body WHERE code LIKE 'bench-%%' LIMIT 1"):
            _copy("mediators_body", _COMMITTEES, {"id": None, "code": "'bench-' || p.n", "name": "p.path || '人民调解委员会'", "unit_id": "p.office", "unit_ids": "p.unit_ids", "area_path": "p.path"})  # fmt: skip
        moment = {name: f"b.{name} - g.ago" for name in ("reported_at", "received_at", "changed_at", "closed_at")}  # fmt: skip
        where = {"area_path": "p.path", "district": "p.district"}
        _copy("matters_matter", _MATTERS, {
            **moment, **where, "id": "g.id", "key": "NULL", "number": "to_char(mod(g.id, 10000000000), 'FM00-0000-0000') || '-0'",
            "lead_unit_id": "CASE WHEN b.lead_unit_id IS NOT NULL THEN p.office END", "unit_ids": "p.unit_ids",
            "owing_unit_id": "CASE WHEN b.state = 'to_triage' THEN p.centre WHEN b.owing_unit_id IS NOT NULL THEN p.office END",
        })  # fmt: skip
        _copy("disputes_dispute", _DISPUTES, {
            **where, "matter_id": "g.id", "unit_ids": "p.unit_ids", "opened_at": "b.opened_at - g.ago", "agreed_at": "b.agreed_at - g.ago",
            "effective_at": "b.effective_at - g.ago", "body_id": "CASE WHEN b.body_id IS NOT NULL THEN body.id END",
        })  # fmt: skip
    tables.set_sequence("matters_matter")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE matters_matter, disputes_dispute, mediators_body")


def _copy(table: str, statement: str, changed: dict[str, str | None]) -> None:
    """Run an INSERT … SELECT of all columns as they are in `b`, but for those that change; None leaves one out."""
    from gongzhi.demo import tables  # noqa: PLC0415

    found = tables.run("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'", [table])  # fmt: skip
    columns = [name for (name,) in found if changed.get(name, "") is not None]
    values = [changed.get(name) or f"b.{name}" for name in columns]
    tables.run(statement.format(columns=", ".join(f'"{name}"' for name in columns), values=", ".join(values)))  # fmt: skip


def _lists() -> Iterator[tuple[str, str, str]]:
    from gongzhi.demo import tables  # noqa: PLC0415

    town = tables.areas_of(tables.ids_by("accounts_user", "username")["counter"])[0]
    village = tables.run("SELECT path FROM places_area WHERE level = 2 AND path LIKE %s ORDER BY path LIMIT 1", [f"{town}%"])[0][0]  # fmt: skip
    body = tables.run("SELECT id FROM mediators_body WHERE area_path = %s LIMIT 1", [village])[0][0]
    number = tables.run("SELECT number FROM matters_matter WHERE kind = 'dispute' ORDER BY id LIMIT 1")[0][0]  # fmt: skip
    for login in ("supervisor", "counter", "body", "mediator"):
        for box in ("todo", "doing", "all"):
            yield "inbox", login, f"/desk/{box}"
        for box in BOXES:
            yield "boxes", login, f"/desk/disputes?box={box}"
        for query in (
            {"q": "漏水"}, {"q": "物业"}, {"q": str(number)}, {"q": "宏图路"}, {"q": "不存在的词语"}, {"kind": "labour"}, {"kind": "medical.treatment"},
            {"level": "village"}, {"outcome": "partial"}, {"area": str(town)}, {"area": str(village)}, {"body": str(body)},
            {"since": "2024-03-01", "until": "2024-03-31"}, {"clock": "late", "box": "open"}, {"sort": "due"},
            {"kind": "family", "area": str(town), "outcome": "oral"},
        ):  # fmt: skip
            yield "filters", login, f"/desk/disputes?{urlencode({'box': 'all'} | query)}"
    for login in ("supervisor", "counter", "body"):
        for query in ({"figure": "success"}, {"figure": "major"}, {"figure": "performance", "part": "missed"}):  # fmt: skip
            yield "behind", login, f"/desk/disputes/figures/behind?{urlencode(query)}"


def _signed_in(username: str) -> Any:
    from django.test import Client  # noqa: PLC0415

    from gongzhi.demo.queries import PASSWORD  # noqa: PLC0415

    client = Client(HTTP_HOST="localhost")
    client.post("/sign-in", {"username": username, "password": PASSWORD})
    return client


def _opened(client: Any, address: str) -> dict[str, Any]:
    """Open a page several times; return the milliseconds and the statements once what a process remembers is there."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        statements = len(captured)  # the next request forgets them
    times = []
    for _turn in range(TURNS):
        started = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    return {"ms": times, "statements": statements}


if __name__ == "__main__":
    main(int(sys.argv[1]))
