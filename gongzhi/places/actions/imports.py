"""
Takes in files: received → checked (the dry run) → written, if somebody says so after reading the result.

Sound rows of premises are written and the others stay in the report. Areas hang together, so a file
of areas with one grave problem is not written at all.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.base.tables.cells import guarded
from gongzhi.base.tables.reading import UnreadableFile, read_table
from gongzhi.places.actions.areas import AreaInput, load_areas
from gongzhi.places.actions.premises import Outcome, Way, take
from gongzhi.places.capabilities import Can
from gongzhi.places.events import ImportConfirmed, ImportReceived
from gongzhi.places.models import Import
from gongzhi.places.queries.checks import check_areas
from gongzhi.places.queries.maps import reach_of
from gongzhi.places.queries.sentences import sentence
from gongzhi.places.queries.snapshot import snapshot
from gongzhi.places.rules.area_files import AreaFile, read_areas
from gongzhi.places.rules.coordinates import SYSTEMS
from gongzhi.places.rules.problems import Problem

AT_ONCE: Final = 1024 * 1024  # bytes; larger files go to the worker
SHOWN: Final = 200  # problems on the page; the report has them all
S = Import.State


def receive_import(
    *, subject: str, upload: "File[bytes]", system: str, valid_from: date, actor: Actor, at: datetime
) -> Import:  # fmt: skip
    """Keep the file and check it: at once when it is small, else by the worker."""
    reach = reach_of(actor)
    if not reach:
        raise OutOfReach
    if subject == Import.Subject.AREAS and "" not in reach:
        raise Refused(_("Areas are imported for the whole city; your posting covers a part of it."))
    _refuse_odd(upload, system, valid_from)
    with transaction.atomic():
        row = Import.objects.create(
            subject=subject, file_name=(upload.name or "")[-200:], system=system, size=upload.size,
            valid_from=valid_from, actor_id=actor.id, actor_name=actor.name, reach=reach,
            received_at=at, stored_as=default_storage.save("imports/file", upload),
        )  # fmt: skip
        if row.size > AT_ONCE:
            bus.publish(ImportReceived(row.pk, at))
    if row.size <= AT_ONCE:
        check_import(import_id=row.pk)
        row.refresh_from_db()
    return row


def _refuse_odd(upload: "File[bytes]", system: str, valid_from: date) -> None:
    problems = {}
    if not upload.size:
        problems["file"] = _("The file is empty.")
    if system not in SYSTEMS:
        problems["system"] = _("Choose a coordinate system.")
    if not 1949 <= valid_from.year <= 2199:
        problems["valid_from"] = _("The year must lie between 1949 and 2199.")
    if problems:
        raise Invalid(problems)


def check_import(*, import_id: int) -> None:
    """Run the dry run. It may be repeated; nothing but the import's own row is written."""
    row = _claimed(import_id, {S.RECEIVED, S.CHECKING, S.CHECKED}, S.CHECKING)
    if row is not None:
        with _told_when_unusable(row):
            _TAKE[row.subject](row, None)
            _end(row, S.CHECKED)


@transaction.atomic
def confirm_import(*, import_id: int, actor: Actor, at: datetime) -> Import:
    """Let a checked file be written."""
    if not actor.can(Can.MANAGE):
        raise OutOfReach
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.state != S.CHECKED:
        raise Refused(_("This file has been dealt with already."))
    if row.subject == Import.Subject.AREAS and row.error_count:
        raise Refused(_("Areas hang together: correct every row that has an error first."))
    if row.rows_done <= row.error_count:
        raise Refused(_("There is nothing to write."))
    Import.objects.filter(pk=row.pk).update(state=S.WRITING, rows_done=0)
    audit.record(
        actor=actor, verb="places.import", subject=f"import:{row.pk}", at=at,
        detail={"file": row.file_name, "new": row.new_count, "changed": row.changed_count},
    )  # fmt: skip
    if row.size > AT_ONCE:
        bus.publish(ImportConfirmed(row.pk, at))
    else:
        transaction.on_commit(lambda: write_import(import_id=row.pk, at=at))
    return row


def write_import(*, import_id: int, at: datetime) -> None:
    """Write the sound rows. Known codes are updated, so a repetition after a crash does no harm."""
    row = _claimed(import_id, {S.WRITING}, S.WRITING)
    if row is not None:
        with _told_when_unusable(row):
            _TAKE[row.subject](row, at)
            _end(row, S.DONE)


