"""The pages of foreign PDFs as pictures, to be bound into a paper: PDF/A takes no foreign PDF inside its pages."""

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = Path(__file__).with_name("drawing.py")
SECONDS = 120
LARGE = 1 << 20  # bytes; a larger document is drawn by all cores, a smaller one by one of them


def pages_of(documents: Mapping[str, bytes], *, most: int = 400) -> dict[str, list[bytes]]:
    """
    Return the pages of each PDF as JPEG pictures; none of one that cannot be read or has more than `most`.

    Every document is drawn by processes of its own, as many at once as there are cores: a file made
    to harm spoils its own pages and nothing else.
    """
    cores = os.cpu_count() or 1
    found: dict[str, list[bytes]] = {}
    with TemporaryDirectory() as whole, ThreadPoolExecutor(cores) as at_work:
        parts: list[tuple[str, Path, list[Future[bool]]]] = []
        for place, (name, content) in enumerate(documents.items()):
            folder = Path(whole, str(place))
            folder.mkdir()
            folder.joinpath("in.pdf").write_bytes(content)
            steps = cores if len(content) > LARGE else 1
            drawn = [at_work.submit(_draw, folder, n + 1, steps, most) for n in range(steps)]
            parts.append((name, folder, drawn))
        for name, folder, drawn in parts:
            is_whole = all(one.result() for one in drawn)
            found[name] = _pages(folder) if is_whole else []
    return found


def _draw(folder: Path, first: int, step: int, most: int) -> bool:
    # -I: nothing of ours and nothing of the environment is within reach of the program
    command = [sys.executable, "-I", str(PROGRAM), "in.pdf", ".", *map(str, (first, step, most))]
    try:
        done = subprocess.run(command, cwd=folder, env={}, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _pages(folder: Path) -> list[bytes]:
    files = sorted(folder.glob("*.jpg"), key=lambda file: int(file.stem))
    return [file.read_bytes() for file in files]
