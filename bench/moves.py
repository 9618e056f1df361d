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

MOVES = 4000


def run(record: Callable[..., None]) -> None:
    """A grid officer verifies: over HTTP, against the same writes alone."""
    from gongzhi.matters import actions as matters  # noqa: PLC0415 - Django is set up by the caller

    prepared = verifiable(MOVES + 10)
    bare = pgbench(move_script(), clients=CLIENTS, seconds=SECONDS)
    officer = actor("grid")
    with CaptureQueriesContext(connection) as captured:
        matters.move(
            matter_id=prepared[0][0],
            move="verify",
            values={"is_true": "yes", "note": "属实"},
            actor=officer,
            at=timezone.now(),
        )
    statements = len(captured)
    with serving(workers=2) as address:
        cookies = cookies_of(address, "grid")
        requests = [
            (
                f"/desk/matters/{number}/verify",
                {"is_true": "yes", "note": "现场核实属实", "version": "0"},
            )
            for _id, number in prepared[10:]
        ]
        ours = hammer(address, iter(requests), cookies=cookies, seconds=SECONDS)
    record(
        name="move.ratio", value=ours / bare, unit="of pgbench", better="higher", target=1 / 12,
        how=f"{ours:.0f} a second over HTTP, signed in, against {bare:.0f} transactions a second of the same writes",
    )  # fmt: skip
    record(
        name="move.statements", value=statements + 2, unit="statements", better="lower", target=12,
        how="verify: the action's, BEGIN and COMMIT counted, with the session's one and the page's one",
    )  # fmt: skip
