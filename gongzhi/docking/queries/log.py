"""The log of messages: what came, what went, what waits. Contents open for a reason, and to the trail."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.counting import counts_of
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.docking.capabilities import Can
from gongzhi.docking.models import Message
from gongzhi.docking.queries.cases import visible

BOXES = {
    "all": (_("All messages"), Q()),
    "in": (_("Received"), Q(is_incoming=True)),
    "out": (_("Out from here"), Q(is_incoming=False)),
    "waiting": (_("Waiting to be sent"), Q(state="waiting")),
    "trouble": (_("Refused or not delivered"), Q(state__in=["refused", "failed"])),
}
KINDS: dict[str, Any] = {
    "case.assign": _("Case assigned"), "case.withdraw": _("Case withdrawn"), "step.done": _("Step of the court"), "step.extended": _("Term extended"),
    "correction.ask": _("Correction asked"), "note": _("Note"), "case.accepted": _("Case accepted"),
    "case.refused": _("Case refused"), "case.contacted": _("Other side contacted"), "case.extended": _("Term extended"),
    "case.result": _("Result returned"), "application.filed": _("Application filed"),
    "correction.answered": _("Correction answered"), "complaint.filed": _("Complaint passed on"),
}  # fmt: skip


def visible_messages(actor: Actor, *capabilities: Can) -> QuerySet[Message]:
    """Messages of dockets within reach; those without a docket for whoever may enter cases everywhere."""
    rows = Q(docket__in=visible(actor, *(capabilities or (Can.VIEW,))))
    if any(not grant.area or grant.area.count("/") == 1 for grant in actor.grants_for(Can.RECORD)):
        rows |= Q(docket__isnull=True)
    return Message.objects.filter(rows)


def messages_page(
    actor: Actor, *, box: str, text: str, after: str = "", before: str = ""
) -> tuple[Page[Message], list[Message]]:
    rows = _narrowed(actor, box, text)
    page = page_of(rows, "-at", "-id", after=after, before=before)
    return page, page.rows


def _narrowed(actor: Actor, box: str, text: str) -> QuerySet[Message]:
    rows = visible_messages(actor).filter(BOXES[box][1]).defer("body")
    if text:
        rows = rows.filter(Q(message_id__startswith=text) | Q(docket__case_number__icontains=text))
    return rows.select_related("partner", "docket")


def message_counts(actor: Actor) -> dict[str, int]:
    rows = visible_messages(actor)
    return counts_of({name: rows.filter(inside) for name, (_label, inside) in BOXES.items()})


def message_table(actor: Actor, *, box: str, text: str) -> list[tuple[Any, ...]]:
    return [
        (
            one.at, one.partner.name, "←" if one.is_incoming else "→", str(KINDS.get(one.kind, one.kind)),
            one.message_id, one.docket.case_number if one.docket else "", one.get_state_display(), one.answer,
            one.tries, one.copies, one.done_at,
        )
        for one in _narrowed(actor, box, text).order_by("-at", "-id")[:20_000]
    ]  # fmt: skip


def message(actor: Actor, message_id: int) -> Message:
    """Return a message for whoever works on its case: to look at the list of a place is not enough."""
    reach = visible_messages(actor, Can.RECORD, Can.ACCEPT)
    found = reach.select_related("partner", "docket").filter(pk=message_id).first()
    if found is None:
        raise OutOfReach
    return found


def content_of(row: Message) -> str:
    """Return the message as it was sent, in lines; names are in it, so only after a reason."""
    return json.dumps(json.loads(row.body), ensure_ascii=False, indent=2)


def labelled(rows: Sequence[Message]) -> list[Message]:
    """Give each message the words its kind is shown by."""
    for row in rows:
        row.label = str(KINDS.get(row.kind, row.kind))  # type: ignore[attr-defined]  # for the page
    return list(rows)


def last_heard(partner_id: int) -> datetime | None:
    newest = Message.objects.filter(partner_id=partner_id, is_incoming=True).order_by("-id").first()
    return newest.at if newest else None
