"""The list of commands; help shows them in this order."""

import click
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.utils.translation import gettext as _

import gongzhi as product
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.config.cli import checking, keeping, loading, people, running


class InOrder(click.Group):
    """Lists commands as declared, and turns errors people can act on into one sentence."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (Refused, OutOfReach, ObjectDoesNotExist) as problem:
            why = str(problem) or _("What the command needs is not in this database.")
            raise click.ClickException(why) from problem
        except Invalid as problem:
            raise click.ClickException("\n".join(problem.problems.values())) from problem
        except OperationalError as problem:
            raise click.ClickException(
                _("The database cannot be reached: {why}. `gongzhi doctor` tells more.").format(
                    why=str(problem).strip()
                )
            ) from problem


@click.group(
    cls=InOrder,
    help=_("Gongzhi: one number, one clock, one file. Run a command with --help for more."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(product.__version__, prog_name="gongzhi")
def gongzhi() -> None:
    """Hold the commands."""


for command in (
    running.demo,
    running.serve,
    running.worker,
    running.figures,
    running.live,
    running.lake,
    running.court,
    running.stop,
    running.migrate,
    loading.load,
    loading.import_,
    loading.export,
    people.create_admin,
    keeping.backup,
    keeping.restore,
    keeping.rotate_keys,
    keeping.reset,
    checking.doctor,
):
    gongzhi.add_command(command)
