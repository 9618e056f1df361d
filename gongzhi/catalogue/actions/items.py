"""Adding, revising and retiring one item."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base.actor import Actor
from gongzhi.base.errors import Invalid, OutOfReach, Refused
from gongzhi.catalogue import queries
from gongzhi.catalogue.actions.versions import new_edition, put
from gongzhi.catalogue.capabilities import Can
from gongzhi.catalogue.models import Item
from gongzhi.catalogue.queries.drafting import draft_of, problems_of
from gongzhi.catalogue.rules.drafts import ItemDraft, differences


def check_reach(actor: Actor) -> None:
    if not actor.can(Can.MANAGE):
        raise OutOfReach


def add(*, draft: ItemDraft, valid_from: date, actor: Actor, at: datetime) -> queries.ItemRow:
    """Put a new item into force from the day."""
    check_reach(actor)
    if queries.versions(draft.code):
        raise Invalid({"code": _("This code is taken.")})
    return _put_one("catalogue.add", draft, valid_from, actor=actor, at=at, detail={})


def revise(
    *, draft: ItemDraft, based_on: int, valid_from: date, actor: Actor, at: datetime
) -> queries.ItemRow:
    """Put the item's next version into force from the day; older matters keep the older version."""
    check_reach(actor)
    with transaction.atomic():
        latest = _locked_latest(draft.code)
        if latest.version != based_on:
            raise Refused(_("Somebody else has revised this item meanwhile. Open it again."))
        if valid_from < (latest.valid_to or latest.valid_from):
            raise Invalid(
                {
                    "valid_from": _(
                        "Choose a later day: the version before still counts on this one."
                    )
                }
            )
        changed = differences(draft_of(queries.item(latest.pk)), draft)
        if not changed:
            raise Refused(_("Nothing was changed."))
        detail: dict[str, object] = {"fields": [difference.field for difference in changed]}
        return _put_one("catalogue.revise", draft, valid_from, actor=actor, at=at, detail=detail)


def retire(*, code: str, on: date, actor: Actor, at: datetime) -> None:
    """End the item: from the day on it cannot be reported; what was reported goes on."""
    check_reach(actor)
    with transaction.atomic():
        latest = _locked_latest(code)
        if latest.valid_to is not None:
            raise Refused(_("This item is retired."))
        if on < latest.valid_from:
            raise Invalid({"on": _("The version in force begins later than this day.")})
        Item.objects.filter(pk=latest.pk).update(valid_to=on)
        audit.record(
            actor=actor, verb="catalogue.retire", subject=f"item:{code}", at=at,
            detail={"on": on.isoformat()},
        )  # fmt: skip
        new_edition()


def _locked_latest(code: str) -> Item:
    latest = Item.objects.select_for_update().filter(code=code).order_by("-version").first()
    if latest is None:
        raise OutOfReach
    return latest


def _put_one(
    verb: str,
    draft: ItemDraft,
    valid_from: date,
    *,
    actor: Actor,
    at: datetime,
    detail: dict[str, object],
) -> queries.ItemRow:
    if faults := problems_of(draft):
        raise Invalid(faults)
    with transaction.atomic():
        put([draft], valid_from=valid_from, actor=actor, at=at)
        detail = {"valid_from": valid_from.isoformat(), **detail}
        audit.record(actor=actor, verb=verb, subject=f"item:{draft.code}", at=at, detail=detail)
        new_edition()
    return queries.versions(draft.code)[-1]
