"""Operations of a patrol: visits, calls, shifts, corrected premises, objections to a figure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.field.actions.outcomes import DROP, MINE, THEIRS, Conflict, Deed, Done
from gongzhi.field.models import Operation
from gongzhi.files import actions as files
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as matter_queries
from gongzhi.patrol import actions as patrol

MOST_CHANGES = 30
Changes = dict[str, tuple[Any, Any]]


def visit(deed: Deed) -> Done:
    """Keep a visit; its findings carry the key of the matter each of them became."""
    place = deed.said.place
    recorded = patrol.record_visit(
        visit=patrol.VisitSaid(
            premises=deed.text("premises", most=40), list=deed.text("list", most=24),
            list_version=deed.whole_number("list_version") or 0, outcome=deed.text("outcome", most=20),
            results=_results(deed), note=deed.text("note", most=500), task=deed.whole_number("task"),
            lon=place.lon if place else None, lat=place.lat if place else None,
            accuracy_m=place.accuracy_m if place else None,
        ),
        actor=deed.actor, at=deed.at, key=deed.key,
    )  # fmt: skip
    _keep_photos(deed)
    if (call_id := deed.whole_number("call")) is not None:
        _finish(call_id, deed)
    next_on = recorded.next_on.isoformat() if recorded.next_on else None
    words = _("Visit kept. Next visit: {day}.") if next_on else _("Visit kept.")
    return Done(words.format(day=next_on), facts={"next_on": next_on, "visit": recorded.id})


def _finish(call_id: int, deed: Deed) -> None:
    """End the call the visit answers; one that has ended, or went to somebody else, does not undo the visit."""
    try:
        patrol.finish_call(
            call_id=call_id, actor=deed.actor, at=deed.at, note=deed.text("note", most=300)
        )
    except (Refused, OutOfReach):
        return


def _results(deed: Deed) -> list[patrol.Result]:
    given = deed.said.body.get("results")
    lines = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    keys = {str(line.get("report")): _key_of(line) for line in lines if line.get("report")}
    settled = _settled_on_the_spot(keys)
    return [
        patrol.Result(
            n=_line_number(line), verdict=str(line.get("verdict", ""))[:8], note=str(line.get("note") or "")[:500],
            matter_key=keys.get(str(line.get("report")), ""),
            fixed=line.get("fixed") is True or str(line.get("report")) in settled,
        )
        for line in lines
    ]  # fmt: skip


def _line_number(line: Mapping[str, Any]) -> int:
    try:
        return int(line.get("n", -1))
    except (TypeError, ValueError, OverflowError):
        raise Invalid({"results": _("The results cannot be read.")}) from None


def _key_of(line: Mapping[str, Any]) -> str:
    try:
        return f"field:{UUID(str(line.get('report')))}"
    except ValueError:
        raise Invalid({"results": _("The results cannot be read.")}) from None


def _settled_on_the_spot(keys: Mapping[str, str]) -> set[str]:
    """Return which of the reports were put right at once: those lines need no second look."""
    if not keys:
        return set()
    ids = [key.removeprefix("field:") for key in keys.values()]
    rows = Operation.objects.filter(pk__in=ids, answer__facts__self_handled=True)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def call(deed: Deed) -> Done:
    """Answer a call, or say that what it asked for is done."""
    call_id, answer = deed.whole_number("call") or 0, deed.text("answer", most=10)
    reason = deed.text("reason", most=300)
    if answer == "done":
        ended = patrol.finish_call(call_id=call_id, actor=deed.actor, at=deed.at, note=reason)
        if not _enter_in_matter(deed, ended.matter_id, reason):
            _keep_photos(deed)
        return Done(_("The call is done."))
    try:
        patrol.answer_call(
            call_id=call_id, answer=answer, reason=reason, actor=deed.actor, at=deed.at
        )
    except Refused as ended:
        return Done(str(ended))  # the call ended meanwhile: there is nothing left to decide about
    accepted = answer == "accept"
    return Done(_("You accepted the call.") if accepted else _("You gave the call back."))


def _enter_in_matter(deed: Deed, matter_id: int | None, words: str) -> bool:
    """Put words and photos into the file of the matter a call was about, where others look for them."""
    known = matter_queries.carried_matters([matter_id] if matter_id else [], deed.actor)
    if not (matter_id in known and deed.tokens):
        return False
    about = known[matter_id]
    values = {"note": words or _("The call is done."), "uploads": list(deed.tokens)}
    try:
        matters.move(
            matter_id=about.id, move="note", values=values, actor=deed.actor,
            at=max(deed.at, about.changed_at), facts=deed.trace,
        )  # fmt: skip
    except (Refused, ObjectDoesNotExist):
        return False
    return True


def shift(deed: Deed) -> Done:
    """Begin or end the own shift."""
    deeds = {"start": patrol.start_shift, "end": patrol.end_shift}
    said = deed.text("deed", most=10)
    if said not in deeds:
        raise Invalid({"deed": _("A shift starts or ends.")})
    row = deeds[said](actor=deed.actor, at=deed.at, note=deed.text("note", most=200))
    words = (
        _("On shift since {time}.") if row.state == "on" else _("The shift has ended at {time}.")
    )
    return Done(words.format(time=_hour(row.started_at if row.state == "on" else row.ended_at)))


def _hour(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%H:%M") if at else ""


def appeal(deed: Deed) -> Done:
    """Object to one of the own figures."""
    patrol.appeal(
        figure=deed.text("figure", most=40), period=_period(deed), reason=deed.text("reason", most=500),
        actor=deed.actor, at=deed.at,
    )  # fmt: skip
    return Done(_("Your objection is with the office. You are told of the answer."))


def _period(deed: Deed) -> tuple[date, date]:
    since, _slash, until = deed.text("period", most=30).partition("/")
    try:
        return date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        raise Invalid({"period": _("Say which days the figure is about.")}) from None


def premises(deed: Deed) -> Done:
    """Correct premises field by field; the same field changed on both sides is the officer's to decide."""
    code, changes = deed.text("code", most=40), _changes(deed)
    try:
        _correct(deed, code, changes)
    except patrol.Conflict as clash:
        if deed.choice == MINE:
            changes |= {one.field: (one.theirs, one.mine) for one in clash.clashes}
        elif deed.choice == THEIRS:
            changes = {
                f: c for f, c in changes.items() if f not in {x.field for x in clash.clashes}
            }
        else:
            raise _both_sides(code, clash) from None
        if changes:
            _correct(deed, code, changes)
    return Done(_("The premises are corrected."), facts={"code": code})


