"""A person puts another version of a model in force, or asks for a new training."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.learning.capabilities import Can
from gongzhi.learning.events import TrainingAsked
from gongzhi.learning.models import Trained
from gongzhi.learning.queries import stored
from gongzhi.learning.queries.reach import city_path, covers


@transaction.atomic
def choose_version(*, trained_id: int, actor: Actor, at: datetime) -> Trained:
    """Put a kept version in force in place of the ruling one; it stays until the next training."""
    _must_cover_the_city(actor)
    row = Trained.objects.select_for_update().filter(pk=trained_id).first()
    if row is None:
        raise OutOfReach
    if not row.file:
        raise Refused(_("The file of this version is no longer kept; train anew instead."))
    Trained.objects.filter(subject=row.subject, is_ruling=True).update(is_ruling=False)
    row.is_ruling = True
    row.save(update_fields=["is_ruling"])
    audit.record(
        actor=actor, verb="learning.choose_version", subject=f"trained:{row.pk}", at=at,
        detail={"subject": row.subject, "version": row.version},
    )  # fmt: skip
    stored.forget()
    return row


@transaction.atomic
def ask_for_training(*, actor: Actor, at: datetime) -> None:
    """Queue a training; it takes some minutes, and suggestions go on as before meanwhile."""
    _must_cover_the_city(actor)
    audit.record(actor=actor, verb="learning.ask_for_training", subject="trained", at=at)
    bus.publish(TrainingAsked(by=actor.id, at=at))


def _must_cover_the_city(actor: Actor) -> None:
    """A model is the whole city's: who answers for one town cannot change it."""
    if not covers(actor, city_path(), capability=Can.TRAIN):
        raise OutOfReach
