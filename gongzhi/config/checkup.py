"""
What `gongzhi doctor` looks at. Each check yields findings: how it stands, and what to do about it.

A check that cannot run says so in a finding; it never ends the others.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import queries as audit
from gongzhi.clocks import queries as clocks
from gongzhi.config import health
from gongzhi.figures import queries as figures
from gongzhi.insight import queries as insight
from gongzhi.papers import queries as papers

OLDEST_SERVER = 150000
GIGABYTE = 1024**3
JOB_MAY_WAIT = timedelta(minutes=10)
FIGURES_MAY_LAG = timedelta(minutes=1)
LAKE_MAY_LAG = timedelta(minutes=15)
EXTENSIONS = ("pg_trgm", "btree_gist")

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    level: Level
    what: str
    advice: str = ""


def findings(at: datetime) -> Iterator[Finding]:
    yield from check_settings()
    yield from check_keys()
    yield from check_disk()
    yield from check_files()
    yield from check_front_end()
    yield from check_paper_fonts()
    try:
        yield from check_server()
    except DatabaseError as problem:
        yield Finding(
            "fail",
            _("The database cannot be reached: {why}").format(why=str(problem).strip()),
            _("Check DATABASE_URL, and whether the server runs."),
        )
        return
    for check in OF_THE_DATABASE:
        try:
            yield from check(at)
        except DatabaseError as problem:
            connection.close()
            why = str(problem).strip().partition("\n")[0]
            yield Finding("fail", why, _("Run `gongzhi migrate`."))


def check_settings() -> Iterator[Finding]:
    troubles = list(_setting_troubles())
    yield from troubles
    if not troubles:
        yield Finding("ok", _("The settings fit together."))


def _setting_troubles() -> Iterator[Finding]:
    address = urlsplit(settings.PUBLIC_ADDRESS)
    is_public = address.hostname not in {"127.0.0.1", "localhost", "::1"}
    if settings.DEBUG:
        yield Finding(
            "fail" if is_public else "warn",
            _("GONGZHI_DEBUG shows code to everybody."),
            _("Set it to 0."),
        )
    if len(settings.SECRET_KEY) < 40:
        yield Finding(
            "fail",
            _("The secret key is short."),
            _("Set GONGZHI_SECRET_KEY to 50 random characters."),
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "fail", _("Any host name is accepted."), _("Name the site's own in GONGZHI_HOSTS.")
        )
    elif address.hostname not in settings.ALLOWED_HOSTS:
        yield Finding(
            "fail",
            _("The public address {address} is not among the host names.").format(
                address=settings.PUBLIC_ADDRESS
            ),
            _("Add it to GONGZHI_HOSTS."),
        )
    if is_public and not settings.HTTPS:
        yield Finding(
            "warn",
            _("Cookies travel unencrypted."),
            _("Put HTTPS in front and set GONGZHI_HTTPS to 1."),
        )
    if is_public and settings.DEMONSTRATION:
        yield Finding(
            "warn",
            _("Every page is marked as synthetic."),
            _("In a real city set GONGZHI_DEMONSTRATION to 0."),
        )


def check_keys() -> Iterator[Finding]:
    key = Path(settings.FIELD_KEY_FILE)
    if not key.exists():
        yield Finding(
            "warn",
            _("There is no key file for encrypted fields yet."),
            _("One is made at the first use; after a move, put the old one at {file}.").format(
                file=key
            ),
        )
    elif key.stat().st_mode & 0o077:
        yield Finding("fail", _("Others can read the key file."), f"chmod 600 {key}")
    else:
        yield Finding(
            "ok", _("The key of encrypted fields is there, and only its owner can read it.")
        )


def check_disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.VAR).free
    level: Level = "fail" if free < GIGABYTE else "warn" if free < 5 * GIGABYTE else "ok"
    yield Finding(
        level,
        _("{size} GB are free in {folder}.").format(
            size=round(free / GIGABYTE, 1), folder=settings.VAR
        ),
        "" if level == "ok" else _("Make room: a full disk stops the database."),
    )


def check_files() -> Iterator[Finding]:
    """Write, read and remove one small file where uploads go."""
    try:
        name = default_storage.save("doctor.txt", ContentFile(b"ok"))
        with default_storage.open(name) as file:
            whole = file.read() == b"ok"
        default_storage.delete(name)
    except Exception as problem:
        yield Finding(
            "fail",
            _("Files cannot be kept: {why}").format(why=problem),
            _("Check the store's settings."),
        )
        return
    if whole:
        yield Finding("ok", _("Files can be written, read and removed."))
    else:
        yield Finding("fail", _("The file store gives back something else than was written."))


def check_front_end() -> Iterator[Finding]:
    if Path(settings.VITE_MANIFEST).exists():
        yield Finding("ok", _("The front end is built."))
    else:
        yield Finding("fail", _("The front end is not built."), "python3 tools/setup.py demo")


def check_paper_fonts() -> Iterator[Finding]:
    if papers.has_fonts():
        yield Finding("ok", _("The fonts of papers are there."))
    else:
        yield Finding(
            "warn",
            _("The fonts that PDF papers are printed with are missing: papers go out as Word and Excel only."),
            _("Set GONGZHI_PAPER_FONTS, or fetch the front end's packages with `python3 tools/setup.py demo`."),
        )  # fmt: skip


def check_server() -> Iterator[Finding]:
    connection.ensure_connection()
    number = connection.connection.info.server_version
    shown = f"{number // 10000}.{number % 10000}"
    if number < OLDEST_SERVER:
        yield Finding(
            "fail",
            _("PostgreSQL {version} is too old.").format(version=shown),
            _("Use 15 or newer."),
        )
    else:
        yield Finding("ok", _("PostgreSQL {version} answers.").format(version=shown))
    if _one("SHOW server_encoding") != "UTF8":
        yield Finding(
            "fail", _("The database is not in UTF-8."), _("Make it again with ENCODING 'UTF8'.")
        )
    if _one("SHOW fsync") != "on" or _one("SHOW full_page_writes") != "on":
        yield Finding(
            "fail", _("A crash can destroy the database."), _("Turn fsync and full_page_writes on.")
        )


def check_extensions(_at: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        there = {name for (name,) in cursor.fetchall()}
    missing = [name for name in EXTENSIONS if name not in there]
    if missing:
        yield Finding(
            "fail",
            _("Extensions are missing: {names}.").format(names=", ".join(missing)),
            _("Install postgresql-contrib, then run `gongzhi migrate`."),
        )
        return
    if _one("SELECT cardinality(show_trgm('网格'))"):
        yield Finding("ok", _("The extensions are there, and the search knows Chinese."))
    else:
        yield Finding(
            "fail",
            _("The search finds no Chinese."),
            _("Make the database again with LC_CTYPE 'C.UTF-8'."),
        )


def check_migrations(_at: datetime) -> Iterator[Finding]:
    waiting = health.unapplied_migrations()
    if waiting:
        yield Finding(
            "fail",
            _("{count} migrations are not applied, first {name}.").format(
                count=len(waiting), name=waiting[0]
            ),
            _("Run `gongzhi migrate`."),
        )
    else:
        yield Finding("ok", _("Every migration is applied."))


def check_jobs(at: datetime) -> Iterator[Finding]:
    waiting = _one(
        "SELECT count(*) FROM procrastinate_jobs j WHERE status = 'todo' AND coalesce(scheduled_at, "
        "(SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id)) < %s",
        at - JOB_MAY_WAIT,
    )
    failed = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if waiting:
        yield Finding(
            "fail",
            _("{count} jobs have waited for more than ten minutes.").format(count=waiting),
            _("Is a worker running? Start one with `gongzhi worker`."),
        )
    if failed:
        yield Finding(
            "warn",
            _("{count} jobs gave up after several tries.").format(count=failed),
            _("The worker's log says why."),
        )
    if not waiting and not failed:
        yield Finding("ok", _("No job is late, none has failed."))


def check_calendar(at: datetime) -> Iterator[Finding]:
    missing = clocks.uncovered_years(at.year, at.year + 1)
    if missing:
        yield Finding(
            "fail" if at.year in missing else "warn",
            _(
                "The holidays of {years} are not known: deadlines count plain weekdays there."
            ).format(years=", ".join(map(str, missing))),
            _("Import the arrangement when it is published: `gongzhi import calendar FILE`."),
        )
    else:
        yield Finding("ok", _("The holidays of this year and the next are known."))


def check_trail(_at: datetime) -> Iterator[Finding]:
    state = audit.chain_state(verify=True)
    if state.breach is not None:
        yield Finding(
            "fail",
            _("The audit trail does not hold from block {block} on.").format(
                block=state.breach.block
            ),
            _(
                "Somebody changed it past the product. Keep the database as it is and call the auditor."
            ),
        )
    else:
        yield Finding(
            "ok",
            _("The audit trail holds: {count} entries in {blocks} blocks.").format(
                count=state.entry_count, blocks=state.block_count
            ),
            _("{count} entries wait to be sealed.").format(count=state.unsealed_count)
            if state.unsealed_count
            else "",
        )


def check_figures(at: datetime) -> Iterator[Finding]:
    lag = figures.lag()
    advice = _("Look whether `gongzhi figures` runs, and what its log says.")
    if lag.ran_at is None:
        yield Finding(
            "warn",
            _("The figures were never brought up to the register."),
            _("Run `gongzhi figures --rebuild` once, then keep `gongzhi figures` running."),
        )
    elif lag.oldest is not None and at - lag.oldest > FIGURES_MAY_LAG:
        yield Finding(
            "fail",
            _(
                "The figures are behind the register since {moment:%Y-%m-%d %H:%M}; changes waiting: {count}."
            ).format(moment=timezone.localtime(lag.oldest), count=lag.waiting),
            advice,
        )
    elif at - lag.ran_at > FIGURES_MAY_LAG:
        yield Finding(
            "warn",
            _("The figures were last brought up at {moment:%Y-%m-%d %H:%M}.").format(
                moment=timezone.localtime(lag.ran_at)
            ),
            advice,
        )
    else:
        yield Finding(
            "ok",
            _("The figures are true as of {moment:%H:%M:%S}.").format(
                moment=timezone.localtime(lag.ran_at)
            ),
        )


def check_lake(at: datetime) -> Iterator[Finding]:
    try:
        lake = insight.state()
    except insight.Silent as silent:
        yield Finding(
            "warn",
            _("The lake does not answer: {why}").format(why=silent),
            _("Start it with `gongzhi lake`; analyses wait for it, all else works."),
        )
        return
    if lake.as_of is None:
        yield Finding("warn", _("The lake is reading the history for the first time."))
    elif at - lake.as_of > LAKE_MAY_LAG:
        yield Finding(
            "warn",
            _("The lake was last refreshed at {at}.").format(at=f"{lake.as_of:%Y-%m-%d %H:%M}"),
            _("Is `gongzhi lake` running? Its log says why it fell behind."),
        )
    else:
        yield Finding(
            "ok",
            _("The lake answers: {count} matters as of {at}.").format(
                count=lake.facts, at=f"{lake.as_of:%H:%M}"
            ),
        )


def _one(statement: str, *values: datetime) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


OF_THE_DATABASE: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    check_extensions,
    check_migrations,
    check_jobs,
    check_calendar,
    check_trail,
    check_figures,
    check_lake,
)
