"""Texts with placeholders, the hours in which nobody is disturbed, the times of new tries."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

UNKNOWN = "—"  # what stands where a value is missing
EVERYWHERE = frozenset({"city", "link"})

# What happened → the values its callers give. The words themselves are data (content/templates.csv).
OCCASIONS: dict[str, frozenset[str]] = {
    "received": frozenset({"number", "title", "code"}),
    "verify_asked": frozenset({"number", "title", "address", "due"}),
    "dispatched": frozenset({"number", "title", "address", "unit", "due"}),
    "sent_back": frozenset({"number", "title", "unit", "reason"}),
    "due_soon": frozenset({"number", "title", "unit", "due", "left"}),
    "overdue": frozenset({"number", "title", "unit", "due", "late"}),
    "urged": frozenset({"number", "title", "unit", "due", "by"}),
    "supervised": frozenset({"number", "title", "unit", "due", "by", "reason"}),
    "closed": frozenset({"number", "title", "result"}),
    "not_accepted": frozenset({"number", "title", "reason"}),
    "reopened": frozenset({"number", "title", "unit", "reason", "due"}),
    "extension_asked": frozenset({"number", "title", "unit", "reason", "due"}),
    "extension_decided": frozenset({"number", "title", "decision", "reason", "due"}),
    "merged": frozenset({"number", "title", "survivor"}),
    "escalated": frozenset({"number", "title", "unit", "level", "due"}),
    "joint_asked": frozenset({"number", "title", "unit", "due", "reason", "by"}),
    "taken_over": frozenset({"number", "title", "unit", "reason"}),
    "transfer_asked": frozenset({"number", "title", "unit", "due", "reason"}),
    "transfer_answered": frozenset({"number", "title", "unit", "decision", "reason"}),
    "objection_made": frozenset({"number", "title", "unit", "due", "reason"}),
    "objection_settled": frozenset({"number", "title", "unit", "decision", "reason"}),
    "agreement_due": frozenset({"number", "due"}),
    "agreement_late": frozenset({"number", "due"}),
    "order_issued": frozenset({"number", "title", "unit", "due", "by", "reason"}),
    "order_replied": frozenset({"number", "title", "unit", "result"}),
    "order_decided": frozenset({"number", "title", "decision", "due", "reason"}),
    "order_overdue": frozenset({"number", "title", "unit", "due", "level"}),
    "owner_named": frozenset({"number", "title", "due", "by", "reason"}),
    "owner_due": frozenset({"number", "title", "due", "state"}),
    "suggestion_raised": frozenset({"title", "unit", "due", "count", "by"}),
    "suggestion_answered": frozenset({"title", "unit", "decision", "reason"}),
    "suggestion_overdue": frozenset({"title", "unit", "due"}),
    "substitution": frozenset({"person", "substitute", "starts", "ends"}),
    "sign_in_code": frozenset({"code", "minutes"}),
    "email_code": frozenset({"code", "minutes"}),
    "followed_changed": frozenset({"title", "state", "stop"}),
    "near_published": frozenset({"title", "place", "state", "stop"}),
    "news_digest": frozenset({"count", "title", "stop"}),
    "called": frozenset({"number", "title", "address", "due", "by", "result"}),
    "call_refused": frozenset({"title", "address", "reason", "by", "result"}),
    "patrol_nobody": frozenset({"title", "address", "result"}),
    "appeal_decided": frozenset({"title", "decision", "reason"}),
    "results_published": frozenset({"title", "number", "due"}),
    "reward_ready": frozenset({"number", "amount", "reason"}),
    "reward_failed": frozenset({"number", "amount", "reason"}),
    "allowance_paid": frozenset({"number", "amount"}),
    "allowance_returned": frozenset({"number", "reason"}),
    "partner_summoned": frozenset({"unit", "reason", "due"}),
    "partner_late": frozenset({"unit", "reason", "due"}),
    "instruction_issued": frozenset({"number", "title", "unit", "due", "result"}),
    "instruction_urged": frozenset({"number", "title", "by", "due"}),
    "instruction_answered": frozenset({"number", "title", "unit", "reason"}),
    "instruction_decided": frozenset({"number", "title", "decision", "reason"}),
    "instruction_overdue": frozenset({"number", "title", "unit", "due", "result"}),
    "bulletin_published": frozenset({"title", "by"}),
    "bulletin_recalled": frozenset({"title", "by", "reason"}),
    "swap_asked": frozenset({"person", "title", "reason"}),
    "swap_decided": frozenset({"title", "decision", "reason", "by"}),
    "handover_offered": frozenset({"title", "by", "unit"}),
    "court_step": frozenset({"number", "title", "by", "state", "due"}),
    "brief": frozenset({"day", "place", "summary"}),
    "talk_link": frozenset({"number", "unit", "due"}),
    "talk_sitting": frozenset({"number", "due", "address"}),
    "talk_cancelled": frozenset({"number", "due"}),
    "talk_news": frozenset({"number"}),
    "talk_neutral": frozenset(),
    "talk_staff": frozenset({"number", "result"}),
    "sitting_near": frozenset({"number", "due", "address"}),
    "safety_opened": frozenset({"number", "result"}),
}
# Told to residents, who have no inbox in the application: these need no words for one.
TO_RESIDENTS = frozenset(
    {
        "sign_in_code",
        "email_code",
        "followed_changed",
        "near_published",
        "news_digest",
        "reward_ready",
        "reward_failed",
        "talk_link",
        "talk_sitting",
        "talk_cancelled",
        "talk_news",
        "talk_neutral",
    }
)
TRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_STRAY_BRACE = re.compile(r"\{(?!\w+\})|(?<!\w)\}")


@dataclass(frozen=True)
class Quiet:
    """Hours of the day in which a channel waits; they may run over midnight."""

    starts: time
    ends: time


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    missing: frozenset[str]


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def allowed(occasion: str) -> frozenset[str]:
    return OCCASIONS.get(occasion, frozenset()) | EVERYWHERE


def strange_placeholders(occasion: str, text: str) -> list[str]:
    """Return what nobody will fill in: unknown names and braces that belong to no placeholder."""
    strange = sorted(f"{{{name}}}" for name in placeholders(text) - allowed(occasion))
    return strange + sorted(set(_STRAY_BRACE.findall(text)))


def render(*, subject: str, text: str, values: Mapping[str, str]) -> Rendered:
    """Fill in the values. A missing one becomes a dash: a text with a gap beats no text."""
    missing = frozenset(
        name for name in placeholders(subject + text) if not str(values.get(name, "")).strip()
    )

    def value(found: re.Match[str]) -> str:
        return UNKNOWN if found[1] in missing else harmless(values[found[1]])

    return Rendered(
        subject=" ".join(_PLACEHOLDER.sub(value, subject).split())[:200],
        text=_PLACEHOLDER.sub(value, text),
        missing=missing,
    )


def harmless(value: str) -> str:
    """Return a value on one line, without control characters, short enough for a message."""
    plain = "".join(
        " " if c.isspace() else c for c in value if c.isspace() or unicodedata.category(c) != "Cc"
    )
    plain = " ".join(plain.split())
    return plain if len(plain) <= 200 else plain[:199] + "…"


def send_at(at: datetime, *, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """Return `at`, or the end of the quiet hours it falls into."""
    if quiet is None or quiet.starts == quiet.ends:
        return at
    local = at.astimezone(zone)
    clock = local.time()
    if quiet.starts < quiet.ends:
        is_quiet = quiet.starts <= clock < quiet.ends
    else:
        is_quiet = clock >= quiet.starts or clock < quiet.ends
    if not is_quiet:
        return at
    end = local.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def next_try(at: datetime, *, tries: int) -> datetime | None:
    """Return when to try again after so many failures; None when it is time to give up."""
    return at + TRIES[tries - 1] if tries <= len(TRIES) else None


def is_local(link: str) -> bool:
    """Tell whether the link stays within this application."""
    return not link or (link.startswith("/") and not link.startswith(("//", "/\\")))