def _correct(deed: Deed, code: str, changes: Changes) -> None:
    patrol.correct_premises(
        code=code, changes=changes, base_changed_at=None, actor=deed.actor, at=deed.at
    )


def _changes(deed: Deed) -> Changes:
    given = deed.said.body.get("changes")
    if not isinstance(given, dict) or not given or len(given) > MOST_CHANGES:
        raise Invalid({"changes": _("Nothing was changed.")})
    changes: Changes = {}
    for field, pair in given.items():
        if not isinstance(pair, dict):
            raise Invalid({"changes": _("The change cannot be read.")})
        if field == "details" and isinstance(pair.get("to"), dict):
            changes |= _details(pair)
        else:
            changes[field] = (_plain(pair.get("from")), _plain(pair.get("to")))
    return changes


def _details(pair: Mapping[str, Any]) -> Changes:
    seen = pair.get("from")
    before = seen if isinstance(seen, dict) else {}
    return {
        f"details.{name}": (_plain(before.get(name)), _plain(value))
        for name, value in list(pair["to"].items())[:MOST_CHANGES]
    }


def _plain(value: Any) -> str:
    return "" if value is None else str(value)[:300]


def _both_sides(code: str, clash: patrol.Conflict) -> Conflict:
    return Conflict(
        str(clash), code="premises", what=f"{clash.theirs.get('name') or ''} {code}".strip(),
        yours={_label(one.field): str(one.mine) for one in clash.clashes},
        theirs={_label(one.field): str(one.theirs) for one in clash.clashes},
        choices={
            MINE: _("Mine is right"), THEIRS: _("The other is right; keep the rest of mine"), DROP: _("Set mine aside"),
        },
    )  # fmt: skip


def _label(field: str) -> str:
    labels = {
        "name": _("Name"), "address": _("Address"), "status": _("Status"), "grade": _("Grade"), "klass": _("Class"),
    }  # fmt: skip
    return labels.get(field, field.removeprefix("details."))


def _keep_photos(deed: Deed) -> None:
    """Keep photos of a record that is no matter: they stay with the operation."""
    tokens = (*deed.tokens, *deed.after_tokens)
    files.claim(tokens=tokens, actor=deed.actor, at=deed.received_at)
    if tokens:
        Operation.objects.filter(pk=deed.said.id).update(tokens=list(tokens))