def _claimed(import_id: int, sources: Iterable[str], target: str) -> Import | None:
    """Move the import on, or return None when it is further already: jobs may come twice."""
    moved = Import.objects.filter(pk=import_id, state__in=sources).update(state=target)
    return Import.objects.get(pk=import_id) if moved else None


@contextmanager
def _told_when_unusable(row: Import) -> Iterator[None]:
    try:
        yield
    except UnreadableFile as error:
        row.failure = {"flaw": error.flaw, "values": error.values}
        _end(row, S.FAILED)


def _end(row: Import, state: str) -> None:
    row.state = state
    row.save()


def _take_premises(row: Import, at: datetime | None) -> None:
    with default_storage.open(row.stored_as) as file, _Report(row) as report:
        table = read_table(file)
        row.rows_total = table.total
        way = Way(row.system, row.valid_from, row.reach, at or row.received_at, at is not None)

        def told(outcome: Outcome) -> None:
            report.add(outcome.problems)
            _show_progress(row, outcome)

        _sum_up(row, take(table, way, after_chunk=told))


def _show_progress(row: Import, outcome: Outcome) -> None:
    Import.objects.filter(pk=row.pk).update(
        rows_done=outcome.rows, rows_total=max(row.rows_total, outcome.rows)
    )


def _sum_up(row: Import, outcome: Outcome) -> None:
    row.rows_done = row.rows_total = outcome.rows
    row.new_count, row.changed_count = outcome.new, outcome.changed
    row.error_count, row.warning_count = outcome.errors, outcome.warnings


def _take_areas(row: Import, at: datetime | None) -> None:
    with default_storage.open(row.stored_as) as file, _Report(row) as report:
        read = read_areas(file, row.file_name, row.system)
        problems = sorted(
            [*read.problems, *check_areas(read.drafts, on=row.valid_from)],
            key=lambda problem: (problem.line, problem.flaw),
        )
        report.add(problems)
        _sum_up(row, _area_outcome(read, problems))
        if at is not None:
            _write_areas(row, read, at)


def _area_outcome(read: AreaFile, problems: list[Problem]) -> Outcome:
    known = snapshot().by_code
    changed = sum(draft.code in known for draft in read.drafts)
    return Outcome(
        rows=max(len(read.drafts), len({p.line for p in problems})),
        new=len(read.drafts) - changed,
        changed=changed,
        errors=len({problem.line for problem in problems if problem.is_grave}),
        warnings=sum(not problem.is_grave for problem in problems),
    )


def _write_areas(row: Import, read: AreaFile, at: datetime) -> None:
    if row.error_count:
        raise Refused(_("Areas hang together: correct every row that has an error first."))
    load_areas(
        rows=[
            AreaInput(d.code, d.name, d.parent_code, d.outline, d.lon, d.lat) for d in read.drafts
        ],
        valid_from=row.valid_from,
        source=row.file_name,
        actor=Actor(id=row.actor_id, name=row.actor_name),
        at=at,
    )


class _Report:
    """All problems as a CSV people can open, and the first of them for the page."""

    def __init__(self, row: Import) -> None:
        self.row, self.page, self.count = row, io.StringIO(), 0
        self.first: list[dict[str, Any]] = []
        self.writer = csv.writer(self.page)

    def __enter__(self) -> "_Report":
        self.page.write("\ufeff")
        self.writer.writerow([_("Line of the file"), _("Code"), _("Severity"), _("What is wrong")])
        return self

    def add(self, problems: list[Problem]) -> None:
        for p in problems:
            weight = _("error") if p.is_grave else _("hint")
            self.writer.writerow([p.line, guarded(p.code), weight, guarded(sentence(p))])
            self.count += 1
            if len(self.first) < SHOWN:
                self.first.append(
                    {"line": p.line, "code": p.code, "flaw": p.flaw, "values": p.values, "grave": p.is_grave}
                )  # fmt: skip

    def __exit__(self, kind: Any, _error: Any, _trace: Any) -> None:
        self.row.problems = self.first
        if self.count and kind is None:
            content = ContentFile(self.page.getvalue().encode())
            self.row.report_as = default_storage.save("imports/report.csv", content)


def opened_report(row: Import) -> IO[bytes]:
    """Open the list of all problems."""
    if not row.report_as:
        raise Import.DoesNotExist
    return default_storage.open(row.report_as)


_TAKE: dict[str, Any] = {
    Import.Subject.AREAS: _take_areas,
    Import.Subject.PREMISES: _take_premises,
}
