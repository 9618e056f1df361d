"""The file is begun, filled, explained and bound."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import actions as opening
from gongzhi.disputes import queries as disputes
from gongzhi.dossiers import queries
from gongzhi.dossiers.capabilities import Can
from gongzhi.dossiers.models import Document, Dossier
from gongzhi.matters import actions as filing
from gongzhi.matters import queries as matters


def open_file(*, matter_id: int, at: datetime) -> Dossier:
    """Begin the file of a dispute; one that is there stays as it is."""
    standing, dispute = matters.standing(matter_id), disputes.dispute(matter_id)
    unit_ids = accounts.unit(dispute.body.unit_id).ancestors if dispute.body else []
    kind = disputes.kind_at(dispute.kind_code, on=timezone.localdate(standing.reported_at))
    row, is_new = Dossier.objects.get_or_create(
        matter_id=matter_id,
        defaults={
            "matter_number": standing.number, "kind_name": kind.name, "body_id": dispute.body_id or 0, "area_path": standing.area_path,
            "unit_ids": list(unit_ids), "opened_at": at,
        },
    )  # fmt: skip
    if is_new:
        _follow(row, at)
    return row


def look_again(*, matter_id: int, at: datetime) -> None:
    """Note anew what an open file still misses; a bound one stays as it was archived."""
    row = Dossier.objects.filter(pk=matter_id, state=Dossier.State.OPEN).first()
    if row is not None:
        _follow(row, at)


def _reach(matter_id: int, actor: Actor, *, at: datetime) -> Dossier:
    if not actor.can(Can.KEEP) or not matters.rows_by_id([matter_id], actor, at=at):
        raise OutOfReach
    opening.open_file(matter_id=matter_id, actor=actor, at=at)
    open_file(matter_id=matter_id, at=at)
    return Dossier.objects.select_for_update().get(pk=matter_id)


@transaction.atomic
def put_in(
    *, matter_id: int, place: str, title: str, uploads: Sequence[str], actor: Actor, at: datetime
) -> list[Document]:
    """Put documents into a line of the contents."""
    row = _reach(matter_id, actor, at=at)
    if row.state == Dossier.State.BOUND:
        raise Refused(_("The file is archived: what is in it stays."))
    tokens = list(dict.fromkeys(uploads))
    known = {one.code: one for one in queries.places(timezone.localdate(at))}
    if place not in known:
        raise Invalid({"place": _("Choose the line of the contents it belongs to.")})
    if not tokens:
        raise Invalid({"uploads": _("Add a photo or a document.")})
    if len(tokens) > filing.MOST_FILES:
        raise Invalid({"uploads": _("At most {n} files.").format(n=filing.MOST_FILES)})
    filing.attach(disputes.dispute(matter_id).matter, tokens, stage="file", actor=actor, at=at)
    words = title.strip() or known[place].name
    kept = [
        Document.objects.create(
            dossier=row, place=place, title=words, token=token, by=actor.id, at=at
        )
        for token in tokens
    ]
    _follow(row, at)
    audit.record(actor=actor, verb="dossiers.put_in", subject=f"matter:{matter_id}", at=at, detail={"place": place})  # fmt: skip
    return kept


@transaction.atomic
def take_out(*, matter_id: int, document_id: int, actor: Actor, at: datetime) -> None:
    """Take a document out of the contents; it stays among the matter's files."""
    row = _reach(matter_id, actor, at=at)
    if row.state == Dossier.State.BOUND:
        raise Refused(_("The file is archived: what is in it stays."))
    found = Document.objects.filter(dossier=row, pk=document_id, removed_at=None).first()
    if found is None:
        raise OutOfReach
    found.removed_at = at
    found.save(update_fields=["removed_at"])
    _follow(row, at)
    audit.record(actor=actor, verb="dossiers.take_out", subject=f"matter:{matter_id}", at=at, detail={"document": document_id})  # fmt: skip


@transaction.atomic
def state_why(*, matter_id: int, statement: str, actor: Actor, at: datetime) -> Dossier:
    """Write the statement of the file: what is not in it and why, or what a reader should know."""
    row = _reach(matter_id, actor, at=at)
    if row.state == Dossier.State.BOUND:
        raise Refused(_("The file is archived: what is in it stays."))
    row.statement = statement.strip()[:2000]
    row.save(update_fields=["statement"])
    _follow(row, at)
    return row


def _follow(row: Dossier, at: datetime) -> None:
    contents = queries.contents_of(row.pk, at=at)
    row.missing = [one.place.code for one in contents.missing]
    row.save(update_fields=["missing"])


@transaction.atomic
def bind(*, matter_id: int, actor_id: int, note: str, at: datetime) -> Dossier:
    """Archive the file with its number; what was still missing stays on record. Safe to repeat."""
    open_file(matter_id=matter_id, at=at)
    row = Dossier.objects.select_for_update().get(pk=matter_id)
    if row.state == Dossier.State.BOUND:
        return row
    if note.strip() and not row.statement:
        row.statement = note.strip()[:2000]
    year = timezone.localdate(at).year
    if row.serial is None:
        row.year, row.serial = year, _next_serial(row.body_id, year)
        body = disputes.dispute(matter_id).body
        row.number = f"〔{year}〕{body.name if body else ''}人调卷第{row.serial:04d}号"[-80:]
    row.state, row.bound_at, row.kept_by = Dossier.State.BOUND, at, actor_id
    row.kept_name = accounts.names([actor_id]).get(actor_id, "")
    row.save()
    _follow(row, at)
    return row


def _next_serial(body_id: int, year: int) -> int:
    same = Dossier.objects.filter(body_id=body_id, year=year)
    list(same.select_for_update().order_by("-serial")[:1])
    return int(same.aggregate(last=Max("serial"))["last"] or 0) + 1


@transaction.atomic
def forget(*, matter_id: int) -> None:
    """Erase what may name a side; number, score and what was missing stay. Safe to repeat."""
    Document.objects.filter(dossier_id=matter_id).update(title="")
    Dossier.objects.filter(pk=matter_id).update(statement="")
