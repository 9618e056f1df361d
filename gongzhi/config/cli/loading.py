"""Commands that bring data in and take it out: load, import, export."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, Refused
from gongzhi.base.tables.writing import csv_lines
from gongzhi.catalogue import actions as catalogue
from gongzhi.catalogue.capabilities import Can as Catalogue
from gongzhi.catalogue.queries.tables.exports import catalogue_csv, catalogue_workbook
from gongzhi.catalogue.queries.tables.plan import Choices, plan_import
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.clocks.capabilities import Can as Clocks
from gongzhi.config.cli.acting import operator
from gongzhi.config.cli.database import database, database_for_loading
from gongzhi.config.cli.progress import Progress
from gongzhi.places import actions as places
from gongzhi.places import queries as places_queries
from gongzhi.places.capabilities import Can as Places

SHOWN = 40  # problems on screen


@click.group(help=_("Fill an empty database."))
def load() -> None:
    """Hold what can be loaded."""


@load.command(help=_("Build the demonstration city; all of it is synthetic."))
@click.option(
    "--size",
    default="town",
    show_default=True,
    type=click.Choice(["town", "city"]),
    help=_("A town's year to walk through, or four years of the whole city; needs 40 GB."),
)
@click.option(
    "--matters",
    type=click.IntRange(0),
    help=_("How many matters; else 20,000 of a town, 15,300,000 of the city."),
)
@click.option(
    "--premises",
    type=click.IntRange(0),
    help=_("How many premises of the city, beside those that plans visit; else 5,000,000."),
)
@click.option("--seed", default=1, show_default=True, help=_("The same seed builds the same city."))
def demo(size: str, matters: int | None, premises: int | None, seed: int) -> None:
    from gongzhi.demo import actions  # noqa: PLC0415 - heavy; only this command needs it

    asked = {"matters": matters, "premises": premises}
    counts: dict[str, Any] = {name: count for name, count in asked.items() if count is not None}
    if size == "city":
        with database_for_loading():
            actions.load_city(**counts, seed=seed, report=Progress())
        return
    if premises is not None:
        raise click.UsageError(_("--premises is for --size city."))
    with database():
        actions.load(**counts, seed=seed, report=Progress())


FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help=_("Only check, and list every problem."))
SYSTEM = click.option(
    "--system", default="WGS-84", show_default=True, type=click.Choice(list(places_queries.SYSTEMS)),
    help=_("Coordinate system of the file."),
)  # fmt: skip
SINCE = click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help=_("Day from which it is valid; today.")
)


@click.group("import", help=_("Read a table or a map into the database."))
def import_() -> None:
    """Hold what can be imported."""


@import_.command(help=_("Areas with their outlines: GeoJSON, or CSV without outlines."))
@FILE
@SYSTEM
@SINCE
@DRY_RUN
def areas(file: Path, system: str, since: date | None, dry_run: bool) -> None:  # noqa: FBT001
    _import_places("areas", file, system, since, dry_run=dry_run)


@import_.command(help=_("Addresses, buildings, premises, facilities: CSV or XLSX."))
@FILE
@SYSTEM
@SINCE
@DRY_RUN
def premises(file: Path, system: str, since: date | None, dry_run: bool) -> None:  # noqa: FBT001
    _import_places("premises", file, system, since, dry_run=dry_run)


def _import_places(
    subject: str, file: Path, system: str, since: date | None, *, dry_run: bool
) -> None:
    at = timezone.now()
    actor = operator(Places.MANAGE)
    with database(), file.open("rb") as stream:
        row = places.receive_import(
            subject=subject, upload=File(stream, name=file.name), system=system,
            valid_from=_day(since), actor=actor, at=at,
        )  # fmt: skip
        places.check_import(import_id=row.pk)
        row.refresh_from_db()
        if failure := places_queries.failure_of(row):
            raise Invalid({"file": failure})
        _tell(places_queries.told(row), row.error_count + row.warning_count)
        click.echo(
            _("{rows} rows: {new} new, {changed} changed, {errors} with errors.").format(
                rows=row.rows_total,
                new=row.new_count,
                changed=row.changed_count,
                errors=row.error_count,
            )
        )
        if dry_run:
            click.echo(_("Nothing was written."))
            return
        places.confirm_import(import_id=row.pk, actor=actor, at=at)
        places.write_import(import_id=row.pk, at=at)
        click.echo(_("Written."))


def _tell(problems: list[tuple[int, str, str, bool]], count: int) -> None:
    for line, code, words, is_grave in problems[:SHOWN]:
        mark = _("error") if is_grave else _("look")
        click.echo(f"  {_('line {line}').format(line=line)}  {code}  {mark}: {words}")
    if count > SHOWN:
        click.echo("  " + _("and {count} more.").format(count=count - SHOWN))


@import_.command(help=_("The catalogue: items, standards, responsibilities; XLSX, CSV or TSV."))
@FILE
@SINCE
@DRY_RUN
def items(file: Path, since: date | None, dry_run: bool) -> None:  # noqa: FBT001
    choices = Choices(valid_from=_day(since), source=file.name)
    with database():
        content = file.read_bytes()
        if dry_run:
            plan = plan_import(name=file.name, content=content, choices=choices)
        else:
            plan = catalogue.import_catalogue(
                name=file.name, content=content, choices=choices,
                actor=operator(Catalogue.MANAGE), at=timezone.now(),
            )  # fmt: skip
    for problem in plan.problems[:SHOWN]:
        where = _("line {line}").format(line=problem.row)
        click.echo(f"  {problem.table} {where}  {problem.column} “{problem.value}”: {problem.why}")
    if len(plan.problems) > SHOWN:
        click.echo("  " + _("and {count} more.").format(count=len(plan.problems) - SHOWN))
    click.echo(
        _("{rows} rows: {new} new, {changed} changed, {errors} with errors.").format(
            rows=plan.row_count,
            new=len(plan.new),
            changed=len(plan.changed),
            errors=len(plan.problems),
        )
    )
    click.echo(_("Nothing was written.") if dry_run else _("Written."))


@import_.command(help=_("The holiday arrangement of a year, with make-up workdays: CSV or XLSX."))
@FILE
@DRY_RUN
def calendar(file: Path, dry_run: bool) -> None:  # noqa: FBT001
    with database():
        table = clock_queries.day_table(file.read_bytes())
        for row, sentence in clock_queries.problem_words(table):
            click.echo(f"  {_('line {line}').format(line=row)}  {sentence}")
        if not dry_run and not table.problems:
            clocks.set_days(
                calendar="default", lines=table.lines, complete_years=table.years,
                actor=operator(Clocks.MANAGE), at=timezone.now(),
            )  # fmt: skip
    click.echo(_("{rows} days.").format(rows=len(table.lines)))
    click.echo(_("Nothing was written.") if dry_run or table.problems else _("Written."))


def _day(since: date | None) -> date:
    return date(since.year, since.month, since.day) if since else timezone.localdate()


@click.command(help=_("Write areas (GeoJSON), premises (CSV) or items (XLSX, CSV) into a FILE."))
@click.argument("subject", type=click.Choice(["areas", "premises", "items"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--level",
    default=3,
    show_default=True,
    type=click.IntRange(0, 9),
    help=_("Level of the areas; 0 is the city."),
)
def export(subject: str, file: Path, level: int) -> None:
    with database():
        if subject == "areas":
            file.write_bytes(places_queries.areas_as_geojson(level=level, on=timezone.localdate()))
        elif subject == "premises":
            _export_premises(file)
        else:
            writes = catalogue_workbook if file.suffix == ".xlsx" else catalogue_csv
            file.write_bytes(writes(on=timezone.localdate()))
    click.echo(_("Wrote {file}.").format(file=file))


def _export_premises(file: Path) -> None:
    if file.suffix != ".csv":
        raise Refused(_("Premises are written as CSV: give the file a name that ends with .csv."))
    rows = places_queries.export_rows(operator(Places.VIEW), places_queries.PremisesFilter())
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(csv_lines(places_queries.EXPORT_COLUMNS, rows))
