"""Publications: freeze the figures of a period, have them signed by a second person, correct them."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.assessment.actions.reckoning import Exempted, reckon
from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.events import PublicationAsked, ResultsPublished
from gongzhi.assessment.lifecycle import AppealState, PublicationState, SchemeState
from gongzhi.assessment.models import Appeal, FrozenMatter, Publication, Result, Scheme
from gongzhi.assessment.queries.counting import inputs_of, lines_of
from gongzhi.assessment.rules import Period
from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor, Grant
from gongzhi.base.copying import copy_into
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.clocks import queries as clocks
from gongzhi.figures import queries as figures
from gongzhi.figures.queries import Extent

P = PublicationState
BATCH = 20_000
LIVE = (P.FREEZING, P.TO_SIGN, P.PUBLISHED)


def ask(
    *, scheme_id: int, area_path: str, period: Period, actor: Actor, at: datetime
) -> Publication:
    """Ask for the results of a period; they are frozen by a job and wait for a second person."""
    _must_reach(actor, Can.PUBLISH, area_path)
    scheme = Scheme.objects.filter(pk=scheme_id).exclude(state=SchemeState.DRAFT).first()
    if scheme is None:
        raise OutOfReach
    _check(scheme, period, timezone.localdate(at))
    with transaction.atomic():
        same = Publication.objects.select_for_update().filter(
            scheme__code=scheme.code, area_path=area_path, since=period.since, until=period.until, state__in=LIVE
        )  # fmt: skip
        if other := same.first():
            raise Refused(_("{number} tells the results of this period already.").format(number=other.number))  # fmt: skip
        row = Publication.objects.create(
            number=f"new-{actor.id}-{at.timestamp()}"[:30], scheme=scheme, area_path=area_path, span=period.span.value,
            since=period.since, until=period.until, as_of=at, asked_at=at, asked_by=actor.id,
            asked_by_name=actor.name[:150], inputs=[asdict(one) for one in inputs_of(lines_of(scheme))],
        )  # fmt: skip
        row.number = f"{timezone.localdate(at).year}-{row.pk:04d}"
        row.save(update_fields=["number"])
        _record(row, "assessment.ask", actor, at)
        bus.publish(PublicationAsked(row.pk, at))
    return row


def _check(scheme: Scheme, period: Period, today: date) -> None:
    if period.until > today:
        raise Invalid({"since": _("The period must have ended: figures that still grow are not published.")})  # fmt: skip
    if (period.until - period.since) > timedelta(days=370):
        raise Invalid({"until": _("A publication covers a year at most.")})
    if scheme.valid_from and period.since < scheme.valid_from:
        raise Invalid({"scheme": _("This version came into force on {day}, after the period began.").format(day=scheme.valid_from)})  # fmt: skip


def freeze(*, publication_id: int, at: datetime) -> None:
    """Freeze lists and reckon results; safe to repeat: what is done is not done again."""
    try:
        with transaction.atomic():
            row = _locked(publication_id)
            if row.state != P.FREEZING:
                return
            if row.corrects_id is None:
                row.as_of = at
                _freeze_lists(row, at)
            _keep(row, reckon(row, exempted=_exempted(row)))
    except Refused as trouble:
        Publication.objects.filter(pk=publication_id).update(state=P.FAILED, note=str(trouble)[:500])  # fmt: skip
        Appeal.objects.filter(applied_id=publication_id).update(applied=None)


def _freeze_lists(row: Publication, at: datetime) -> None:
    reader = Actor(0, "考核", (Grant(frozenset({Can.VIEW}), area=row.area_path),))
    extent = Extent(row.since, row.until, row.area_path, by=row.scheme.subject)
    pairs = [(one["asked"], one["kept"]) for one in row.inputs if one["nature"] != "finding"]
    FrozenMatter.objects.filter(publication=row).delete()
    marked = figures.marked(reader, Can.VIEW, extent, pairs, at=at)
    # One connection cannot read and copy at once: batches are read, then written.
    while batch := list(islice(marked, BATCH)):
        copy_into(
            "assessment_frozenmatter",
            ("publication_id", "matter_id", "key", "asked", "kept"),
            ((row.pk, matter_id, str(key), *bits) for matter_id, key, *bits in batch),
        )


def _keep(row: Publication, results: list[Result]) -> None:
    if not any(result.rank for result in results):
        raise Refused(_("Nobody has enough matters in this period to be ranked: nothing to publish."))  # fmt: skip
    Result.objects.filter(publication=row).delete()
    Result.objects.bulk_create(results, batch_size=1000)
    row.state = P.TO_SIGN
    row.save(update_fields=["state", "as_of", "totals", "matter_count"])


def _exempted(row: Publication) -> Exempted:
    """Return what appeals took out of this version: those applied to it or to a version before it."""
    if row.base_id is None:
        return Exempted()
    upheld = list(Appeal.objects.filter(publication_id=row.base_id, state=AppealState.UPHELD, applied__isnull=False))  # fmt: skip
    return Exempted(
        matters=[one.matter_id for one in upheld if one.matter_id],
        findings=[one.finding_id for one in upheld if one.finding_id],
    )


def drop(*, publication_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Take back what nobody has signed."""
    with transaction.atomic():
        row = _reached(publication_id, actor, Can.PUBLISH, P.TO_SIGN, P.FAILED)
        row.state, row.note = P.DROPPED, reason
        row.save(update_fields=["state", "note"])
        Appeal.objects.filter(applied=row).update(applied=None)
        _record(row, "assessment.drop", actor, at, reason=reason)


