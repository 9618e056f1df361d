"""Takes over what was decided before this register was there: the demonstration and the migration of an old one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.files import actions as files
from gongzhi.files import queries as stored
from gongzhi.matters import queries as matters
from gongzhi.publishing import rules
from gongzhi.publishing.actions.common import new_edition
from gongzhi.publishing.actions.queueing import AFTER, BEFORE, suggestion
from gongzhi.publishing.events import PhotosArrived
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Decision, Publication, PublicPhoto
from gongzhi.publishing.queries.deciding import verdict_for
from gongzhi.publishing.rules import Verdict
from gongzhi.publishing.rules.blurring import blurred

MOVES = {State.PUBLISHED: "publish", State.WITHHELD: "withhold"}


@dataclass(frozen=True)
class Past:
    """What somebody decided about a matter, when; a waiting one was not decided yet."""

    matter_id: int
    state: str
    at: datetime
    reason: str = ""


@dataclass
class _Taken:
    publications: list[Publication] = field(default_factory=list)
    photos: list[PublicPhoto] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


@transaction.atomic
def copy_history(
    *, past: Sequence[Past], covered: Mapping[int, int], by: Actor, at: datetime
) -> int:
    """
    Write the publications of matters whose rule allows one, and return how many there are.

    `covered` names the covered copy of each photo that may be shown; others of a published one are left out.
    """
    known = {entry.matter_id: entry for entry in past}
    pictures = matters.photos_of_many(list(known))
    verdicts: dict[int, Verdict] = {}
    taken = _Taken()
    for facts in matters.facts_of_many(list(known)):
        if facts.item_id is None:
            continue
        if facts.item_id not in verdicts:
            verdicts[facts.item_id] = verdict_for(facts.item_id, on=timezone.localdate(at))
        verdict = verdicts[facts.item_id]
        stage = rules.stage_of(
            state=facts.state, is_open=facts.is_open, is_settled=facts.is_settled
        )
        if rules.is_due(verdict.pace, stage):
            entry = known[facts.id]
            publication = suggestion(facts, verdict, stage, at=entry.at)
            photos = pictures.get(facts.id, []) if verdict.photos else []
            _take(taken, publication, entry, photos, covered, by=by)
    return _write(taken, at=at)


def _take(
    taken: _Taken, p: Publication, entry: Past, photos: Sequence[matters.PhotoOf],
    covered: Mapping[int, int], *, by: Actor,
) -> None:  # fmt: skip
    p.state, p.reason = entry.state, entry.reason
    p.published_at = entry.at if p.state == State.PUBLISHED else None
    kept = [
        PublicPhoto(
            publication=p, source_id=photo.file_id, is_after=photo.stage in AFTER, taken_at=photo.at,
            blurred_id=covered.get(photo.file_id) if p.state == State.PUBLISHED else None,
            state=_photo_state(p.state, photo.file_id in covered),
        )
        for photo in {photo.file_id: photo for photo in photos if photo.stage in BEFORE | AFTER}.values()
    ]  # fmt: skip
    p.has_photos = any(
        photo.state in {PublicPhoto.State.SHOWN, PublicPhoto.State.TO_BLUR} for photo in kept
    )
    taken.publications.append(p)
    taken.photos += kept
    if move := MOVES.get(State(p.state)):
        shown = {"title": p.title, "text": p.text, "street": p.street}
        taken.decisions.append(
            Decision(
                publication=p, move=move, at=entry.at, actor_id=by.id, actor_name=by.name[:80],
                reason=entry.reason, shown=shown if move == "publish" else {},
            )
        )  # fmt: skip


def _photo_state(state: str, is_covered: bool) -> str:  # noqa: FBT001 - one fact about one photo
    if state == State.WAITING:
        return PublicPhoto.State.TO_BLUR
    is_shown = state == State.PUBLISHED and is_covered
    return PublicPhoto.State.SHOWN if is_shown else PublicPhoto.State.LEFT_OUT


def _write(taken: _Taken, *, at: datetime) -> int:
    Publication.objects.bulk_create(taken.publications, batch_size=500)
    PublicPhoto.objects.bulk_create(taken.photos, batch_size=1000)
    Decision.objects.bulk_create(taken.decisions, batch_size=1000)
    new_edition(at=at)
    for publication_id in {
        photo.publication_id for photo in taken.photos if photo.state == PublicPhoto.State.TO_BLUR
    }:
        bus.publish(PhotosArrived(publication_id, at))
    return len(taken.publications)


def copies_of_drawn(*, file_ids: Sequence[int], at: datetime) -> dict[int, int]:
    """Return a public copy of each picture this program drew itself: nobody is in it, so nothing is covered."""
    return {
        file_id: files.put_drawn(
            name="photo.jpg", content=blurred(stored.content_of(file_id), []), at=at
        )
        for file_id in file_ids
    }
