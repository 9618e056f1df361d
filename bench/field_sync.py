"""
Officers' handsets synchronise: nothing is lost or doubled on a bad road, and a city of them at once is no trouble.

Writes into the benchmark's database; what it enters stays there, under keys of its own.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.database import CLUSTER, execute
from bench.mortal import MortalServer
from bench.street import Handset, Photo, Record, Unanswered, ledger, photos, records
from bench.tunnel import Tunnel

RECORDS, PHOTOS_EACH = 500, 3
OFFICERS, MINUTES = 2000, 5
SAMPLED = 60
LOG = Path(__file__).resolve().parents[1] / "var" / "log" / "bench-field.log"
PARTS = ("me", "catalogue", "lists", "areas", "premises", "work", "words")


def run(record: Callable[..., None]) -> None:
    weigh(record)
    server = MortalServer(log=LOG, extra={"DATABASE_URL": CLUSTER.url()})
    try:
        server.wait()
        bad_road(record, server)
        rush(record, server)
    finally:
        server.stop()


def weigh(record: Callable[..., None]) -> None:
    """How large the data package of an officer is, of many the largest."""
    from django.utils import timezone  # noqa: PLC0415 - Django is set up by the caller

    from gongzhi.accounts import queries as accounts  # noqa: PLC0415
    from gongzhi.field import queries as field  # noqa: PLC0415

    at = timezone.now()
    sizes: list[tuple[int, int]] = []
    for user_id in officers(SAMPLED):
        actor = accounts.actor_for(user_id, at)
        found = [field.part(name, actor, at=at) for name in field.PARTS]
        sizes.append(
            (sum(len(one.content) for one in found), sum(len(one.packed) for one in found))
        )
    plain, packed = max(sizes)
    record(
        name="field.package", value=plain / 1e6, unit="MB", better="lower", target=3.0,
        how=f"largest of {len(sizes)} officers, all parts as JSON; {packed / 1e6:.2f} MB on the wire, median {sorted(sizes)[len(sizes) // 2][0] / 1e6:.2f} MB",
    )  # fmt: skip


def bad_road(record: Callable[..., None], server: MortalServer) -> None:
    """500 records with 1,500 photos through a road that loses, cuts and repeats; the server killed twice."""
    user_id = officers(1)[0]
    lon, lat = _a_point_of(user_id)
    # Photos of this run alone: those of an earlier one in the same database would count as doubled.
    made = records(
        RECORDS, item=_an_item(), around=(lon, lat), photos_each=PHOTOS_EACH, seed=time.time_ns()
    )
    killed_at = {RECORDS // 4, RECORDS // 2}
    started = time.monotonic()
    with Tunnel(server.port, seed=11) as road:
        handset = Handset(road.port, cookies_for([user_id])[0])
        handset.register()

        def told(done: int) -> None:
            if killed_at and done >= min(killed_at):
                killed_at.remove(min(killed_at))
                threading.Timer(0.3, server.kill).start()  # in the middle of what comes next

        handset.send_all(made, until=time.monotonic() + 1800, told=told)
        time.sleep(3)  # what comes once more, late
    seconds = time.monotonic() - started
    server.wait()
    lost, doubled = _compared(made)
    how = f"{RECORDS} records, {RECORDS * PHOTOS_EACH} photos, {handset.tries} requests in {seconds:.0f} s: {dict(road.counts)}; server killed {server.deaths} times"
    record(name="field.lost", value=lost, unit="records", better="lower", target=0, how=how)
    record(
        name="field.doubled", value=doubled, unit="rows", better="lower", target=0,
        how="matters, attachments, mediations and files beyond what was sent, counted row by row",
    )  # fmt: skip


def _compared(made: Sequence[Record]) -> tuple[int, int]:
    """Return what of the records is missing or differs, and what is there beyond them."""
    wanted = ledger(made)
    found: dict[str, list[str]] = {}
    reports = (
        "SELECT substr(m.key, 7), m.number, f.source_sha256 FROM matters_matter m"
        " JOIN matters_attachment a ON a.matter_id = m.id JOIN files_storedfile f ON f.id = a.file_id"
        f" WHERE m.key = ANY('{{{','.join(f'field:{one.id}' for one in made)}}}')"
    )
    mediations = (
        "SELECT q.operation_id::text, '', f.source_sha256 FROM field_quickmediation q"
        " JOIN field_mediationphoto p ON p.mediation_id = q.id JOIN files_storedfile f ON f.id = p.file_id"
        f" WHERE q.operation_id = ANY('{{{','.join(one.id for one in made)}}}')"
    )
    numbers: dict[str, set[str]] = {}
    for key, number, sha256 in (*execute(reports), *execute(mediations)):
        found.setdefault(str(key), []).append(str(sha256))
        numbers.setdefault(str(key), set()).add(str(number))
    lost = doubled = 0
    for one in made:
        sums = found.get(one.id, [])
        is_whole = one.result.get("state") == "done" and set(sums) == wanted[one.id]
        lost += not is_whole
        doubled += max(0, len(sums) - len(wanted[one.id])) + max(
            0, len(numbers.get(one.id, "")) - 1
        )
    sent = "','".join(sum_ for of_one in wanted.values() for sum_ in of_one)
    kept = execute(f"SELECT count(*) FROM files_storedfile WHERE source_sha256 IN ('{sent}')")
    doubled += max(0, int(str(kept[0][0])) - RECORDS * PHOTOS_EACH)
    return lost, doubled


@dataclass
class Rush:
    """What 2,000 synchronisings took, each from its first request to its last."""

    seconds: list[float] = field(default_factory=list)
    requests: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def rush(record: Callable[..., None], server: MortalServer) -> None:
    """2,000 officers synchronise within five minutes: look what changed, fetch it, send a photo and a report."""
    user_ids = officers(OFFICERS)
    jars, item = cookies_for(user_ids), _an_item()
    spots = {user_id: _a_point_of(user_id) for user_id in user_ids}
    luck, pictures, told = random.Random(5), photos(5), Rush()
    shots = [next(pictures).content for _shot in range(50)]
    starts = sorted(luck.uniform(0, MINUTES * 60) for _officer in user_ids)
    began = time.monotonic()

    def one(turn: int) -> None:
        time.sleep(max(0.0, began + starts[turn] - time.monotonic()))
        handset = Handset(server.port, jars[turn], hands=1)
        _sync(handset, told, item=item, spot=spots[user_ids[turn]], photo=Photo(shots[turn % 50] + turn.to_bytes(4)))  # fmt: skip

    with ThreadPoolExecutor(200) as pool:
        list(pool.map(one, range(len(user_ids))))
    lasted = time.monotonic() - began
    p95, p50 = _percentile(told.seconds, 95), _percentile(told.seconds, 50)
    how = f"{len(told.seconds)} officers in {lasted:.0f} s, 2 web processes: manifest, all parts, photo, report; median {p50:.2f} s, slowest {max(told.seconds, default=0):.2f} s, p95 of a request {_percentile(told.requests, 95):.3f} s"
    record(name="field.rush_p95", value=p95, unit="s", better="lower", target=2.0, how=how)
    record(
        name="field.rush_errors", value=len(told.errors), unit="errors", better="lower", target=0,
        how="; ".join(sorted(set(told.errors))[:3]) or "none",
    )  # fmt: skip


def _sync(
    handset: Handset, told: Rush, *, item: int, spot: tuple[float, float], photo: Photo
) -> None:
    started = time.monotonic()

    def ask(
        method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        before = time.monotonic()
        answer = handset.ask(method, path, body, headers)
        told.requests.append(time.monotonic() - before)
        return answer

    try:
        ask(
            "POST",
            "handsets",
            {"id": handset.id, "name": "bench", "platform": "loopback", "app_version": "1"},
        )
        ask("GET", "package")
        for name in PARTS:
            ask("GET", f"package/{name}")
        handset.upload_whole(photo, ask)
        made = Record("report", {"item_id": item, "text": "集中上报", "lon": spot[0], "lat": spot[1], "is_new": True}, [photo], datetime.now(UTC))  # fmt: skip
        given = {
            "handset": handset.id,
            "sent_at": datetime.now(UTC).isoformat(),
            "ops": [made.as_operation()],
        }
        [result] = ask("POST", "ops", given)["results"]
        if result["state"] != "done":
            told.errors.append(f"{result['state']}: {result['words']}")
    except (Unanswered, RuntimeError) as error:
        told.errors.append(str(error)[:200])
    told.seconds.append(time.monotonic() - started)


def _percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1] if len(values) > 1 else 0.0


def officers(count: int) -> list[int]:
    """Return people who hold a grid today, spread over the city; always the same ones."""
    rows = execute(
        "SELECT DISTINCT ON (p.user_id) p.user_id FROM accounts_posting p JOIN accounts_user u ON u.id = p.user_id"
        " WHERE p.role = 'grid_officer' AND u.is_active AND p.starts_on <= current_date"
        "   AND (p.ends_on IS NULL OR p.ends_on >= current_date)"
        "   AND EXISTS (SELECT FROM places_premises x WHERE x.area_path = p.area_path AND x.lon IS NOT NULL)"
        " ORDER BY p.user_id"
    )
    ids = [int(str(row[0])) for row in rows]
    if not ids:
        raise RuntimeError("There is no grid officer in the benchmark's database.")
    step = max(1, len(ids) // count)
    return ids[::step][:count]


def cookies_for(user_ids: Sequence[int]) -> list[dict[str, str]]:
    """Open a session for each person, as signing in does, without the price of two thousand password hashes."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    people = {person.pk: person for person in get_user_model().objects.filter(pk__in=user_ids)}
    jars = []
    for user_id in user_ids:
        client = Client()
        client.force_login(people[user_id], backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        jars.append({settings.SESSION_COOKIE_NAME: key, "csrftoken": "c" * 32})
    return jars


def _a_point_of(user_id: int) -> tuple[float, float]:
    [row] = execute(
        "SELECT x.lon, x.lat FROM accounts_posting p JOIN places_premises x ON x.area_path = p.area_path"
        f" WHERE p.user_id = {user_id} AND p.role = 'grid_officer' AND x.lon IS NOT NULL ORDER BY x.id LIMIT 1"
    )
    return float(str(row[0])), float(str(row[1]))


def _an_item() -> int:
    from bench.subjects import an_item  # noqa: PLC0415 - needs Django

    return an_item()
