"""A matter comes before a moderator, and what is shown of it follows what happens to it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base import bus
from gongzhi.base.actor import Actor, system
from gongzhi.catalogue import queries as catalogue
from gongzhi.matters import queries as matters
from gongzhi.places import queries as places
from gongzhi.publishing import rules
from gongzhi.publishing.actions import photos
from gongzhi.publishing.actions.common import enter, new_edition, tell_of_stage
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.events import PhotosArrived
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Publication, PublicPhoto, Wish
from gongzhi.publishing.queries.deciding import class_name, verdict_for
from gongzhi.publishing.rules import Pace, Place, Stage, Verdict

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
BEFORE, AFTER = frozenset({"report", "verify", "add"}), frozenset({"hand_in", "pass_check"})
MOST_PHOTOS = 8
VILLAGE = 3  # segments of a path down to the village
RULES = system("publishing", Can.MODERATE)


@dataclass(frozen=True)
class Shown:
    """What the public would read of the place."""

    path: str
    place: Place
    street: str
    lon: float | None
    lat: float | None


@transaction.atomic
def consider(*, matter_id: int, at: datetime) -> None:
    """Queue a matter whose time has come, or let its publication follow it; safe to repeat."""
    facts = matters.facts_of(matter_id)
    if facts is None or facts.item_id is None:
        return
    verdict = verdict_for(facts.item_id, on=timezone.localdate(at))
    stage = rules.stage_of(state=facts.state, is_open=facts.is_open, is_settled=facts.is_settled)
    publication = (
        Publication.objects.select_for_update(of=("self",)).filter(matter_id=matter_id).first()
    )
    if publication is not None:
        _follow(publication, facts, verdict, stage, at=at)
    elif (
        rules.is_due(verdict.pace, stage) and not Wish.objects.filter(matter_id=matter_id).exists()
    ):
        _queue(facts, verdict, stage, at=at)


def _queue(facts: matters.Facts, verdict: Verdict, stage: Stage, *, at: datetime) -> None:
    publication = suggestion(facts, verdict, stage, at=at)
    try:
        with transaction.atomic():
            publication.save(force_insert=True)
    except IntegrityError:
        return  # another worker was quicker
    _add_photos(publication, verdict, at=at)


def suggestion(
    facts: matters.Facts, verdict: Verdict, stage: Stage, *, at: datetime
) -> Publication:
    """Return an unsaved publication with the words put before the moderator: neutral, and with persons hidden."""
    assert facts.item_id is not None
    item = catalogue.item(facts.item_id)
    shown = shown_place(facts, verdict)
    place = shown.street or (places.area(shown.path).name if shown.path else "")
    said = rules.hide(facts.text).text if verdict.text else ""
    return Publication(
        matter_id=facts.id, public_id=new_public_id(), stage=stage, item_id=facts.item_id,
        class_code=class_name(item), area_path=facts.area_path, shown_path=shown.path, place=shown.place,
        street=shown.street, lon=shown.lon, lat=shown.lat,
        title=rules.neutral_title(item=item.name, place=place)[:120], text=said[:2000],
        reported_on=timezone.localdate(facts.reported_at), closed_on=_day(facts.closed_at),
        queued_at=at, changed_at=at,
    )  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def new_public_id() -> str:
    """Return an id that tells nothing of the matter's number and opens nothing else."""
    return "".join(secrets.choice(LETTERS) for _letter in range(10))


def shown_place(facts: matters.Facts, verdict: Verdict) -> Shown:
    """Return as much of the place as the rule allows."""
    if verdict.place == Place.NONE or not facts.area_path:
        return Shown("", Place.NONE, "", None, None)
    path = "/".join(facts.area_path.split("/")[:VILLAGE]).rstrip("/") + "/"
    area = places.area(path)
    if verdict.place == Place.VILLAGE or facts.lon is None or facts.lat is None:
        return Shown(path, Place.VILLAGE, "", area.lon, area.lat)
    lon, lat = rules.rounded(facts.lon, facts.lat)
    names = [row.name for row in places.ancestors(path)]
    street = rules.street_of(facts.address, areas=names)
    return Shown(path, Place.STREET, street, lon, lat)


def _follow(
    publication: Publication, facts: matters.Facts, verdict: Verdict, stage: Stage, *, at: datetime
) -> None:
    if stage == Stage.ENDED or verdict.pace == Pace.NEVER:
        reason = (
            _("The matter ended without being handled.") if stage == Stage.ENDED else verdict.source
        )
        end(publication, reason=reason, actor=RULES, at=at)
        return
    was, publication.stage = publication.stage, stage
    publication.area_path, publication.closed_on = facts.area_path, _day(facts.closed_at)
    _place_again(publication, facts, verdict)
    _narrow(publication, verdict)
    has_moved = was != stage
    if has_moved:
        publication.changed_at = at
    publication.has_news |= (
        _add_photos(publication, verdict, at=at) and publication.state == State.PUBLISHED
    )
    publication.save()
    if publication.state == State.PUBLISHED:
        new_edition(at=at)
        if has_moved:
            tell_of_stage(publication, at=at)


def _place_again(publication: Publication, facts: matters.Facts, verdict: Verdict) -> None:
    """Show a corrected item or place as its rule says; where it moved, the words fall back to the neutral ones."""
    assert facts.item_id is not None
    item, shown = catalogue.item(facts.item_id), shown_place(facts, verdict)
    here = (shown.path, shown.place, shown.lon, shown.lat, facts.item_id)
    p = publication
    if here == (p.shown_path, p.place, p.lon, p.lat, p.item_id):
        return
    p.item_id, p.class_code = item.id, class_name(item)
    p.shown_path, p.place, p.lon, p.lat, p.street = (
        shown.path, shown.place, shown.lon, shown.lat, shown.street,
    )  # fmt: skip
    place = shown.street or (places.area(shown.path).name if shown.path else "")
    p.title = rules.neutral_title(item=item.name, place=place)[:120]
    p.has_news = p.state == State.PUBLISHED


def _narrow(publication: Publication, verdict: Verdict) -> None:
    """Take back what a stricter rule no longer allows."""
    if not verdict.text:
        publication.text = ""
    if not verdict.photos and publication.has_photos:
        publication.has_photos = False
        PublicPhoto.objects.filter(publication=publication).update(
            state=PublicPhoto.State.LEFT_OUT, boxes=[]
        )


def end(publication: Publication, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take back what is shown, or what waits to be; nothing to do where it is not public anyway."""
    move = {State.PUBLISHED: "withdraw", State.WAITING: "withhold"}.get(State(publication.state))
    if move:
        photos.forget_copies(publication)
        enter(publication, move, reason=reason[:300], actor=actor, at=at)


def _add_photos(publication: Publication, verdict: Verdict, *, at: datetime) -> bool:
    """Put photos the publication does not know yet before the detector; tell whether there are any."""
    if not verdict.photos:
        return False
    known = set(
        PublicPhoto.objects.filter(publication=publication).values_list("source_id", flat=True)
    )
    fresh = [
        PublicPhoto(
            publication=publication,
            source_id=photo.file_id,
            is_after=photo.stage in AFTER,
            taken_at=photo.at,
        )
        for photo in matters.photos_of(publication.matter_id)
        if photo.stage in BEFORE | AFTER and photo.file_id not in known
    ][: MOST_PHOTOS - len(known)]
    if not fresh:
        return False
    PublicPhoto.objects.bulk_create(fresh, ignore_conflicts=True)
    if not publication.has_photos:
        publication.has_photos = True
        publication.save(update_fields=["has_photos"])
    bus.publish(PhotosArrived(publication.pk, at))
    return True
