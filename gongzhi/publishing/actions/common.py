"""What every deed here shares: the row under its lock, the line of the decision, the public edition."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, Refused
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.events import MatterPublished, PublicationEnded, PublicStateChanged
from gongzhi.publishing.lifecycle import LIFECYCLE, State
from gongzhi.publishing.models import Decision, Edition, Publication
from gongzhi.publishing.queries.editions import ONLY

LONGEST_REASON = 300
DEEDS = (
    pgettext_lazy("deed", "publishing.publish"),
    pgettext_lazy("deed", "publishing.correct"),
    pgettext_lazy("deed", "publishing.withhold"),
    pgettext_lazy("deed", "publishing.withdraw"),
    pgettext_lazy("deed", "publishing.reconsider"),
    pgettext_lazy("deed", "publishing.set_regions"),
    pgettext_lazy("deed", "publishing.answer_problem"),
    pgettext_lazy("deed", "publishing.set_rule"),
    pgettext_lazy("deed", "publishing.export"),
)


def locked(publication_id: int, actor: Actor) -> Publication:
    """Return the row to change; Publication.DoesNotExist out of reach."""
    rows = Publication.objects.within_reach_of(actor, Can.MODERATE)
    return rows.select_for_update(of=("self",)).get(pk=publication_id)


def unchanged(publication: Publication, version: int | None) -> None:
    """Refuse when somebody else decided since the page was opened."""
    if version is not None and version != publication.version:
        raise Refused(_("Somebody else has changed this publication meanwhile. Open it again."))


def reason_of(text: str, *, needed: bool) -> str:
    reason = " ".join(text.split())[:LONGEST_REASON]
    if needed and len(reason) < 2:
        raise Invalid({"reason": _("Write the reason; it stays with the publication.")})
    return reason


def enter(
    publication: Publication, move: str, *, reason: str, actor: Actor, at: datetime, **shown: Any
) -> None:
    """Make the move on a locked row: state, decision, trail, and what everybody sees."""
    was_public = publication.state == State.PUBLISHED
    publication.state = LIFECYCLE.target(move, source=publication.state)
    publication.reason, publication.changed_at = reason, at
    publication.version += 1
    publication.has_news = False
    if publication.state == State.PUBLISHED and not was_public:
        publication.published_at = at
    publication.save()
    Decision.objects.create(
        publication=publication, move=move, at=at, actor_id=actor.id, actor_name=actor.name[:80],
        reason=reason, shown=shown,
    )  # fmt: skip
    audit.record(
        actor=actor, verb=f"publishing.{move}", subject=f"publication:{publication.public_id}",
        at=at, reason=reason, detail={"matter": publication.matter_id},
    )  # fmt: skip
    if was_public or publication.state == State.PUBLISHED:
        new_edition(at=at)
    _tell(publication, was_public=was_public, at=at)


def _tell(publication: Publication, *, was_public: bool, at: datetime) -> None:
    if publication.state == State.PUBLISHED and not was_public:
        bus.publish(
            MatterPublished(
                publication.matter_id, publication.public_id, publication.item_id, publication.shown_path,
                publication.lon, publication.lat, publication.stage, at,
            )
        )  # fmt: skip
    elif was_public and publication.state != State.PUBLISHED:
        bus.publish(PublicationEnded(publication.matter_id, publication.public_id, at))


def tell_of_stage(publication: Publication, *, at: datetime) -> None:
    bus.publish(
        PublicStateChanged(
            publication.matter_id, publication.public_id, publication.item_id,
            publication.shown_path, publication.stage, at,
        )
    )  # fmt: skip


def new_edition(*, at: datetime) -> None:
    """Let everything that keeps a public answer ask again; holds the row to the end of the transaction."""
    with transaction.atomic():
        rows = Edition.objects.filter(pk=ONLY)
        if not rows.update(number=F("number") + 1, changed_at=at):
            Edition.objects.bulk_create(
                [Edition(pk=ONLY, number=1, changed_at=at)], ignore_conflicts=True
            )
