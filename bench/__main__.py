"""
Runs the benchmarks and says which promises hold.

    python -m bench [NAME …] [--matters N]

Ends with 1 when a promise is missed. Numbers go to var/bench.json.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.database import running
from bench.table import Result, line, record

FILE = Path(__file__).resolve().parents[1] / "var" / "bench.json"
MATTERS = 1_000_000

Benchmark = Callable[[], Iterable[Result]]


def benchmarks() -> dict[str, Benchmark]:
    """Return the benchmarks in the order they run; they import the product, so Django comes first."""
    from bench import placing, time_rules  # noqa: PLC0415

    return {
        "placing": placing.measure,
        "clock": time_rules.measure,
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
        results: list[Result] = []
        for name, measure in known.items():
            if not chosen.names or name in chosen.names:
                for result in measure():
                    print(line(result), flush=True)
                    results.append(result)
                record(results, FILE)
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
