"""
Runs every check that needs no test run, all of them even when one fails, and says what failed.

    python -m tools.check
"""

import os
import subprocess
import sys
import time

PYTHON = sys.executable
BIN = os.path.dirname(sys.executable)  # noqa: PTH120 - the folder of the link, not of what it links to
CODE = ["gongzhi", "tests", "tools", "bench", "conftest.py", "manage.py"]

CHECKS = {
    "formatted": [f"{BIN}/ruff", "format", "--check", "--quiet", *CODE],
    "linted": [f"{BIN}/ruff", "check", "--quiet", *CODE],
    "typed": [f"{BIN}/mypy", "--no-error-summary"],
    "contracts kept": [f"{BIN}/lint-imports"],
    "migrations made": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translated": [PYTHON, "-m", "tools.messages", "--check"],
    "templates linted": [f"{BIN}/djlint", "--lint", "--quiet", "gongzhi", "templates"],
    "documents fresh": [PYTHON, "-m", "tools.docs", "--check"],
}


def main() -> int:
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    print(f"not {', not '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.monotonic() - started
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({took:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
