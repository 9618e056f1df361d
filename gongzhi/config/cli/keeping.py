"""Commands that keep the city's data: backup, restore, reset."""

import shutil
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base import secrets
from gongzhi.base.errors import Refused
from gongzhi.config import backups, keys, supervisor
from gongzhi.config.cli.database import any_database, database, embedded
from gongzhi.config.postgres import Cluster

OURS = (
    "files", "log", "run", "static", "screenshots", "browser", "bench.json", "secret-key", "field-key"
)  # fmt: skip
OTHER_CLUSTERS = ("test", "bench")


@click.command(help=_("Write the database and all files into one FILE (.tar)."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    with database():
        made = backups.write(file)
    click.echo(
        _("Keep the key {file} too, in another place: it is not in the backup.").format(
            file=settings.FIELD_KEY_FILE
        )
    )
    click.echo(
        _("Wrote {file}: {files} files, {size} MB.").format(
            file=file, files=made.files, size=round(file.stat().st_size / 1e6, 1)
        )
    )


@click.command(help=_("Replace the database and all files by those of a backup FILE."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def restore(file: Path, yes: bool) -> None:  # noqa: FBT001 - a flag of the command line
    _nothing_runs()
    manifest = backups.verified(file)
    _confirm(
        _("Everything now in the database is replaced by the state of {at}. Go on?").format(
            at=manifest.made_at
        ),
        yes=yes,
    )
    with any_database():
        backups.put_back(file)
    click.echo(_("Restored. `gongzhi doctor` checks the result."))
    if not manifest.key_is_here:
        click.secho(
            _(
                "Telephone numbers stay unreadable until the key file of that time is back at {file}."
            ).format(file=settings.FIELD_KEY_FILE),
            fg="yellow",
        )


@click.command(help=_("Seal every encrypted field again, with the first key and the cipher set."))
@click.option("--new", is_flag=True, help=_("Make a new key first; the old ones still read."))
def rotate_keys(new: bool) -> None:  # noqa: FBT001 - a flag of the command line
    if new:
        secrets.add_key()
    total = 0
    with database():
        for column, count in keys.rotate():
            total += count
            click.echo(
                _("{total} values sealed anew ({column})").format(total=total, column=column)
            )
    click.echo(
        _(
            "Done. Restart all processes; when they run, the old lines of {file} may be removed."
        ).format(file=settings.FIELD_KEY_FILE)
    )


@click.command(help=_("Remove the embedded database, all files, logs and keys under var/."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def reset(yes: bool) -> None:  # noqa: FBT001 - a flag of the command line
    cluster = embedded()
    if cluster is None:
        raise Refused(
            _("DATABASE_URL names a server of yours: only an embedded database is removed.")
        )
    _confirm(
        _("This removes the database and every file of {folder}. Go on?").format(
            folder=settings.VAR
        ),
        yes=yes,
    )
    supervisor.stop_running()
    cluster.remove()
    for other in OTHER_CLUSTERS:
        Cluster(other).remove()
    for name in OURS:
        _remove(Path(settings.VAR) / name)
    click.echo(_("Removed. `make demo` builds a new city."))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _confirm(question: str, *, yes: bool) -> None:
    if not yes:
        click.confirm(question, abort=True)


def _nothing_runs() -> None:
    number = supervisor.supervisor_number()
    if number is not None:
        raise Refused(
            _("It is running as process {number}: end it first with `gongzhi stop`.").format(
                number=number
            )
        )
