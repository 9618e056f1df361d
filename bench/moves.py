"""A status move over HTTP, signed in."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.database import pgbench
from bench.hammer import CLIENTS, SECONDS, cookies_of, hammer
from bench.scripts import move_script
from bench.subjects import actor, verifiable
from bench.web import serving
from gongzhi.base.actor import Actor

MOVES = 4000


def run(record: Callable[..., None]) -> None:
    """A grid officer verifies: over HTTP, against the same writes alone."""
    waiting = verifiable(MOVES + 10)
    officer = actor("grid")
    statements = [_verified(matter_id, officer) for matter_id, _number in waiting[:2]][1]
    with serving(workers=2) as address:
        cookies = cookies_of(address, "grid")
        requests = [
            (
                f"/desk/matters/{number}/verify",
                {"is_true": "yes", "note": "现场核实属实", "version": "0"},
            )
            for _id, number in waiting[10:]
        ]
        ours = hammer(address, iter(requests), cookies=cookies, seconds=SECONDS)
    script = move_script()
    bare = pgbench(script, clients=CLIENTS, seconds=SECONDS)  # last: it moves versions on
    prepared = pgbench(script, clients=CLIENTS, seconds=SECONDS, mode="prepared")
    record(
        name="move.ratio", value=ours / bare, unit="of pgbench", better="higher", target=1 / 12,
        how=f"{ours:.0f} a second over HTTP, signed in, against {bare:.0f} transactions a second of the same writes ({prepared:.0f} when prepared once: {ours / prepared:.3f})",
    )  # fmt: skip
    record(
        name="move.statements", value=statements + 2, unit="statements", better="lower", target=12,
        how="verify: the action's, BEGIN and COMMIT counted, with the session's one and the page's one",
    )  # fmt: skip


def _verified(matter_id: int, officer: Actor) -> int:
    """Verify one matter; return the number of statements. The first one fills what is kept in memory."""
    from gongzhi.matters import actions as matters  # noqa: PLC0415 - Django is set up by the caller

    values = {"is_true": "yes", "note": "属实"}
    with CaptureQueriesContext(connection) as captured:
        matters.move(
            matter_id=matter_id, move="verify", values=values, actor=officer, at=timezone.now()
        )
    return len(captured)
