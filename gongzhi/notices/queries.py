"""Questions about notices, templates and deliveries."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.paging import Page, page_of
from gongzhi.notices import rules
from gongzhi.notices.models import Channel, Delivery, Notice, QuietHours, Template

CONTENT = Path(__file__).parent / "content"
ORDER = ("-created_at", "-id")
LABELS: Mapping[str, Any] = {
    "received": _("Report received"),
    "verify_asked": _("Verification asked for"),
    "dispatched": _("Dispatched to a unit"),
    "sent_back": _("Sent back"),
    "due_soon": _("Due soon"),
    "overdue": _("Overdue"),
    "urged": _("Urged"),
    "supervised": _("Supervision"),
    "closed": _("Closed, please rate"),
    "not_accepted": _("Not accepted"),
    "reopened": _("Reopened"),
    "extension_asked": _("Extension asked for"),
    "extension_decided": _("Extension decided"),
    "merged": _("Joined with another"),
    "escalated": _("Passed up"),
    "joint_asked": _("Help asked for"),
    "taken_over": _("Taken over by a centre above"),
    "transfer_asked": _("Hand-over between towns asked for"),
    "transfer_answered": _("Hand-over between towns answered"),
    "objection_made": _("Objection to a dispatch"),
    "objection_settled": _("Objection settled"),
    "agreement_due": _("What was agreed falls due"),
    "agreement_late": _("What was agreed is overdue"),
    "order_issued": _("Supervision order"),
    "order_replied": _("Reply to a supervision order"),
    "order_decided": _("Reply accepted or returned"),
    "order_overdue": _("Reply to an order overdue"),
    "owner_named": _("Named as owner"),
    "owner_due": _("Next step of an owned matter due"),
    "suggestion_raised": _("Policy suggestion"),
    "suggestion_answered": _("Policy suggestion answered"),
    "suggestion_overdue": _("Answer to a suggestion overdue"),
    "substitution": _("Substitution"),
    "sign_in_code": _("Sign-in code of a resident"),
    "email_code": _("Code that confirms a mailbox"),
    "followed_changed": _("A followed matter has changed"),
    "near_published": _("News from a resident's streets"),
    "news_digest": _("A resident's news of the day"),
    "called": _("Officer called"),
    "call_refused": _("Call refused"),
    "patrol_nobody": _("Premises closed to visits"),
    "appeal_decided": _("Appeal about figures decided"),
    "results_published": _("Assessment results published"),
    "reward_ready": _("A reward to claim"),
    "reward_failed": _("A reward could not be paid"),
    "allowance_paid": _("An allowance was paid"),
    "allowance_returned": _("The payment of an allowance was returned"),
    "partner_summoned": _("A partner is called to the centre"),
    "partner_late": _("A partner has not answered the centre"),
    "instruction_issued": _("Instruction issued"),
    "instruction_urged": _("Instruction urged"),
    "instruction_answered": _("Instruction answered"),
    "instruction_decided": _("Answer to an instruction decided"),
    "instruction_overdue": _("Instruction overdue"),
    "bulletin_published": _("Bulletin published"),
    "bulletin_recalled": _("Bulletin recalled"),
    "swap_asked": _("Change of shifts asked for"),
    "swap_decided": _("Change of shifts decided"),
    "handover_offered": _("Hand-over waits to be taken over"),
    "court_step": _("Step of a court"),
    "brief": _("Daily brief"),
    "talk_link": _("Link to answer about mediation"),
    "talk_sitting": _("Sitting of a mediation, to a side"),
    "talk_cancelled": _("Sitting cancelled, to a side"),
    "talk_news": _("News in a mediation, to a side"),
    "talk_neutral": _("Neutral words of a safe channel"),
    "talk_staff": _("A side of a mediation answered"),
    "sitting_near": _("Sitting of a mediation is near"),
    "safety_opened": _("Safety plan opened"),
}


@dataclass(frozen=True)
class Placeholder:
    name: str
    label: str
    sample: str


def unread(actor: Actor, *, most: int = 100) -> int:
    """Return how many notices wait to be read; counting stops at `most`."""
    if not actor.id:
        return 0
    return Notice.objects.filter(person_id=actor.id, read_at=None)[:most].count()


def latest_notices(actor: Actor, *, most: int = 8) -> list[Notice]:
    return list(_notices(actor)[:most])


def notices_page(
    actor: Actor, *, after: str = "", before: str = "", text: str = "", only_unread: bool = False
) -> Page[Notice]:
    """Return a page of one's own notices, the newest first."""
    rows = _notices(actor)
    if only_unread:
        rows = rows.filter(read_at=None)
    if text := text.strip()[:100]:
        rows = rows.filter(subject__icontains=text) | rows.filter(text__icontains=text)
    return page_of(rows, *ORDER, after=after, before=before)


