"""A second person scores the file."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.disputes import actions as disputes
from gongzhi.dossiers import queries, rules
from gongzhi.dossiers.capabilities import Can
from gongzhi.dossiers.events import FileReviewed
from gongzhi.dossiers.models import Dossier, Review


@transaction.atomic
def review(
    *, matter_id: int, points: Mapping[str, str], note: str, actor: Actor, at: datetime
) -> Review:
    """
    Keep the seven points. Refused for who keeps the file themselves, and before it is archived.

    A later review counts instead of an earlier one; both stay.
    """
    row = Dossier.objects.within_reach_of(actor, Can.REVIEW).filter(pk=matter_id).first()
    if row is None:
        raise OutOfReach
    disputes.open_file(matter_id=matter_id, actor=actor, at=at)
    if row.state != Dossier.State.BOUND:
        raise Refused(_("A file is reviewed once it is archived."))
    if row.kept_by == actor.id:
        raise Refused(_("You keep this file: somebody else reviews it."))
    asked = queries.points(timezone.localdate(at))
    try:
        score = rules.total(asked, points)
    except KeyError:
        raise Invalid({"points": _("Judge each of the seven points.")}) from None
    kept = Review.objects.create(
        dossier=row, kept_by=row.kept_by, reviewed_by=actor.id, reviewer_name=actor.name, score=score, note=note[:500], at=at,
        points={point.code: points[point.code] for point in asked},
    )  # fmt: skip
    Dossier.objects.filter(pk=matter_id).update(score=score, reviewed_at=at)
    audit.record(actor=actor, verb="dossiers.review", subject=f"matter:{matter_id}", at=at, detail={"score": str(score)})  # fmt: skip
    bus.publish(FileReviewed(matter_id, score, at))
    return kept
