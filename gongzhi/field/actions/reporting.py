"""Operations on matters: file one, join one, move one."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.field.actions.outcomes import BOTH, DROP, MINE, THEIRS, Conflict, Deed, Done
from gongzhi.incidents import actions as incidents
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as matter_queries
from gongzhi.places import queries as places

SOURCE = "patrol"
# The moves an officer makes in the street, and what each of them says.
MOVES = {
    "verify": ("is_true", "note"),
    "pass_check": ("note",),
    "fail_check": ("reason",),
    "note": ("note",),
}
NEEDED = {"verify": "note", "note": "note", "fail_check": "reason"}


def report(deed: Deed) -> Done:
    """File a matter; likely duplicates the officer has not seen are a conflict."""
    if deed.choice == THEIRS:
        # The server itself named it as alike; it may lie beyond the edge of the grid.
        return _join(deed, matter_queries.carried(str(deed.facts.get("like", ""))))
    try:
        opened = incidents.report(said=_said(deed), actor=deed.actor, at=deed.at, key=deed.key)
    except incidents.LikelyDuplicate as twin:
        raise _duplicate(deed, twin.candidates[0]) from None
    matter = opened.matter
    return Done(
        _("Filed as {number}.").format(number=matter.number), number=matter.number, code=opened.code,
        facts={"state": matter.state, **({"self_handled": True} if deed.flag("self_handled") else {})},
    )  # fmt: skip


def _said(deed: Deed) -> incidents.Report:
    lon, lat, address = deed.number_of("lon"), deed.number_of("lat"), deed.text("address", most=200)
    premises = deed.text("premises", most=40)
    if premises and (lon is None or lat is None):
        lon, lat, address = _at_premises(premises, address)
    answers = deed.said.body.get("answers")
    return incidents.Report(
        item_id=_item(deed), text=deed.text("text"), source=SOURCE, lon=lon, lat=lat, address=address,
        premises_code=premises, answers=answers if isinstance(answers, dict) else {},
        files=deed.tokens, after_files=deed.after_tokens, happened_at=deed.at,
        self_handled=deed.flag("self_handled"),
        is_new=deed.flag("is_new") or deed.choice in {MINE, BOTH},
        facts=deed.trace | ({"urgent_said": True} if deed.flag("urgent") else {}),
    )  # fmt: skip


def _item(deed: Deed) -> int:
    """Return the version of the item in force that day: the device may carry an older one."""
    item_id = deed.whole_number("item_id") or 0
    try:
        code = catalogue.item(item_id).code
        return catalogue.item_by_code(code, timezone.localdate(deed.at)).id
    except ObjectDoesNotExist:
        return item_id


def _at_premises(code: str, address: str) -> tuple[float | None, float | None, str]:
    try:
        row = places.premises_by_code(code)
    except ObjectDoesNotExist:
        raise Invalid({"premises": _("No premises have this code.")}) from None
    return row.lon, row.lat, address or row.address[:200]


def _duplicate(deed: Deed, like: Any) -> Conflict:
    item = catalogue.item(_item(deed)).name
    return Conflict(
        _("This seems to have been reported already."),
        code="duplicate",
        what=_("Likely the same matter"),
        yours={
            _("What"): item, _("In words"): deed.text("text")[:200], _("Time"): _moment(deed.at),
            _("Photos"): str(len(deed.tokens)),
        },
        theirs={
            _("What"): item, _("In words"): like.title, _("Time"): _moment(like.reported_at),
            _("Number"): like.number, _("State"): like.state_label,
            _("Distance"): _("{metres} m away").format(metres=like.metres),
        },
        choices={
            THEIRS: _("Join it: it is the same"),
            MINE: _("It is another: file it"),
            DROP: _("Set mine aside"),
        },
        facts={"like": like.number},
    )  # fmt: skip


def join(deed: Deed) -> Done:
    """Add words and photos to a matter that is there already; if it has ended, the officer decides."""
    found = matter_queries.carried(deed.text("number", most=20))
    if found.id not in matter_queries.carried_matters([found.id], deed.actor):
        raise OutOfReach
    return report(_like(deed, found)) if deed.choice == MINE else _join(deed, found)


def _like(deed: Deed, ended: matter_queries.Carried) -> Deed:
    """Return the deed as a report of its own: what it does not say itself is as in the matter that ended."""
    known: dict[str, Any] = {
        "item_id": ended.item_id, "address": ended.address, "premises": ended.premises_code,
    }  # fmt: skip
    said = {name: value for name, value in deed.said.body.items() if value not in (None, "")}
    if said.get("lon") is None or said.get("lat") is None:
        known |= {"lon": ended.lon, "lat": ended.lat}
    return replace(deed, said=deed.said.with_body(known | said))


def _join(deed: Deed, found: matter_queries.Carried) -> Done:
    if not found.is_open:
        raise Conflict(
            _("The matter {number} has ended meanwhile.").format(number=found.number),
            code="ended",
            what=found.title,
            yours={_("In words"): deed.text("text")[:200], _("Photos"): str(len(deed.tokens))},
            theirs={_("Number"): found.number, _("State"): found.state_label},
            choices={MINE: _("File it as a new report"), DROP: _("Set mine aside")},
            facts={"like": found.number},
        )
    matters.join(
        matter_id=found.id, text=deed.text("text"), contact=None,
        files=(*deed.tokens, *deed.after_tokens), actor=deed.actor, at=deed.at,
    )  # fmt: skip
    return Done(_("Joined to {number}.").format(number=found.number), number=found.number)


def move(deed: Deed) -> Done:
    """Make a move of a matter as the officer saw it; when it has moved on, both sides are shown."""
    number, name = deed.text("number", most=20), deed.text("move", most=30)
    if name not in MOVES:
        raise Refused(_("This move is not made in the street."))
    found = matter_queries.carried(number)
    if deed.choice == THEIRS:
        return Done(_("Left as it is; your record was set aside."), number=found.number)
    values = _values(deed, name)
    if deed.choice == BOTH:
        name, values = "note", {"note": _as_note(name, values)}
    is_as_seen = deed.choice in {MINE, BOTH} or name == "note"
    try:
        matters.move(
            matter_id=found.id, move=name, values=values | {"uploads": [*deed.tokens, *deed.after_tokens]},
            actor=deed.actor, at=max(deed.at, found.changed_at),
            version=None if is_as_seen else deed.whole_number("version"), facts=deed.trace,
        )  # fmt: skip
    except Refused as trouble:
        raise _moved_on(deed, found, str(trouble)) from None
    return Done(_("Entered in {number}.").format(number=found.number), number=found.number)


def _values(deed: Deed, name: str) -> dict[str, str]:
    given = deed.said.body.get("values")
    said = Deed(
        deed.said.with_body(given if isinstance(given, dict) else {}), deed.actor, deed.at, deed.received_at, deed.skew_s
    )  # fmt: skip
    values = {field: said.text(field) for field in MOVES[name]}
    if name == "verify" and values["is_true"] not in {"yes", "no"}:
        raise Invalid({"is_true": _("Say whether it is as reported.")})
    needed = NEEDED.get(name, "")
    if needed and not values[needed]:
        raise Invalid({needed: _("Say what you found.")})
    return values


def _as_note(name: str, values: dict[str, str]) -> str:
    found = {"yes": _("It is as reported"), "no": _("It is not so")}.get(
        values.get("is_true", ""), ""
    )
    words = [found, values.get("note", ""), values.get("reason", "")]
    return "\n".join(word for word in words if word) or _move_label(name)


def _move_label(name: str) -> str:
    labels = {
        "verify": _("Verified on site"), "pass_check": _("Check passed"),
        "fail_check": _("Check not passed"), "note": _("Note"),
    }  # fmt: skip
    return labels[name]


def _moved_on(deed: Deed, found: Any, words: str) -> Conflict:
    name = deed.text("move", most=30)
    values = _values(deed, name)
    choices = {
        BOTH: _("Add my words and photos as a note"),
        THEIRS: _("Leave it as it is now"),
        DROP: _("Set mine aside"),
    }
    if name in matter_queries.moves_open(found, deed.actor):
        choices = {MINE: _("Do it all the same"), **choices}
    yours = {
        _("Move"): _move_label(name), _("Time"): _moment(deed.at),
        _("In words"): _as_note(name, values)[:200], _("Photos"): str(len(deed.tokens)),
    }  # fmt: skip
    theirs = {
        _("State"): found.state_label, _("Time"): _moment(found.changed_at),
        _("Number"): found.number, _("What"): found.title,
    }  # fmt: skip
    return Conflict(
        words, code="moved", what=found.title, yours=yours, theirs=theirs, choices=choices
    )


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