def current_templates(*, on: date) -> list[Template]:
    """Return the version in force of every template, in the order of the occasions."""
    current: dict[tuple[str, str, str], Template] = {}
    for template in Template.objects.filter(valid_from__lte=on).order_by("valid_from", "version"):
        current[template.code, template.channel, template.language] = template
    order = list(rules.OCCASIONS)
    channels = list(Channel.values)
    return sorted(
        (t for t in current.values() if t.code in rules.OCCASIONS),
        key=lambda t: (order.index(t.code), channels.index(t.channel), t.language != "zh-hans"),
    )


def versions(*, code: str, channel: str, language: str) -> list[Template]:
    """Return every version, the newest first."""
    found = Template.objects.filter(code=code, channel=channel, language=language)
    return list(found.select_related("created_by").order_by("-version"))


def templates_for(*, code: str, language: str, on: date) -> dict[str, Template]:
    """Return the version in force for each channel; another language rather than none."""
    chosen: dict[str, Template] = {}
    found = Template.objects.filter(code=code, valid_from__lte=on)
    for template in found.order_by("valid_from", "version"):  # the last one wins
        known = chosen.get(template.channel)
        if known is None or template.language == language or known.language != language:
            chosen[template.channel] = template
    return chosen


def placeholders_of(code: str, *, language: str) -> list[Placeholder]:
    """Return what a text may say, in words, each with an example."""
    column = "zh" if language.startswith("zh") else "en"
    may = rules.allowed(code)
    return [
        Placeholder(row["name"], row[column], row["sample"])
        for row in _shipped_rows("placeholders")
        if row["name"] in may
    ]


def preview(*, code: str, language: str, subject: str, text: str) -> rules.Rendered:
    samples = {p.name: p.sample for p in placeholders_of(code, language=language)}
    return rules.render(subject=subject, text=text, values=samples)


def quiet_hours(channel: str) -> rules.Quiet | None:
    found = QuietHours.objects.filter(channel=channel).first()
    return rules.Quiet(found.starts, found.ends) if found else None


def deliveries_page(*, status: str = "", after: str = "", before: str = "") -> Page[Any]:
    """Return a page of what went out or did not, the newest first; addresses are masked."""
    rows: QuerySet[Any] = _deliveries()
    if status in Delivery.Status.values:
        rows = rows.filter(status=status)
    page = page_of(rows, *ORDER, after=after, before=before)
    for row in page.rows:
        row.label = LABELS.get(row.template.code, row.template.code)
    return page


def delivery_statuses() -> list[tuple[str, Any]]:
    return list(Delivery.Status.choices)


def all_deliveries(*, status: str = "", most: int = 100_000) -> Iterator[Delivery]:
    rows = _deliveries()
    return (rows.filter(status=status) if status else rows)[:most].iterator()


def shipped_templates() -> list[dict[str, str]]:
    return _shipped_rows("templates")


def shipped_quiet_hours() -> list[dict[str, str]]:
    return _shipped_rows("quiet_hours")


@lru_cache
def _shipped_rows(name: str) -> list[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _notices(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(person_id=actor.id).order_by(*ORDER)


def _deliveries() -> QuerySet[Delivery]:
    # Neither address nor words are read: nothing is decrypted for a list.
    rows = Delivery.objects.select_related("template").defer("address", "text", "template__text")
    return rows.order_by(*ORDER)
