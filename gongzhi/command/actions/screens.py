"""Big screens are composed, kept in versions, shared, removed and brought back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.command.models import Ratio, Screen, ScreenVersion
from gongzhi.command.queries.screens import homes, layout_of, own_screens, start_named
from gongzhi.command.queries.shipped import tile_faces
from gongzhi.command.rules.layouts import Flaw, Layout, checked

EMPTY: Layout = {"pages": [{"seconds": 30, "tiles": []}]}


@transaction.atomic
def compose(*, name: str, ratio: str, start: str, unit: int, actor: Actor, at: datetime) -> Screen:
    """Begin a screen of a unit, empty or from a composition; OutOfReach for a unit that is not the actor's."""
    area = homes(actor).get(unit)
    if area is None:
        raise OutOfReach
    layout = EMPTY
    if start:
        begun = start_named(actor, start)
        if begun is None:
            raise Invalid({"start": _("This composition is no longer offered. Choose another.")})
        layout, ratio = begun.layout, begun.ratio
    screen = Screen.objects.create(
        unit_id=unit, area_path=area, name=_named(name), ratio=Ratio(ratio), changed_at=at,
        changed_by_name=actor.name,
    )  # fmt: skip
    ScreenVersion.objects.create(
        screen=screen, number=1, layout=_sound(layout, screen.ratio), at=at, by_name=actor.name
    )
    _told("command.compose", screen, actor, at)
    return screen


@transaction.atomic
def save(
    *, screen_id: int, layout: object, seen: int, actor: Actor, at: datetime, note: str = ""
) -> Screen:
    """Keep a new version; Refused when somebody else has saved since version `seen`."""
    screen = _locked(screen_id, actor)
    if screen.version != seen:
        raise Refused(
            _("{name} saved this screen at {time}. Reload it before you go on.").format(
                name=screen.changed_by_name, time=f"{screen.changed_at:%H:%M}"
            )
        )
    sound = _sound(layout, screen.ratio)
    if sound == layout_of(screen):
        return screen
    return _next(screen, sound, note, actor, at)


@transaction.atomic
def restore(*, screen_id: int, number: int, actor: Actor, at: datetime) -> Screen:
    """Make an old version the newest; nothing is lost."""
    screen = _locked(screen_id, actor)
    old = ScreenVersion.objects.filter(screen=screen, number=number).first()
    if old is None:
        raise OutOfReach
    note = _("Version {number} again").format(number=number)
    return _next(screen, _sound(old.layout, screen.ratio), note, actor, at)


@transaction.atomic
def describe(*, screen_id: int, name: str, share: str, actor: Actor, at: datetime) -> Screen:
    """Give the screen a name and say who may use it."""
    screen = _locked(screen_id, actor)
    if share not in Screen.Share.values:
        raise Invalid({"share": _("Choose who may use it.")})
    screen.name, screen.share = _named(name), share
    screen.save(update_fields=["name", "share"])
    _told("command.share", screen, actor, at)
    return screen


@transaction.atomic
def remove(*, screen_id: int, actor: Actor, at: datetime) -> Screen:
    """Take the screen off the list; it can be brought back."""
    screen = _locked(screen_id, actor)
    screen.removed_at = at
    screen.save(update_fields=["removed_at"])
    _told("command.remove", screen, actor, at)
    return screen


@transaction.atomic
def bring_back(*, screen_id: int, actor: Actor, at: datetime) -> Screen:
    screen = _locked(screen_id, actor)
    screen.removed_at = None
    screen.save(update_fields=["removed_at"])
    _told("command.bring_back", screen, actor, at)
    return screen


def _locked(screen_id: int, actor: Actor) -> Screen:
    screen = own_screens(actor).select_for_update(of=("self",)).filter(pk=screen_id).first()
    if screen is None:
        raise OutOfReach
    return screen


def _next(screen: Screen, layout: Layout, note: str, actor: Actor, at: datetime) -> Screen:
    screen.version += 1
    screen.changed_at, screen.changed_by_name = at, actor.name
    screen.save(update_fields=["version", "changed_at", "changed_by_name"])
    ScreenVersion.objects.create(
        screen=screen, number=screen.version, layout=layout, at=at, by_name=actor.name,
        note=note[:120],
    )  # fmt: skip
    _told("command.save", screen, actor, at)
    return screen


def _named(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= 60:
        raise Invalid({"name": _("Give it a name of at most 60 characters.")})
    return name


def _sound(layout: object, ratio: str) -> Layout:
    try:
        return checked(layout, ratio=ratio, codes=tile_faces().keys())
    except Flaw as flaw:
        words: dict[str, Any] = {
            "pages": _("A screen has between 1 and 12 pages."),
            "tiles": _("Page {page} holds too many tiles."),
            "seconds": _("Page {page}: choose between 5 and 3600 seconds."),
            "code": _("Page {page} holds a tile that does not exist any more. Take it off."),
            "place": _("Page {page}: a tile lies outside the screen."),
            "overlap": _("Page {page}: two tiles lie on top of each other."),
        }
        raise Invalid({"layout": words[flaw.reason].format(page=flaw.page)}) from flaw


def _told(verb: str, screen: Screen, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor, verb=verb, subject=f"screen:{screen.pk}", at=at,
        detail={"name": screen.name, "version": screen.version},
    )  # fmt: skip
