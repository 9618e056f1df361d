"""The database a command works on: the embedded one is started when it is not running."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.db import connections
from django.utils.translation import gettext as _

from gongzhi.base.errors import Refused
from gongzhi.config import health
from gongzhi.config.postgres import Cluster


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
def any_database() -> Iterator[None]:
    """Have a running database, whatever is in it."""
    cluster = embedded()
    ours = cluster is not None and not cluster.is_answering()
    if cluster is not None and ours:
        cluster.start()
    try:
        yield
    finally:
        connections.close_all()
        if cluster is not None and ours:
            cluster.stop()
