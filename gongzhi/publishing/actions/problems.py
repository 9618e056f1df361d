"""Readers tell of what must not stand on a public page; moderators answer."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.publishing.actions.common import locked, reason_of
from gongzhi.publishing.lifecycle import State
from gongzhi.publishing.models import Problem, Publication

MOST_OPEN = 20  # of one publication: who tells the same again changes nothing


@transaction.atomic
def tell_problem(*, public_id: str, nature: str, text: str, at: datetime) -> None:
    """Let anybody say what is wrong with a publication; it goes to the moderators, without a name."""
    if nature not in Problem.Nature.values:
        raise Invalid({"nature": _("Choose what is wrong.")})
    if nature in {Problem.Nature.WRONG, Problem.Nature.OTHER} and len(text.strip()) < 2:
        raise Invalid({"text": _("Say in a few words what is wrong.")})
    publication = (
        Publication.objects.select_for_update(of=("self",))
        .filter(public_id=public_id, state=State.PUBLISHED)
        .first()
    )
    if publication is None:
        raise OutOfReach
    if publication.problem_count >= MOST_OPEN:
        return
    Problem.objects.create(publication=publication, nature=nature, text=text.strip()[:500], at=at)
    Publication.objects.filter(pk=publication.pk).update(problem_count=F("problem_count") + 1)


@transaction.atomic
def answer_problem(
    *, publication_id: int, problem_id: int, answer: str, actor: Actor, at: datetime
) -> None:
    """Note what was done about what a reader told."""
    publication = locked(publication_id, actor)
    answer = reason_of(answer, needed=True)
    open_ones = Problem.objects.filter(
        pk=problem_id, publication=publication, answered_at__isnull=True
    )
    if not open_ones.update(answered_at=at, answered_by=actor.name[:80], answer=answer):
        raise Refused(_("This has been answered already."))
    left = Problem.objects.filter(publication=publication, answered_at__isnull=True).count()
    Publication.objects.filter(pk=publication.pk).update(problem_count=left)
    audit.record(
        actor=actor, verb="publishing.answer_problem", subject=f"publication:{publication.public_id}",
        at=at, reason=answer,
    )  # fmt: skip
