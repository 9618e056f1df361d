"""
One database behind the product's own pages, for a benchmark that compares sizes: answers over its standard input.

    DATABASE_URL=… python -m bench.side

Each line asked is an address to open as a login; the answer is one line of JSON: milliseconds and statements.
"""

import json
import sys
import time
from typing import Any
from urllib.parse import urlencode

TOWN, VILLAGE = 3, 90  # of all towns and villages by path: ordinary ones
WORDS = ("井盖", "井盖 破损", "灭火器", "出租屋", "燃气泄漏", "垃圾 堆积", "电动自行车 充电", "胜和路", "不存在的词语")  # fmt: skip


def main() -> None:
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    clients: dict[str, Any] = {}
    _say(_plan())
    for line in sys.stdin:
        asked = json.loads(line)
        login = asked["login"]
        clients[login] = clients.get(login) or _signed_in(login)
        _say(_opened(clients[login], asked["address"]))


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _opened(client: Any, address: str) -> dict[str, Any]:
    from django.db import connection, reset_queries  # noqa: PLC0415

    reset_queries()
    connection.force_debug_cursor = True
    client.get(address)
    statements = [(float(q["time"]), q["sql"]) for q in connection.queries_log]
    connection.force_debug_cursor = False
    started = time.perf_counter()
    answer = client.get(address)
    spent = (time.perf_counter() - started) * 1000
    slowest = max(statements, default=(0.0, ""))
    return {
        "status": answer.status_code, "ms": spent, "statements": len(statements), "slowest": slowest,
    }  # fmt: skip


def _signed_in(username: str) -> Any:
    from django.test import Client  # noqa: PLC0415

    from gongzhi.demo.queries import PASSWORD  # noqa: PLC0415

    client = Client(HTTP_HOST="localhost")
    client.post("/sign-in", {"username": username, "password": PASSWORD})
    return client


def _plan() -> dict[str, Any]:
    """Return what to open, by group and in the same order in every database, and how many matters there are."""
    return {
        "matters": _one("SELECT max(id) FROM matters_matter"),
        "groups": {
            "inbox": _inbox(), "filter": _filters(), "search": _searches(), "matter": _matters(),
        },
    }  # fmt: skip


def _one(statement: str) -> Any:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _inbox() -> list[tuple[str, str]]:
    logins = ("dispatcher", "handler", "grid", "supervisor")
    return [(login, f"/desk/{box}") for login in logins for box in ("todo", "doing", "all")]


def _filters() -> list[tuple[str, str]]:
    path = "SELECT path FROM places_area WHERE level = {} ORDER BY path LIMIT 1 OFFSET {}"
    town, village = _one(path.format(1, TOWN)), _one(path.format(2, VILLAGE))
    item = _one("SELECT id FROM catalogue_item ORDER BY code LIMIT 1")
    rare = _one("SELECT id FROM catalogue_item ORDER BY code DESC LIMIT 1 OFFSET 40")
    queries: list[dict[str, Any]] = [
        *({"state": state} for state in ("closed", "handling", "suspended", "to_verify", "void")),
        *({"source": source} for source in ("portal", "12345", "sensor")),
        *({"clock": clock} for clock in ("late", "soon", "paused")),
        {"area": town}, {"area": village}, {"item": item}, {"item": rare}, {"urgent": "1"},
        {"since": "2025-06-01", "until": "2025-06-30"}, {"state": "closed", "item": item, "area": town}, {"sort": "due"},
        {"source": "12345", "clock": "late"}, {"item": rare, "area": village},
    ]  # fmt: skip
    return _addresses(queries)


def _searches() -> list[tuple[str, str]]:
    village = _one(
        f"SELECT path FROM places_area WHERE level = 2 ORDER BY path LIMIT 1 OFFSET {VILLAGE}"
    )
    number = _one("SELECT number FROM matters_matter ORDER BY id LIMIT 1 OFFSET 5000")
    queries = [
        *({"q": word} for word in WORDS),
        {"q": number}, {"q": "井盖", "area": village}, {"q": "灭火器", "state": "handling"}, {"q": "井盖", "sort": "due"},
    ]  # fmt: skip
    return _addresses(queries)


def _addresses(queries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (login, f"/desk/all?{urlencode(query)}")
        for login in ("supervisor", "dispatcher")
        for query in queries
    ]


def _matters() -> list[tuple[str, str]]:
    """Return matters of every age: a twentieth, a half and all of the way to today."""
    newest = _one("SELECT max(id) FROM matters_matter")
    ids = [int(newest * share) for share in (0.05, 0.3, 0.5, 0.8, 0.99)]
    numbers = [
        _one(f"SELECT number FROM matters_matter WHERE id >= {at} ORDER BY id LIMIT 1")
        for at in ids
    ]
    return [("supervisor", f"/desk/matters/{number}") for number in numbers]


if __name__ == "__main__":
    main()
