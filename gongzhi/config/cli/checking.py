"""The command that says how the installation stands."""

import sys

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.config import checkup
from gongzhi.config.cli.database import any_database

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command(help=_("Check database, jobs, calendars, files and settings; say what to do."))
def doctor() -> None:
    words = {"ok": _("ok"), "warn": _("look"), "fail": _("wrong")}
    wrong = False
    with any_database():
        for finding in checkup.findings(timezone.localtime()):
            wrong = wrong or finding.level == "fail"
            click.echo(
                f"{click.style(words[finding.level], fg=COLOURS[finding.level])}\t{finding.what}"
            )
            if finding.advice:
                click.echo(f"\t→ {finding.advice}")
    sys.exit(1 if wrong else 0)
