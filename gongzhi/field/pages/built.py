"""What the front end's build made for the app: which files its shell needs, which may come later."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

ENTRY = "src/field.js"
WORKER = "src/field/worker.js"
PLAIN = ("logo.svg", "device.js")  # used by the shell, without a hash in their names
FONTS = ".woff2"  # fetched only where a device has no Chinese font

Manifest = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Build:
    shell: tuple[str, ...]  # addresses that must be there before the app opens without a network
    later: tuple[str, ...]  # map and decoder
    sprite: str
    worker: str  # the worker's own text
    version: str  # changes with any of these


def current() -> Build:
    """Return the last build; a new one is seen without a restart. Before the first, nothing is there."""
    if not settings.VITE_MANIFEST.exists():
        return Build((), (), "", "", "")
    return _read(settings.VITE_MANIFEST.stat().st_mtime)


@lru_cache(maxsize=2)
def _read(_written_at: float) -> Build:
    folder = settings.VITE_MANIFEST.parent
    manifest: Manifest = json.loads(settings.VITE_MANIFEST.read_text())
    sprite = manifest["icons.svg"]["file"]
    now = _files(manifest, _chunks(manifest, [ENTRY], "imports"))
    every = _files(manifest, _chunks(manifest, [ENTRY], "imports", "dynamicImports"))
    shell = dict.fromkeys([*now, sprite, *PLAIN])
    later = [file for file in dict.fromkeys(every) if file not in shell]
    worker = (folder / manifest[WORKER]["file"]).read_text()
    # Names tell the content of all files but the plain ones.
    told = [*shell, *later, worker, *((folder / name).read_text() for name in PLAIN)]
    return Build(
        shell=tuple(settings.STATIC_URL + file for file in shell),
        later=tuple(settings.STATIC_URL + file for file in later),
        sprite=settings.STATIC_URL + sprite,
        worker=worker,
        version=hashlib.sha256("\n".join(told).encode()).hexdigest()[:12],
    )


def _chunks(manifest: Manifest, start: Iterable[str], *ways: str) -> list[str]:
    """Return the chunks that can be reached from the first ones by these kinds of import."""
    found: dict[str, None] = {}
    ahead = list(start)
    while ahead:
        key = ahead.pop()
        if key in found or key not in manifest:
            continue
        found[key] = None
        ahead.extend(other for way in ways for other in manifest[key].get(way, ()))
    return list(found)


def _files(manifest: Manifest, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        chunk = manifest[key]
        for file in (chunk["file"], *chunk.get("css", ()), *chunk.get("assets", ())):
            if not file.endswith(FONTS):
                yield file
