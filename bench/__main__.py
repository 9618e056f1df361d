"""
Runs the benchmarks and says which promises hold.

    python -m bench [NAME …] [--matters N]

Ends with 1 when a promise is missed. Numbers go to var/bench.json.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.database import running
from bench.table import Table, save

FILE = Path(__file__).resolve().parents[1] / "var" / "bench.json"
MATTERS = 1_000_000

Benchmark = Callable[[Callable[..., None]], None]


def benchmarks() -> dict[str, Benchmark]:
    """Return the benchmarks in the order they run; they import the product, so Django comes first."""
    from bench import (  # noqa: PLC0415
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
        "field": field_sync.run,
        "app": field_app.run,
        "figures": figures.run,
        "live": live.run,
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
    with running(matters=chosen.matters):
        known = benchmarks()
        if unknown := set(chosen.names) - known.keys():
            parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        table = Table()
        for name, run in known.items():
            if not chosen.names or name in chosen.names:
                run(table.record)
                save(table.results, FILE)
    return 0 if all(result.ok for result in table.results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
