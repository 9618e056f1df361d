"""Schemes: adopt what is shipped, draft the next version, put it in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.assessment.capabilities import Can
from gongzhi.assessment.lifecycle import SchemeState
from gongzhi.assessment.models import Scheme
from gongzhi.assessment.queries.content import named, scoring, shipped_schemes
from gongzhi.assessment.queries.counting import grades_of, line_values, lines_of
from gongzhi.assessment.rules import Flaw, Line, flaws
from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused

SENTENCES: dict[Flaw, Any] = {
    Flaw.VOLUME: gettext_lazy("Line {line}: “{input}” is a volume. Volume alone never scores; choose a rate of its outcome."),
    Flaw.UNKNOWN: gettext_lazy("Line {line}: “{input}” does not fit the way it is counted. Rates give points; counts and findings take them."),
    Flaw.POINTS: gettext_lazy("Line {line}: the points must be more than zero."),
    Flaw.THRESHOLD: gettext_lazy("Line {line}: the threshold must lie between 0 and 100 per cent."),
    Flaw.TWICE: gettext_lazy("Line {line}: “{input}” is counted twice in the same way."),
    Flaw.EMPTY: gettext_lazy("At least one line must give points for a rate."),
    Flaw.GRADES: gettext_lazy("Grades must go down from the best, each with a lower limit than the one before."),
}  # fmt: skip


@dataclass(frozen=True)
class SchemeDraft:
    name: str
    least: int
    ahead: Decimal
    behind: Decimal
    source: str
    lines: Sequence[Line]
    grades: Sequence[tuple[str, Decimal]] = ()


def adopt_shipped(*, valid_from: date, actor: Actor, at: datetime) -> int:
    """Put the shipped schemes in force that this city does not have yet; return how many."""
    _must(actor, Can.KEEP)
    known = set(Scheme.objects.values_list("code", flat=True))
    new = [shipped for shipped in shipped_schemes() if shipped.code not in known]
    with transaction.atomic():
        for one in new:
            Scheme.objects.create(
                code=one.code, version=1, name=one.name_zh, subject=one.subject, post=one.post, least=one.least,
                ahead=one.ahead, behind=one.behind, lines=[line_values(line) for line in one.lines],
                grades=[[name, str(least)] for name, least in one.grades], source=one.source,
                state=SchemeState.IN_FORCE, valid_from=valid_from, changed_at=at, drafted_by=actor.id,
                drafted_by_name=actor.name[:150], signed_at=at, signed_by_name=actor.name[:150],
            )  # fmt: skip
        if new:
            audit.record(
                actor=actor, verb="assessment.adopt", subject="schemes", at=at,
                detail={"codes": [one.code for one in new], "valid_from": valid_from.isoformat()},
            )  # fmt: skip
    return len(new)


def draft_next(*, scheme_id: int, actor: Actor, at: datetime) -> Scheme:
    """Begin the next version of a scheme, as a copy of this one."""
    _must(actor, Can.KEEP)
    with transaction.atomic():
        row = _locked(scheme_id)
        if Scheme.objects.filter(code=row.code, state=SchemeState.DRAFT).exists():
            raise Refused(_("There is a draft of this scheme already; go on with that one."))
        last = Scheme.objects.filter(code=row.code).order_by("-version").values_list("version", flat=True)[0]  # fmt: skip
        return _copied(row, code=row.code, version=last + 1, name=row.name, actor=actor, at=at)


def draft_variant(*, scheme_id: int, code: str, name: str, actor: Actor, at: datetime) -> Scheme:
    """Begin a scheme of its own from another."""
    _must(actor, Can.KEEP)
    if Scheme.objects.filter(code=code).exists():
        raise Invalid({"code": _("Another scheme has this short name.")})
    with transaction.atomic():
        return _copied(_locked(scheme_id), code=code, version=1, name=name, actor=actor, at=at)


def _copied(
    row: Scheme, *, code: str, version: int, name: str, actor: Actor, at: datetime
) -> Scheme:
    kept = ("subject", "post", "least", "ahead", "behind", "lines", "grades", "source")
    made = Scheme.objects.create(
        **{field: getattr(row, field) for field in kept}, code=code, version=version, name=name, changed_at=at,
        drafted_by=actor.id, drafted_by_name=actor.name[:150],
    )  # fmt: skip
    _record(made, "assessment.draft", actor, at)
    return made


def change_draft(*, scheme_id: int, draft: SchemeDraft, actor: Actor, at: datetime) -> Scheme:
    """Write a draft anew. What cannot be reckoned, or would pay for volume, is told and nothing is written."""
    _must(actor, Can.KEEP)
    problems = scheme_problems(draft.lines, draft.grades)
    if not 0 <= draft.ahead + draft.behind <= 1:
        problems.append(_("The shares named ahead and behind may not overlap."))
    if problems:
        raise Invalid({"lines": " ".join(problems)})
    with transaction.atomic():
        row = _draft(scheme_id)
        row.name, row.least, row.ahead, row.behind, row.source = (
            draft.name, draft.least, draft.ahead, draft.behind, draft.source,
        )  # fmt: skip
        row.lines = [line_values(line) for line in draft.lines]
        row.grades = [[name, str(least)] for name, least in draft.grades]
        row.changed_at, row.drafted_by, row.drafted_by_name = at, actor.id, actor.name[:150]
        row.save()
        _record(row, "assessment.change_draft", actor, at)
    return row


def scheme_problems(lines: Sequence[Line], grades: Sequence[tuple[str, Decimal]]) -> list[str]:
    """Say in sentences what stands against a scheme; empty when nothing does."""
    return [
        str(SENTENCES[flaw]).format(
            line=0 if position is None else position + 1,
            input="" if position is None else named(lines[position].input),
        )
        for position, flaw in flaws(lines, grades, scoring())
    ]


def drop_draft(*, scheme_id: int, actor: Actor, at: datetime) -> None:
    _must(actor, Can.KEEP)
    with transaction.atomic():
        row = _draft(scheme_id)
        _record(row, "assessment.drop_draft", actor, at)
        row.delete()


def put_in_force(*, scheme_id: int, valid_from: date, actor: Actor, at: datetime) -> Scheme:
    """Sign a draft that somebody else wrote; the version before it ends the day before."""
    _must(actor, Can.SIGN)
    with transaction.atomic():
        row = _draft(scheme_id)
        if row.drafted_by == actor.id:
            raise Refused(_("You wrote this draft; somebody else puts it in force."))
        if problems := scheme_problems(lines_of(row), grades_of(row)):
            raise Refused(" ".join(problems))
        before = Scheme.objects.select_for_update().filter(code=row.code, state=SchemeState.IN_FORCE).first()  # fmt: skip
        if before:
            _end(before, valid_from)
        row.state, row.valid_from = SchemeState.IN_FORCE, valid_from
        row.signed_at, row.signed_by_name = at, actor.name[:150]
        row.save()
        _record(row, "assessment.put_in_force", actor, at, valid_from=valid_from.isoformat())
    return row


def _end(before: Scheme, valid_from: date) -> None:
    if before.valid_from and valid_from <= before.valid_from:
        raise Invalid({"valid_from": _("The version in force began on {day}; the next one must begin later.").format(day=before.valid_from)})  # fmt: skip
    before.state, before.valid_to = SchemeState.ENDED, valid_from
    before.save(update_fields=["state", "valid_to"])


def _draft(scheme_id: int) -> Scheme:
    row = _locked(scheme_id)
    if row.state != SchemeState.DRAFT:
        raise Refused(_("This version is in force or was; draft the next one instead."))
    return row


def _locked(scheme_id: int) -> Scheme:
    row = Scheme.objects.select_for_update().filter(pk=scheme_id).first()
    if row is None:
        raise OutOfReach
    return row


def _record(row: Scheme, verb: str, actor: Actor, at: datetime, **detail: object) -> None:
    audit.record(
        actor=actor, verb=verb, subject=f"scheme:{row.code}", at=at, reason=row.source[:200],
        detail={"version": row.version, **detail},
    )  # fmt: skip


def _must(actor: Actor, capability: Can) -> None:
    if not actor.can(capability):
        raise OutOfReach
