"""The ruling models in memory: read when first asked for, by their hash, and never from a pickle."""

import logging
import mmap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from gongzhi.base.snapshots import Snapshot
from gongzhi.learning.models import Trained
from gongzhi.learning.rules import linear

_log = logging.getLogger(__name__)
Mark = tuple[tuple[int, str, str, str], ...]


class Ruling:
    """A model and the row that says what it is."""

    def __init__(self, row_id: int, subject: str, model: linear.Linear) -> None:
        self.row_id, self.subject, self.model = row_id, subject, model


def _mark() -> Mark:
    rows = Trained.objects.filter(is_ruling=True).order_by("subject")
    return tuple(rows.values_list("pk", "subject", "file", "sha256"))


def _read(mark: Mark) -> Mapping[str, Ruling]:
    found = {}
    for pk, subject, file, sha256 in mark:
        try:
            found[subject] = Ruling(pk, subject, _model(file, sha256))
        except (OSError, linear.BrokenModel):
            # Pages work without suggestions; the page of suggestions says that the file is missing.
            _log.exception("model %s cannot be read", file)
    return found


_ruling = Snapshot(mark=_mark, read=_read)


def forget() -> None:
    """Read anew at the next question, files included."""
    _ruling.forget()
    _model.cache_clear()


def ruling(subject: str) -> Ruling | None:
    """Return the model that suggests items or units; None while there is none, or its file is missing."""
    return _ruling.current().get(subject)


@lru_cache(maxsize=4)
def _model(file: str, sha256: str) -> linear.Linear:
    """Map the file into memory, so that all processes of a machine share its pages."""
    with _local(file, sha256).open("rb") as stream:
        content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return linear.read(content, sha256=sha256)


def _local(file: str, sha256: str) -> Path:
    """Return the file on this machine; what lies in a remote store is fetched once."""
    try:
        return Path(default_storage.path(file))
    except NotImplementedError:
        kept = Path(settings.VAR) / "learning" / f"{sha256}.bin"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".part")
        with default_storage.open(file) as stream:
            fresh.write_bytes(stream.read())
        fresh.replace(kept)
    return kept
