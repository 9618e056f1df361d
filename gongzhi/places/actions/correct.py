"""An officer at the door corrects what the register says; two corrections of different facts meet without loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.places.capabilities import Can
from gongzhi.places.models import Grade, Premises, Status

LONGEST: Final = {"name": 120, "address": 240}
MOST_DETAILS: Final = 4000


@dataclass(frozen=True)
class Clash:
    """One fact two people changed: what it was taken for, what each of them says."""

    field: str
    base: Any
    mine: Any
    theirs: Any


class Conflict(Refused):
    """Somebody else changed the same facts meanwhile. Nothing was written; `theirs` says what stands now."""

    def __init__(
        self, clashes: list[Clash], theirs: Mapping[str, Any], changed_at: datetime
    ) -> None:
        super().__init__(
            _("Somebody else has changed these premises meanwhile. Compare both and decide.")
        )
        self.clashes = clashes
        self.theirs = dict(theirs)
        self.changed_at = changed_at


def correct_premises(
    *,
    code: str,
    changes: Mapping[str, tuple[Any, Any]],
    base_changed_at: datetime | None,
    capability: str = Can.MANAGE,
    actor: Actor,
    at: datetime,
) -> Premises:
    """
    Write an officer's corrections, each as (what it was, what it is), field by field.

    Fields: name, address, status, grade, klass, and single details as "details.<name>". A field that
    stands as the officer found it, or already as corrected, is taken; one that somebody else changed
    to something different raises Conflict, and nothing is written. `capability` is what lets the
    actor be there at all. OutOfReach when the premises are not in the actor's area.
    """
    wanted = {field: _clean(field, to) for field, (_from, to) in changes.items()}
    with transaction.atomic():
        row = (
            Premises.objects.within_reach_of(actor, capability)
            .select_for_update(of=("self",))
            .filter(code=code)
            .first()
        )
        if row is None:
            raise OutOfReach
        now = {field: value_of(row, field) for field in changes}
        _compare(row, changes, wanted, now, base_changed_at)
        fresh = {field: value for field, value in wanted.items() if value != now[field]}
        if fresh:
            _write(row, fresh, actor, at, before=now)
    return row


def value_of(row: Premises, field: str) -> Any:
    """Return a fact as a handset names it: grades by letter, statuses by word, the class from the details."""
    if field == "status":
        return Status(row.status).name.lower()
    if field == "grade":
        return Grade(row.grade).name if row.grade else ""
    if field == "klass" or field.startswith("details."):
        return (row.details or {}).get(_detail(field), "")
    return getattr(row, field)


def _compare(
    row: Premises,
    changes: Mapping[str, tuple[Any, Any]],
    wanted: Mapping[str, Any],
    now: Mapping[str, Any],
    base_changed_at: datetime | None,
) -> None:
    if base_changed_at is not None and base_changed_at >= row.changed_at:
        return
    clashes = [
        Clash(field, base, wanted[field], now[field])
        for field, (base, _to) in changes.items()
        if now[field] not in {wanted[field], "" if base is None else base}
    ]
    if clashes:
        theirs = {
            field: value_of(row, field) for field in ("name", "address", "status", "grade", "klass")
        }
        raise Conflict(clashes, theirs, row.changed_at)


def _clean(field: str, value: Any) -> Any:
    if field in LONGEST:
        return _text(field, value)
    if field == "status":
        return _named(field, value, [status.name.lower() for status in Status])
    if field == "grade":
        return _named(field, value, ["", *(grade.name for grade in Grade if grade)])
    if field == "klass" or field.startswith("details."):
        text = " ".join(str(value or "").split())
        if len(text) > LONGEST["address"]:
            raise Invalid({field: _("This is too long.")})
        return text
    raise Invalid({field: _("This fact cannot be corrected here.")})


def _text(field: str, value: Any) -> str:
    text = " ".join(str(value or "").replace("\0", "").split())
    if field == "name" and not text:
        raise Invalid({field: _("Give a name.")})
    if len(text) > LONGEST[field]:
        raise Invalid({field: _("At most {most} characters.").format(most=LONGEST[field])})
    return text


def _named(field: str, value: Any, known: list[str]) -> str:
    text = str(value or "")
    if text not in known:
        raise Invalid({field: _("Choose one of the list.")})
    return text


def _detail(field: str) -> str:
    return "class" if field == "klass" else field.removeprefix("details.")


def _write(
    row: Premises,
    fresh: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    *,
    before: Mapping[str, Any],
) -> None:
    for field, value in fresh.items():
        if field == "status":
            row.status = Status[value.upper()]
        elif field == "grade":
            row.grade = Grade[value] if value else Grade.NONE
        elif field in LONGEST:
            setattr(row, field, value)
        else:
            row.details = {**(row.details or {}), _detail(field): value}
    row.changed_at = max(at, row.changed_at)
    row.save(update_fields=["status", "grade", "name", "address", "details", "changed_at"])
    audit.record(
        actor=actor, verb="places.correct", subject=f"premises:{row.code}", at=at,
        detail={field: [before[field], value] for field, value in fresh.items()},
    )  # fmt: skip
