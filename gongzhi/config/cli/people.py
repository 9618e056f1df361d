"""The command that opens the first accounts of a city."""

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import actions as accounts
from gongzhi.accounts.capabilities import Can
from gongzhi.config.cli.acting import operator
from gongzhi.config.cli.database import database

OFFICES = ("system_admin", "security_admin", "auditor")


@click.command(help=_("Open the account of an administrator; the password is shown once."))
@click.argument("username")
@click.option("--name", required=True, help=_("Name of the person."))
@click.option(
    "--office", default=OFFICES[0], show_default=True, type=click.Choice(OFFICES),
    help=_("Which of the three separate offices."),
)  # fmt: skip
def create_admin(username: str, name: str, office: str) -> None:
    at = timezone.now()
    with database():
        _id, password = accounts.employ(
            person={"username": username, "name": name},
            posting={
                "role": office, "unit": None, "area_path": "", "starts_on": timezone.localdate(at)
            },
            actor=operator(Can.EMPLOY),
            at=at,
        )  # fmt: skip
    click.echo(
        _("The account {username} is open. One-time password: {password}").format(
            username=username.strip().lower(), password=password
        )
    )
    click.echo(_("It must be changed at the first sign-in."))
