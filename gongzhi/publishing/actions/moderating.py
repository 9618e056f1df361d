"""What a moderator decides: publish, change, withhold, withdraw, look at it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.publishing import rules
from gongzhi.publishing.actions import photos
from gongzhi.publishing.actions.common import enter, locked, reason_of, unchanged
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.events import PhotosArrived
from gongzhi.publishing.lifecycle import LIFECYCLE, State
from gongzhi.publishing.models import Publication, PublicPhoto, Wish
from gongzhi.publishing.rules import Stage

NUMBERS = {"phone", "identity", "card", "plate", "email", "account", "room", "house"}


@dataclass(frozen=True)
class Words:
    """What a moderator approves to be read by everybody."""

    title: str
    text: str = ""
    street: str = ""


@transaction.atomic
def publish(
    *, publication_id: int, words: Words, photo_ids: Sequence[int], actor: Actor, at: datetime,
    version: int | None = None,
) -> Publication:  # fmt: skip
    """Show the approved words and photos to everybody, or replace those that are shown."""
    publication = locked(publication_id, actor)
    unchanged(publication, version)
    move = "correct" if publication.state == State.PUBLISHED else "publish"
    LIFECYCLE.target(move, source=publication.state)
    _may_be_shown(publication)
    _set_words(publication, words)
    photos.decide(publication, shown=photo_ids)
    shown = {"title": publication.title, "text": publication.text, "street": publication.street}
    enter(publication, move, reason="", actor=actor, at=at, photos=len(photo_ids), **shown)
    return publication


def _may_be_shown(publication: Publication) -> None:
    if Wish.objects.filter(matter_id=publication.matter_id).exists():
        raise Refused(_("Whoever reported it asked that it is not published."))
    if publication.stage == Stage.ENDED:
        raise Refused(_("The matter ended without being handled; there is nothing to show."))


def _set_words(publication: Publication, words: Words) -> None:
    title, street = " ".join(words.title.split()), " ".join(words.street.split())
    problems = _problems({"title": title, "text": words.text, "street": street})
    if len(title) < 2:
        problems["title"] = _("Write a title.")
    if len(title) > 120 or len(street) > 60 or len(words.text) > 2000:
        problems["title" if len(title) > 120 else "text"] = _("That is too long.")
    if problems:
        raise Invalid(problems)
    publication.title, publication.text = title, words.text.strip()
    publication.street = street if publication.place == rules.Place.STREET else ""


def _problems(texts: dict[str, str]) -> dict[str, str]:
    """Refuse numbers that point at a person; names are the moderator's own judgement."""
    sentence = _(
        "It still holds a telephone, identity, plate or door number, or an address of a person. Take it out."
    )
    return {name: sentence for name, text in texts.items() if NUMBERS & set(rules.hide(text).kinds)}


@dataclass(frozen=True)
class Outcome:
    public_id: str
    title: str
    problem: str


def publish_many(*, publication_ids: Sequence[int], actor: Actor, at: datetime) -> list[Outcome]:
    """Publish many without photos, with the words that stand in the queue; say for each whether it went through."""
    return [
        _publish_one(pk, actor=actor, at=at) for pk in list(dict.fromkeys(publication_ids))[:200]
    ]


def _publish_one(publication_id: int, *, actor: Actor, at: datetime) -> Outcome:
    """Publish one in a transaction of its own; OutOfReach ends the whole, a refusal only this one."""
    rows = Publication.objects.within_reach_of(actor, Can.MODERATE).filter(pk=publication_id)
    p = rows.first()
    if p is None:
        raise OutOfReach
    try:
        _publish_as_it_stands(p, actor=actor, at=at)
    except (Refused, Invalid) as trouble:
        return Outcome(p.public_id, p.title, str(trouble))
    return Outcome(p.public_id, p.title, "")


def _publish_as_it_stands(p: Publication, *, actor: Actor, at: datetime) -> None:
    photos_left = PublicPhoto.objects.filter(publication=p).exclude(
        state__in=("left_out", "broken")
    )
    if photos_left.exists():
        raise Refused(_("It has photos: open it and look at them."))
    publish(
        publication_id=p.pk, words=Words(p.title, p.text, p.street), photo_ids=(), actor=actor, at=at,
        version=p.version,
    )  # fmt: skip


@transaction.atomic
def withhold(
    *, publication_id: int, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> Publication:
    """Keep it to the office."""
    return _take_back(publication_id, "withhold", reason, actor=actor, at=at, version=version)


@transaction.atomic
def withdraw(
    *, publication_id: int, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> Publication:
    """Take it off every public page and download; what is cached asks for the edition and sees the change."""
    return _take_back(publication_id, "withdraw", reason, actor=actor, at=at, version=version)


def _take_back(
    publication_id: int, move: str, reason: str, *, actor: Actor, at: datetime, version: int | None
) -> Publication:
    publication = locked(publication_id, actor)
    unchanged(publication, version)
    reason = reason_of(reason, needed=True)
    LIFECYCLE.target(move, source=publication.state)
    photos.forget_copies(publication)
    enter(publication, move, reason=reason, actor=actor, at=at)
    return publication


@transaction.atomic
def reconsider(*, publication_id: int, reason: str, actor: Actor, at: datetime) -> Publication:
    """Put it back in the queue; its photos are covered anew."""
    publication = locked(publication_id, actor)
    reason = reason_of(reason, needed=True)
    LIFECYCLE.target("reconsider", source=publication.state)
    _may_be_shown(publication)
    waiting = PublicPhoto.objects.filter(publication=publication)
    if waiting.exclude(state=PublicPhoto.State.BROKEN).update(state=PublicPhoto.State.TO_BLUR):
        bus.publish(PhotosArrived(publication.pk, at))
    publication.queued_at = at
    enter(publication, "reconsider", reason=reason, actor=actor, at=at)
    return publication
