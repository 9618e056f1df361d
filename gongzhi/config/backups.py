"""
One file holds a whole city: manifest, database dump, files. Written and checked as a stream.

The manifest stands first and names the version and the SHA-256 of every member, so a damaged or
foreign file is refused before anything is replaced.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

import gongzhi
from gongzhi.base.errors import Refused
from gongzhi.config.postgres import Cluster

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files/"
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    format: int
    version: str
    made_at: str
    files: int
    key: str  # fingerprint of the key of encrypted fields; the key itself is kept elsewhere
    checksums: dict[str, str]

    @property
    def key_is_here(self) -> bool:
        return self.key == _fingerprint_of_key()


def write(target: Path) -> Manifest:
    """Write the backup beside its place first: a broken run never leaves a file that looks whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        dump = Path(scratch) / DUMP
        _run("pg_dump", "-Fc", "--no-owner", "--no-privileges", "-f", str(dump))
        members = {DUMP: dump, **{FILES + name: path for name, path in _stored_files()}}
        manifest = Manifest(
            FORMAT, gongzhi.__version__, datetime.now(UTC).isoformat(timespec="seconds"),
            len(members) - 1, _fingerprint_of_key(), {name: _checksum_of(path) for name, path in members.items()},
        )  # fmt: skip
        half = Path(scratch) / "backup.tar"
        with tarfile.open(half, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
            for name, path in members.items():
                tar.add(path, arcname=name, recursive=False)
        half.chmod(0o600)  # it holds everything the city knows
        half.replace(target)
    return manifest


def verified(source: Path) -> Manifest:
    """Read the whole file once; Refused when it is not one of ours, or not as it was written."""
    try:
        with tarfile.open(source) as tar:
            manifest = _manifest_of(tar)
            found = {
                member.name: _checksum(stream)
                for member in tar
                if member.name != MANIFEST and (stream := tar.extractfile(member)) is not None
            }
    except (tarfile.TarError, OSError, ValueError, TypeError, KeyError) as problem:
        raise Refused(
            _("{file} is not a backup of Gongzhi, or it is damaged.").format(file=source)
        ) from problem
    damaged = sorted(
        name
        for name in {*found, *manifest.checksums}
        if found.get(name) != manifest.checksums.get(name)
    )
    if damaged:
        raise Refused(
            _("{file} is damaged: {names} differ from the manifest.").format(
                file=source, names=", ".join(damaged[:5])
            )
        )
    return manifest


def put_back(source: Path) -> None:
    """Replace database and files; the database in one transaction, the files after it."""
    with (
        tempfile.TemporaryDirectory(dir=Path(settings.VAR)) as scratch,
        tarfile.open(source) as tar,
    ):
        tar.extractall(scratch, filter="data")
        connections.close_all()
        _run(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
            "--single-transaction", "--exit-on-error", str(Path(scratch) / DUMP),
        )  # fmt: skip
        restored = Path(scratch) / FILES
        restored.mkdir(exist_ok=True)
        kept = Path(settings.MEDIA_ROOT)
        if kept.exists():
            shutil.rmtree(kept)
        shutil.move(restored, kept)


def _manifest_of(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    stream = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if stream is None:
        raise ValueError("no manifest")
    manifest = Manifest(**json.load(stream))
    if manifest.format != FORMAT:
        raise Refused(
            _("This backup was written by another version ({version}).").format(
                version=manifest.version
            )
        )
    return manifest


def _fingerprint_of_key() -> str:
    key = Path(settings.FIELD_KEY_FILE)
    return hashlib.sha256(b"gongzhi" + key.read_bytes()).hexdigest()[:16] if key.exists() else ""


def _stored_files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.exists() else []:
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix(), path


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    tar.addfile(member, io.BytesIO(text.encode()))


def _checksum_of(path: Path) -> str:
    with path.open("rb") as stream:
        return _checksum(stream)


def _checksum(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on the database of the settings."""
    chosen = connection.settings_dict
    environment = {
        "PGHOST": chosen["HOST"], "PGPORT": str(chosen["PORT"] or ""), "PGUSER": chosen["USER"],
        "PGPASSWORD": chosen["PASSWORD"], "PGDATABASE": chosen["NAME"],
        **{f"PG{name.upper()}": str(value) for name, value in chosen["OPTIONS"].items() if name.startswith("ssl")},
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [*_program(program), *([f"--dbname={chosen['NAME']}"] if program == "pg_restore" else []), *arguments],
        env={**os.environ, **{name: value for name, value in environment.items() if value}},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"{program}: {done.stderr.strip()[-800:]}")


def _program(name: str) -> list[str]:
    """Take the embedded program, which reads every server up to its own version; else the system's."""
    packaged = Cluster().command(name)
    if Path(packaged[0]).exists():
        return packaged
    found = shutil.which(name)
    if found is None:
        raise Refused(_("The program {name} of PostgreSQL is missing.").format(name=name))
    return [found]
