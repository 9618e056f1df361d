"""Photos are made unreadable where they show people or plates, and a person says what else to cover."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Refused
from gongzhi.files import actions as files
from gongzhi.files import queries as stored
from gongzhi.publishing import clients
from gongzhi.publishing.actions.common import locked, new_edition
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Publication, PublicPhoto
from gongzhi.publishing.rules import Region, written
from gongzhi.publishing.rules.blurring import UnreadablePhoto, blurred

Shown = PublicPhoto.State


def blur_waiting(*, publication_id: int, at: datetime) -> int:
    """Find and cover regions in every photo that waits for it; return how many photos were done. Safe to repeat."""
    waiting = PublicPhoto.objects.filter(publication_id=publication_id, state=Shown.TO_BLUR)
    count = 0
    for photo_id in list(waiting.order_by("id").values_list("pk", flat=True)):
        count += _blur_found(photo_id, at=at)
    return count


def _blur_found(photo_id: int, *, at: datetime) -> bool:
    photo = PublicPhoto.objects.select_related("source").get(pk=photo_id)
    content = _content(photo)
    try:
        regions = clients.regions_in(content)  # a second of work: no row is locked meanwhile
    except UnreadablePhoto:
        PublicPhoto.objects.filter(pk=photo_id).update(state=Shown.BROKEN)
        return False
    with transaction.atomic():
        photo = PublicPhoto.objects.select_for_update(of=("self",)).get(pk=photo_id)
        if photo.state != Shown.TO_BLUR:
            return False
        _keep(photo, content, regions, at=at)
    return True


def _content(photo: PublicPhoto) -> bytes:
    with stored.opened(photo.source.key) as file:
        return file.read()


def _keep(photo: PublicPhoto, content: bytes, regions: Sequence[Region], *, at: datetime) -> None:
    """Store the covered copy as a file of its own, and let go of the one before."""
    before = photo.blurred_id
    photo.blurred_id = files.put_drawn(name="photo.jpg", content=blurred(content, regions), at=at)
    photo.boxes, photo.state = written(regions), Shown.TO_LOOK
    photo.save()
    if before:
        files.remove_drawn(file_id=before)


@transaction.atomic
def set_regions(
    *, publication_id: int, photo_id: int, regions: Sequence[Region], actor: Actor, at: datetime
) -> PublicPhoto:
    """Cover exactly these regions of the photo: what the detector missed is added, what it got wrong is left out."""
    publication = locked(publication_id, actor)
    photo = _photo(publication, photo_id)
    if photo.state == Shown.BROKEN:
        raise Refused(_("This photo cannot be read, so it cannot be shown."))
    if photo.state == Shown.SHOWN and publication.state == State.PUBLISHED:
        _say_it_is_back(publication, at=at)
    _keep(photo, _content(photo), regions, at=at)
    audit.record(
        actor=actor, verb="publishing.set_regions", subject=f"publication:{publication.public_id}",
        at=at, detail={"photo": photo.pk, "regions": len(regions)},
    )  # fmt: skip
    return photo


def _say_it_is_back(publication: Publication, *, at: datetime) -> None:
    """A photo that is being changed is off the public page until it is approved again."""
    publication.has_news = True
    publication.save(update_fields=["has_news"])
    new_edition(at=at)


@transaction.atomic
def find_again(*, publication_id: int, photo_id: int, actor: Actor, at: datetime) -> PublicPhoto:
    """Let the detector look once more, for example after its boxes were removed by mistake."""
    photo = _photo(locked(publication_id, actor), photo_id)
    content = _content(photo)
    try:
        regions = clients.regions_in(content)
    except UnreadablePhoto as error:
        raise Refused(_("This photo cannot be read, so it cannot be shown.")) from error
    return set_regions(
        publication_id=publication_id, photo_id=photo_id, regions=regions, actor=actor, at=at
    )


def _photo(publication: Publication, photo_id: int) -> PublicPhoto:
    rows = PublicPhoto.objects.select_for_update(of=("self",)).select_related("source")
    return rows.get(pk=photo_id, publication=publication)


def decide(publication: Publication, *, shown: Sequence[int]) -> None:
    """Show the chosen photos and leave out the others; the boxes are forgotten either way."""
    photos = list(
        PublicPhoto.objects.select_for_update(of=("self",)).filter(publication=publication)
    )
    chosen = [photo for photo in photos if photo.pk in shown]
    if any(photo.blurred_id is None or photo.state == Shown.TO_BLUR for photo in chosen):
        raise Refused(_("A photo is still being made unreadable. Wait a moment, or leave it out."))
    for photo in photos:
        if photo in chosen:
            photo.state, photo.boxes = Shown.SHOWN, []
            photo.save(update_fields=["state", "boxes"])
        else:
            _let_go(photo, state=Shown.LEFT_OUT)
    publication.has_photos = bool(chosen)


def _let_go(photo: PublicPhoto, *, state: str) -> None:
    """Keep neither the boxes nor the copy of a photo that is not shown."""
    copy, photo.blurred_id = photo.blurred_id, None
    photo.boxes, photo.state = [], photo.state if photo.state == Shown.BROKEN else state
    photo.save()
    if copy:
        files.remove_drawn(file_id=copy)


def forget_copies(publication: Publication) -> None:
    """Remove what was made for the public: nothing is shown any more."""
    for photo in PublicPhoto.objects.select_for_update(of=("self",)).filter(
        publication=publication
    ):
        _let_go(photo, state=Shown.LEFT_OUT)
