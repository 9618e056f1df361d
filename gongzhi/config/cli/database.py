"""The database a command works on: the embedded one is started when it is not running."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click
import psycopg
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.config import health
from gongzhi.config.postgres import Cluster

# A load that is lost with the power is made again: nothing waits for the disk, and no log is kept of new indexes.
LOADING = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "wal_compression": "off", "max_wal_size": "3GB", "checkpoint_timeout": "20min", "autovacuum": "off",
    "shared_buffers": "1GB",
}  # fmt: skip


def embedded() -> Cluster | None:
    """Return the embedded cluster of the settings; None when DATABASE_URL names a server."""
    if os.environ.get("DATABASE_URL"):
        return None
    return Cluster(os.environ.get("GONGZHI_CLUSTER", "main"))


def start_embedded() -> None:
    """Start the embedded server if it is used and not running; it stays until `gongzhi stop`."""
    cluster = embedded()
    if cluster is not None and not cluster.is_answering():
        click.echo(_("Starting the database …"))
        cluster.start()


@contextmanager
def database() -> Iterator[None]:
    """Have a running database with every table for one command, and leave it as it was found."""
    with any_database():
        if health.unapplied_migrations():
            raise Refused(_("The tables are not up to date: run `gongzhi migrate`."))
        yield


@contextmanager
def database_for_loading() -> Iterator[None]:
    """Have a database that takes rows by the million; afterwards the embedded one is as careful as before."""
    cluster = embedded()
    if cluster is not None and cluster.is_answering() and _is_for_loading(cluster):
        cluster.stop()  # left behind by a load that was killed
    with any_database(LOADING):
        if health.unapplied_migrations():
            call_command("migrate", interactive=False, verbosity=0)
        yield
    if cluster is not None:
        os.sync()  # what was written without waiting for the disk is on it now


def _is_for_loading(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        found = connection.execute("SHOW fsync").fetchone()
    return found == (LOADING["fsync"],)


@contextmanager
def any_database(settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """Have a running database, whatever is in it; `settings` hold only if it is started here."""
    cluster = embedded()
    ours = cluster is not None and not cluster.is_answering()
    if cluster is not None and ours:
        cluster.start(settings or {})
    try:
        yield
    finally:
        connections.close_all()
        if cluster is not None and ours:
            cluster.stop()