def sign(*, publication_id: int, actor: Actor, at: datetime) -> Publication:
    """Publish what somebody else prepared; the time for appeals runs from the first version on."""
    with transaction.atomic():
        row = _reached(publication_id, actor, Can.SIGN, P.TO_SIGN)
        if row.asked_by == actor.id:
            raise Refused(_("You prepared this publication; somebody else signs it."))
        row.state, row.signed_at, row.signed_by, row.signed_by_name = P.PUBLISHED, at, actor.id, actor.name[:150]  # fmt: skip
        if row.corrects_id:
            Publication.objects.filter(pk=row.corrects_id).update(state=P.CORRECTED)
        else:
            row.appeal_until = due("assessment.appeal", at)
        row.save()
        _record(row, "assessment.sign", actor, at)
        bus.publish(ResultsPublished(row.pk, at))
    return row


def correct(*, publication_id: int, actor: Actor, at: datetime) -> Publication:
    """Prepare a corrected version from the appeals that were upheld since; the facts stay as they are."""
    with transaction.atomic():
        old = _reached(publication_id, actor, Can.PUBLISH, P.PUBLISHED)
        base_id = old.base_id or old.pk
        upheld = Appeal.objects.select_for_update().filter(
            publication_id=base_id, state=AppealState.UPHELD, applied=None
        )
        if not upheld:
            raise Refused(_("No upheld appeal waits to be applied to this publication."))
        versions = Publication.objects.filter(number=old.number)
        if versions.filter(state__in=[P.FREEZING, P.TO_SIGN]).exists():
            raise Refused(_("A corrected version is being prepared already; sign or drop that one first."))  # fmt: skip
        kept = ("number", "scheme_id", "area_path", "span", "since", "until", "as_of", "inputs", "appeal_until")  # fmt: skip
        row = Publication.objects.create(
            **{field: getattr(old, field) for field in kept}, base_id=base_id, corrects=old, asked_at=at,
            asked_by=actor.id, asked_by_name=actor.name[:150],
            version=1 + max(versions.values_list("version", flat=True)),
            note=_("{count} upheld appeals").format(count=len(upheld)),
        )  # fmt: skip
        upheld.update(applied=row)
        _record(row, "assessment.correct", actor, at)
        bus.publish(PublicationAsked(row.pk, at))
    return row


def due(rule: str, at: datetime) -> datetime:
    """Return when a time rule of today lets something end that begins now."""
    limit = clocks.rule_limit(rule, on=timezone.localdate(at))
    found = clocks.deadline(start=at, limit=limit, calendar=clocks.calendar()).due_at
    assert found is not None  # nothing pauses here
    return found


def _reached(publication_id: int, actor: Actor, capability: Can, *states: str) -> Publication:
    row = (
        Publication.objects.within_reach_of(actor, capability).select_for_update(of=("self",))
        .select_related("scheme").filter(pk=publication_id).first()
    )  # fmt: skip
    if row is None:
        raise OutOfReach
    if row.state not in states:
        raise Refused(_("This is not possible while the publication is “{state}”.").format(state=row.get_state_display()))  # fmt: skip
    return row


def _locked(publication_id: int) -> Publication:
    rows = Publication.objects.select_related("scheme").select_for_update(of=("self",))
    return rows.get(pk=publication_id)


def _must_reach(actor: Actor, capability: Can, area_path: str) -> None:
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(capability)):
        raise OutOfReach


def _record(row: Publication, verb: str, actor: Actor, at: datetime, *, reason: str = "") -> None:
    audit.record(
        actor=actor, verb=verb, subject=f"assessment:{row.number}", at=at, reason=reason,
        detail={"version": row.version, "scheme": str(row.scheme)},
    )  # fmt: skip
