"""The work that is shared among processes: drawing pictures, living through chunks."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import django
from django.conf import settings
from django.db import connection, transaction

from gongzhi.demo import photos
from gongzhi.demo.photos import Photo

A = TypeVar("A")
B = TypeVar("B")
Each = Callable[[Callable[[A], B], Iterable[A]], Iterator[B]]
_worlds: dict[tuple[int, datetime], Any] = {}


@contextmanager
def workers(count: int) -> Iterator[Any]:
    """Give a `map` that keeps the order: over so many processes, or in this one when count is 1."""
    if count <= 1:
        yield map
        return
    name = connection.settings_dict["NAME"]
    context = multiprocessing.get_context("spawn")  # a fork would share the parent's connection
    with ProcessPoolExecutor(count, context, initializer=_begin, initargs=(name,)) as pool:
        yield pool.map


def _begin(database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    settings.DATABASES["default"]["NAME"] = database  # a test's database has another name
    django.setup()


def keep_photo(task: tuple[int, datetime, Photo]) -> int:
    """Draw one picture and store it; return the file's id."""
    # Django's models can be imported only once a new process is set up.
    from gongzhi.files import actions as files  # noqa: PLC0415

    seed, at, photo = task
    return files.put_drawn(name=photo.name, content=photos.draw(photo, seed=seed), at=at)


def write_chunk(task: tuple[int, datetime, Any, dict[tuple[str, bool], list[int]]]) -> int:
    """Live through one chunk and copy it in, in one transaction; return how many matters it has."""
    from gongzhi.demo import chunks  # noqa: PLC0415

    seed, at, plan, pictures = task
    known = world_of(seed, at)
    gc.disable()  # a chunk makes millions of objects without a cycle among them
    try:
        with transaction.atomic():
            chunks.write(known, plan, pictures)
    finally:
        gc.enable()
    return len(plan.seconds)


def learn(task: tuple[str, datetime]) -> str:
    """Teach one of the lessons."""
    from gongzhi.demo import lessons  # noqa: PLC0415

    part, at = task
    lessons.LESSONS[part](at)
    return part


def world_of(seed: int, at: datetime) -> Any:
    """Return what this process knows of the city, read once."""
    from gongzhi.demo.world import World  # noqa: PLC0415

    if (seed, at) not in _worlds:
        _worlds.clear()
        _worlds[seed, at] = World(seed, at=at)
    return _worlds[seed, at]
