"""Somebody reports a thing or a place that is not as it should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.actor import Actor, system
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue import queries as catalogue
from gongzhi.clocks import actions as clocks
from gongzhi.clocks import queries as clock_queries
from gongzhi.incidents import queries, rules
from gongzhi.incidents.capabilities import Can
from gongzhi.incidents.lifecycle import State
from gongzhi.incidents.models import Incident
from gongzhi.matters import actions as matters
from gongzhi.matters import queries as matter_queries
from gongzhi.places import queries as places

KIND = "incident"
PORTAL = "portal"
LONGEST_ANSWER = 300
ON_THE_SPOT = system("自办自结", Can.CLOSE)


@dataclass(frozen=True)
class Report:
    """
    What a report says. Either a point (with the system its coordinates are in) or an area path.

    `answers` are by question id; `files` are tokens of uploads; `is_new` says that the reporter has
    seen the likely duplicates and means another thing.
    """

    item_id: int
    text: str
    source: str = PORTAL
    lon: float | None = None
    lat: float | None = None
    system: str = "WGS-84"
    area_path: str = ""
    address: str = ""
    premises_code: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()
    after_files: Sequence[str] = ()  # of the result, when it was settled on the spot
    sender: str = ""
    contact: matters.Contact | None = None
    outside_number: str = ""
    happened_at: datetime | None = None
    self_handled: bool = False
    is_new: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the file keeps of how it came


class LikelyDuplicate(Refused):
    """The same thing seems to be in the register already; the reporter may join it."""

    def __init__(self, candidates: Sequence[Any]) -> None:
        super().__init__(_("This seems to have been reported already."))
        self.candidates = candidates


@dataclass(frozen=True)
class _Place:
    path: str
    lon: float | None
    lat: float | None
    outside_m: float


@dataclass(frozen=True)
class _Route:
    """Where a new matter enters its lifecycle."""

    state: str
    standard_id: int | None = None
    lead_unit: int | None = None
    why: str = ""


def report(*, said: Report, actor: Actor, at: datetime, key: str | None = None) -> matters.Opened:
    """
    Enter a report as a matter: placed in its grid, clocks running, the next one named.

    Raises Invalid with a sentence per field, LikelyDuplicate when the same item is open nearby and
    the reporter has not said that it is another, Refused where the item may not be reported. The
    same key gives the same matter again, however often it is sent.
    """
    try:
        with transaction.atomic():
            return _reported(said, actor, at, key)
    except IntegrityError:
        if key and (known := matters.known_opening(key)):
            return known
        raise


def _reported(said: Report, actor: Actor, at: datetime, key: str | None) -> matters.Opened:
    on = timezone.localtime(at).date()
    item = _item(said, on)
    place = _place(said, on)
    _check(said, item, on)
    _check_reach(said, actor, place.path)
    if tip := catalogue.advice(item_id=item.id, area_path=place.path, at=at):
        raise Refused(tip)
    near = matter_queries.near(item_id=item.id, lon=place.lon, lat=place.lat, at=at)
    if near and not said.is_new:
        if key and (known := matters.known_opening(key)):
            return known
        raise LikelyDuplicate(near)
    route = _route(said, item, place.path, on)
    opened = matters.open_matter(
        opening=_opening(said, item, place, route, at=at, on=on, near=near),
        actor=actor,
        at=at,
        key=key,
    )
    Incident.objects.create(
        matter_id=opened.matter.id, standard_id=route.standard_id, answers=_answers(said.answers),
        proposed_unit_id=route.lead_unit, proposed_why=route.why[:300],
        self_handled=said.self_handled, outside_grid_m=place.outside_m,
    )  # fmt: skip
    matters.attach(opened.matter, said.after_files, stage="hand_in", actor=actor, at=at)
    return _closed(opened, at) if said.self_handled else opened


def _closed(opened: matters.Opened, at: datetime) -> matters.Opened:
    """End what was settled on the spot at once; samples are visited again, see patrols."""
    words = _("Settled on the spot, with photos of before and after.")
    matter = matters.move(
        matter_id=opened.matter.id, move="close", values={"note": words}, actor=ON_THE_SPOT, at=at
    )
    return replace(opened, matter=matter)


def _answers(given: Mapping[str, Any]) -> dict[str, str]:
    return {key: rules.clean(str(value))[:LONGEST_ANSWER] for key, value in given.items()}


def _item(said: Report, on: date) -> Any:
    try:
        item = catalogue.item(said.item_id)
    except ObjectDoesNotExist:
        raise Invalid({"item": _("Choose what it is about.")}) from None
    if item.valid_to is not None and item.valid_to <= on:
        raise Invalid(
            {
                "item": _("“{item}” is no longer in the catalogue; choose another.").format(
                    item=item.name
                )
            }
        )
    return item


def _place(said: Report, on: date) -> _Place:
    if said.lon is None or said.lat is None:
        if not said.area_path:
            raise Invalid(
                {"place": _("Say where it is: choose a point on the map or give an address.")}
            )
        return _Place(_area(said.area_path), None, None, 0)
    lon, lat = places.checked_point(said.lon, said.lat, said.system)
    placing = places.place(lon=lon, lat=lat, on=on)
    if not placing.path or placing.distance_m > settings.INTAKE_OUTSIDE_METRES:
        raise Invalid({"place": _("This place is outside the city. Check the point on the map.")})
    return _Place(placing.path, lon, lat, placing.distance_m)


def _area(path: str) -> str:
    try:
        return places.area(path).path
    except (ObjectDoesNotExist, OutOfReach):
        raise Invalid({"place": _("There is no such area; choose one from the list.")}) from None


def _check(said: Report, item: Any, on: date) -> None:
    problems: dict[str, str] = {}
    if problem := _text_problem(said, on):
        problems["text"] = problem
    for question in catalogue.questions(item.id):
        answer = str(said.answers.get(str(question.id), "")).strip()
        if question.required and question.kind != "photo" and not answer and said.source == PORTAL:
            problems[f"answer-{question.id}"] = _("Please answer: {question}").format(
                question=question.text
            )
    if said.self_handled and not item.self_handled_allowed:
        problems["self_handled"] = _("“{item}” cannot be settled on the spot; report it.").format(
            item=item.name
        )
    elif said.self_handled and item.after_photos and not said.after_files:
        problems["after_files"] = _("A photo of the result is needed.")
    if problems:
        raise Invalid(problems)


def _text_problem(said: Report, on: date) -> str:
    text = said.text.strip()
    if said.source == PORTAL and (problem := _person_problem(said, on)):
        return problem
    if rules.names_a_person(text):
        return _(
            "Reports are about things and places, so leave out identity numbers. For a complaint about a person call 110 or 12345, or go to the competent office."
        )
    if len(text) > rules.LONGEST_TEXT:
        return _(
            "The text has {count} characters; {most} is the most. What you wrote is kept: shorten it."
        ).format(count=len(text), most=rules.LONGEST_TEXT)
    return ""


def _person_problem(said: Report, on: date) -> str:
    """Look for a named person in what a resident wrote; offices quote what others told them."""
    written = "\n".join([said.text, said.address, *map(str, said.answers.values())])
    return queries.person_problem(written, on=on)


def _check_reach(said: Report, actor: Actor, area_path: str) -> None:
    """Anybody may report as a resident; what an office files must lie in its own area."""
    if said.source == PORTAL:
        return
    if not any(area_path.startswith(grant.area) for grant in actor.grants_for(Can.REPORT)):
        words = _("{place} lies outside your area. Pass it on to the office there.")
        raise Invalid({"place": words.format(place=places.full_name(area_path))})


def _route(said: Report, item: Any, area_path: str, on: date) -> _Route:
    standards = catalogue.standards(item.id)
    if said.self_handled:
        return _Route(State.TO_CLOSE, standards[0].id if standards else None)
    if not (standards and all(standard.urgent for standard in standards)):
        return _Route(
            State.TO_REGISTER if said.source in rules.VERIFIED_SOURCES else State.TO_VERIFY
        )
    found = catalogue.responsible(item_id=item.id, area_path=area_path, on=on)
    if found.handler_unit_id is None:
        return _Route(State.TO_DISPATCH, standards[0].id, why=found.why)
    return _Route(State.TO_ACCEPT, standards[0].id, found.handler_unit_id, found.why)


def _opening(
    said: Report,
    item: Any,
    place: _Place,
    route: _Route,
    *,
    at: datetime,
    on: date,
    near: Sequence[Any],
) -> matters.Opening:
    is_urgent = route.state in {State.TO_ACCEPT, State.TO_DISPATCH}
    text = rules.clean(said.text)
    facts: dict[str, Any] = {"item": item.name, "source": said.source, **said.facts}
    if near:
        facts["likely_duplicates"] = [row.number for row in near]
    if place.outside_m > 0:
        facts["outside_m"] = round(place.outside_m)
    return matters.Opening(
        kind=KIND, title=rules.title_of(text, item.name), text=text, source=said.source,
        area_path=place.path, placed_on=on, state=route.state, item_id=item.id, is_urgent=is_urgent,
        address=rules.clean(said.address)[:200], lon=place.lon, lat=place.lat,
        premises_code=rules.clean(said.premises_code)[:40],
        outside_number=rules.clean(said.outside_number)[:60],
        lead_unit=route.lead_unit, reporter=said.contact, files=said.files, sender=said.sender, note=route.why, facts=facts,
        rules={"item": item.id, "item_version": item.version, "standard": route.standard_id},
        extra_words=(item.name, item.class_name, places.full_name(place.path)),
        clocks=_clocks(is_urgent, on),
    )  # fmt: skip


def _clocks(is_urgent: bool, on: date) -> list[clocks.Start]:  # noqa: FBT001
    ending = ".urgent" if is_urgent else ""
    codes = {name: f"incident.{name}{ending}" for name in ("whole", "first_response")}
    return [
        clocks.Start(name, clock_queries.rule_limit(code, on=on), rule=code)
        for name, code in codes.items()
    ]
