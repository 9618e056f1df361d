"""
Runs the benchmarks and says which promises hold.

    python -m bench [NAME …] [--matters N]

Ends with 1 when a promise is missed. Numbers go to var/bench.json and, with the machine and the day, to docs/performance.md.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from bench.database import running
from bench.page import publish
from bench.table import Table, save

FILE = Path(__file__).resolve().parents[1] / "var" / "bench.json"
MATTERS = 1_000_000
OWN = {"city", "disputes"}  # these bring databases of their own

Benchmark = Callable[[Callable[..., None]], None]


def benchmarks() -> dict[str, Benchmark]:
    """Return the benchmarks in the order they run; they import the product, so Django comes first."""
    from bench import (  # noqa: PLC0415
        city,
        dashboard,
        disputes,
        field_app,
        field_sync,
        figures,
        inbox,
        intake,
        live,
        moves,
        patrol,
        places,
        time_rules,
    )

    return {
        "places": places.run,
        "clocks": time_rules.run,
        "inbox": inbox.run,
        "intake": intake.run,
        "moves": moves.run,
        "patrol": patrol.run,
        "dashboard": dashboard.run,
        "field": field_sync.run,
        "app": field_app.run,
        "city": city.run,
        "figures": figures.run,
        "live": live.run,
        "disputes": disputes.run,
    }


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure what is promised."
    )
    parser.add_argument("names", nargs="*", help="only these benchmarks")
    parser.add_argument(
        "--matters", type=int, default=int(os.environ.get("GONGZHI_BENCH_MATTERS", MATTERS))
    )
    chosen = parser.parse_args(arguments)
    with _database(chosen.names, chosen.matters):
        known = benchmarks()
        if unknown := set(chosen.names) - known.keys():
            parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        table = Table()
        for name, run in known.items():
            if not chosen.names or name in chosen.names:
                before = len(table.results)
                run(table.record)
                save(table.results, FILE)
                publish(name, table.results[before:])
    return 0 if all(result.ok for result in table.results) else 1


def _database(names: Sequence[str], matters: int) -> AbstractContextManager[None]:
    """Have the common database, unless all that is asked for brings its own."""
    brings_own = bool(names) and set(names) <= OWN
    return nullcontext() if brings_own else running(matters=matters)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
