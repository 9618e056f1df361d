"""The city's own rules about what may be shown."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach
from gongzhi.catalogue import queries as catalogue
from gongzhi.places import queries as places
from gongzhi.publishing.actions.common import new_edition
from gongzhi.publishing.capabilities import Can
from gongzhi.publishing.models import Rule
from gongzhi.publishing.queries.deciding import classes
from gongzhi.publishing.rules import Pace, Place


def may_set_rules(actor: Actor) -> bool:
    """Tell whether the actor moderates the whole city: a rule holds everywhere."""
    city = places.city()
    return any(
        grant.area == "" or (city is not None and grant.area == city.path)
        for grant in actor.grants_for(Can.MODERATE)
    )


@transaction.atomic
def set_rule(
    *, scope: str, pace: str, text: bool, place: str, photos: bool, valid_from: date, source: str,
    actor: Actor, at: datetime,
) -> Rule:  # fmt: skip
    """
    Set what may be shown of an item, a class or everything from a day on.

    What is published already follows at the matter's next move; what must go at once is withdrawn by a moderator.
    """
    if not may_set_rules(actor):
        raise OutOfReach
    scope = scope.strip().upper() if scope != "*" else scope
    _check(scope, pace, place, valid_from, source, at=at)
    rule, _is_new = Rule.objects.update_or_create(
        scope=scope, valid_from=valid_from,
        defaults={
            "pace": pace, "text": text, "place": place, "photos": photos, "source": source.strip()[:200],
            "set_by": actor.name[:80], "set_at": at,
        },
    )  # fmt: skip
    audit.record(
        actor=actor, verb="publishing.set_rule", subject=f"publishing rule:{scope}", at=at,
        detail={"pace": pace, "text": text, "place": place, "photos": photos, "from": valid_from.isoformat(), "source": source[:200]},
    )  # fmt: skip
    new_edition(at=at)
    return rule


def _check(
    scope: str, pace: str, place: str, valid_from: date, source: str, *, at: datetime
) -> None:
    today = timezone.localdate(at)
    known = scope == "*" or bool(catalogue.versions(scope)) or scope in dict(classes(on=today))
    problems = {
        "scope": "" if known else _("Name an item's code, a class such as E01, or *."),
        "pace": "" if pace in set(Pace) else _("Choose when."),
        "place": "" if place in set(Place) else _("Choose how exactly."),
        "valid_from": _("Choose today or a later day: the past is not rewritten.") if valid_from < today else "",
        "source": "" if source.strip() else _("Name the decision this rests on, for example a document number."),
    }  # fmt: skip
    if said := {name: sentence for name, sentence in problems.items() if sentence}:
        raise Invalid(said)
