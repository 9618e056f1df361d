"""Commands that run or stop processes: demo, serve, worker, stop, migrate."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

import click
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.config import health, supervisor
from gongzhi.config.cli.database import any_database, embedded, start_embedded
from gongzhi.config.cli.progress import Progress
from gongzhi.config.programs import JOBS_AT_ONCE, THREADS, WORKERS, live_command, web_command
from gongzhi.disputes import actions as disputes


@click.command(help=_("Start the demonstration city: database, web and worker; Ctrl-C ends all."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option(
    "--port", type=click.IntRange(1, 65535), help=_("Port; else the first free from 8000.")
)
@click.option(
    "--matters", default=20_000, show_default=True, help=_("Matters to make at first start.")
)
def demo(host: str, port: int | None, matters: int) -> None:
    supervisor.Supervisor(host=host, port=port, cluster=embedded(), say=click.echo).run(
        lambda: _prepare(matters), _announce
    )


def _prepare(matters: int) -> list[str]:
    """Make the city ready; return the children it has no use for."""
    _bring_up_to_date()
    from gongzhi.demo import actions, queries  # noqa: PLC0415 - heavy; only this command needs it

    if not queries.is_loaded():
        click.echo(_("Building the demonstration city …"))
        actions.load(matters=matters, report=Progress())
    if queries.has_court():
        return []
    click.echo(
        _(
            "This city was built by a version without mediation, and stays as it is. `gongzhi reset` and a new start build one with it."
        )
    )
    return ["court"]


def _bring_up_to_date() -> None:
    """Have every table, and in it the kinds of disputes that came with a newer version."""
    if health.unapplied_migrations():
        click.echo(_("Bringing the tables up to date …"))
        call_command("migrate", interactive=False, verbosity=0)
    disputes.load_kinds()


def _announce(address: str) -> None:
    from gongzhi.demo import queries  # noqa: PLC0415 - heavy; only this command needs it

    click.echo("\n" + _("Gongzhi is running at {address}").format(address=address))
    click.echo(_("Sign in with one of these:"))
    _table(
        [
            (each.role, each.name, each.username, each.password, each.purpose)
            for each in queries.logins()
        ]
    )
    click.echo(
        _("Logs are in {folder}. Ctrl-C stops everything.").format(
            folder=supervisor.log_file("web").parent
        )
    )


def _table(rows: Sequence[tuple[Any, ...]]) -> None:
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo("  " + "   ".join(cells).rstrip())


def _width(text: str) -> int:
    """Count columns of a terminal: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


@click.command(help=_("Run the web process in the foreground."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Port.")
)
@click.option(
    "--workers", default=WORKERS, show_default=True, type=click.IntRange(1), help=_("Processes.")
)
@click.option(
    "--threads",
    default=THREADS,
    show_default=True,
    type=click.IntRange(1),
    help=_("Threads in each process; each holds one database connection."),
)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    start_embedded()
    command = web_command(host, port, workers=workers, threads=threads)
    click.echo(_("Web process at {address}").format(address=f"http://{host}:{port}"))
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - our own interpreter


@click.command(help=_("Run the worker: jobs that follow from events, and the schedule."))
@click.option(
    "--at-once",
    default=JOBS_AT_ONCE,
    show_default=True,
    type=click.IntRange(1),
    help=_("Jobs to run at the same time."),
)
@click.option("--until-empty", is_flag=True, help=_("End when no job is waiting."))
def worker(at_once: int, until_empty: bool) -> None:  # noqa: FBT001 - a flag of the command line
    start_embedded()
    call_command(
        "procrastinate", "worker", f"--concurrency={at_once}", "--shutdown-graceful-timeout=8",
        "--delete-jobs=successful", *(["--one-shot"] if until_empty else []),
    )  # fmt: skip


@click.command(
    help=_("Keep the figures up to the register: facts, counts, news and tiles, seconds later.")
)
@click.option("--rebuild", is_flag=True, help=_("Count everything anew from the facts, and end."))
@click.option(
    "--reread", is_flag=True, help=_("Read every matter again, count everything anew, and end.")
)
@click.option("--check", is_flag=True, help=_("Compare what is kept with a full recount, and end."))
def figures(rebuild: bool, reread: bool, check: bool) -> None:  # noqa: FBT001 - flags of the command line
    from gongzhi.figures import jobs  # noqa: PLC0415 - Django must be set up first

    start_embedded()
    if rebuild or reread:
        return _rebuild(again=reread)
    if check:
        return _check()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return jobs.follow(stop)


def _rebuild(*, again: bool) -> None:
    from gongzhi.figures import actions  # noqa: PLC0415 - Django must be set up first

    progress = Progress()
    label = _("Counting")
    count = actions.reread if again else actions.rebuild
    count(at=timezone.now(), report=lambda done, of: progress(label, done, of))
    click.echo(_("Everything is counted."))


def _check() -> None:
    from gongzhi.figures import actions  # noqa: PLC0415 - Django must be set up first

    found = actions.recount()
    for each in found:
        click.echo(f"{each.what}\t{each.key}\t{each.kept}\t{each.counted}")
    if found:
        raise Refused(_("The figures differ from a full recount: run `gongzhi figures --rebuild`."))
    click.echo(_("The figures are the same as a full recount."))


@click.command(help=_("Run the stream: tiles and news for open screens."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help=_("Port.")
)
def live(host: str, port: int) -> None:
    start_embedded()
    command = live_command(host, port)
    click.echo(_("Stream at {address}").format(address=f"http://{host}:{port}/live"))
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - our own interpreter


@click.command(help=_("Hold the lake: the whole history for analyses, beside the web process."))
def lake() -> None:
    start_embedded()
    from gongzhi.insight import api  # noqa: PLC0415 - heavy; only this command needs it

    api.serve()


@click.command(help=_("Run the demonstration's court: takes our messages and sends its own."))
@click.option("--address", required=True, help=_("Address of the web process."))
@click.option("--port", default=0, type=click.IntRange(0, 65535), help=_("Port; else a free one."))
def court(address: str, port: int) -> None:
    start_embedded()
    from gongzhi.demo import court as simulated  # noqa: PLC0415 - only this command needs it

    simulated.serve(address=address, port=port)


@click.command(help=_("Stop a running demonstration and the embedded database."))
def stop() -> None:
    was_running = supervisor.stop_running()
    cluster = embedded()
    if cluster is not None and cluster.data.exists() and cluster.is_running():
        cluster.stop()
        was_running = True
    click.echo(_("Everything is stopped.") if was_running else _("Nothing was running."))


@click.command(help=_("Bring the database's tables up to date."))
def migrate() -> None:
    with any_database():
        waiting = health.unapplied_migrations()
        call_command("migrate", interactive=False, verbosity=0)
        for name in waiting:
            click.echo(_("Applied {name}.").format(name=name))
        if added := disputes.load_kinds():
            click.echo(_("Added {count} kinds of disputes.").format(count=added))
        if not waiting:
            click.echo(_("Every migration is applied already."))
