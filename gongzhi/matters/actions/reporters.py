"""What a reporter may do with nothing but the number and the code."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.audit import actions as audit
from gongzhi.base import bus
from gongzhi.base.actor import ANONYMOUS, Actor, system
from gongzhi.base.errors import Invalid, Refused
from gongzhi.matters.actions.entries import Line, write_entry
from gongzhi.matters.actions.moving import move
from gongzhi.matters.actions.opening import Contact, new_code
from gongzhi.matters.actions.papers import attach
from gongzhi.matters.capabilities import Can
from gongzhi.matters.events import ReportJoined
from gongzhi.matters.models import Matter, Reporter
from gongzhi.matters.queries.one import reporter_of
from gongzhi.matters.queries.ratings import rating_reasons

SOLVED, HALF, NOT_SOLVED = 3, 2, 1
LONGEST_WORDS = 500


@transaction.atomic
def join(
    *,
    matter_id: int,
    text: str,
    contact: Contact | None,
    files: Sequence[str],
    actor: Actor,
    at: datetime,
    sender: str = "",
) -> tuple[Matter, str]:
    """Add one more reporter to an open matter; return it and the reporter's code."""
    matter = (
        Matter.objects.select_for_update().defer("words").filter(pk=matter_id, is_open=True).first()
    )
    if matter is None:
        raise Refused(_("This matter has ended meanwhile. Please file yours as a new report."))
    who = contact or Contact()
    reporter = Reporter.objects.create(
        matter=matter, code=new_code(), name=who.name, phone=who.phone, email=who.email,
        text=text[:2000], reported_at=at, is_first=False,
    )  # fmt: skip
    attach(matter, files, stage="report", actor=actor, at=at, sender=sender)
    _write(matter, Line("join", matter.state, matter.state), actor=actor, at=at)
    Matter.objects.filter(pk=matter.pk).update(report_count=F("report_count") + 1)
    audit.record(actor=actor, verb="matters.join", subject=f"matter:{matter.id}", at=at)
    bus.publish(ReportJoined(matter.id, matter.number, reporter.id, at))
    return matter, reporter.code


@transaction.atomic
def add_by_reporter(
    *, number: str, code: str, text: str, files: Sequence[str], at: datetime, sender: str = ""
) -> Matter:
    """Add words and photos to a matter by somebody who reported it."""
    reporter = reporter_of(number, code)
    matter = Matter.objects.select_for_update().defer("words").get(pk=reporter.matter_id)
    if not matter.is_open:
        raise Refused(_("The matter has ended. If it is not settled, reopen it or report it anew."))
    if not (text.strip() or files):
        raise Invalid({"text": _("Write a few words or add a photo.")})
    attach(matter, files, stage="add", actor=ANONYMOUS, at=at, sender=sender)
    _write(
        matter,
        Line("add", matter.state, matter.state, text[:LONGEST_WORDS]),
        actor=ANONYMOUS,
        at=at,
    )
    audit.record(actor=ANONYMOUS, verb="matters.add", subject=f"matter:{matter.id}", at=at)
    return matter


@transaction.atomic
def rate(
    *, number: str, code: str, rating: int, text: str, at: datetime, reasons: Sequence[str] = ()
) -> Matter:
    """
    Rate a closed matter: 3 solved, 2 half, 1 not.

    `reasons` are codes of content/rating_reasons.csv, counted for the unit that led the matter. The
    office that closed it reads the rating; nothing is reopened unless the reporter asks.
    """
    reporter = reporter_of(number, code)
    matter = Matter.objects.select_for_update().defer("words").get(pk=reporter.matter_id)
    reporter.refresh_from_db(fields=["rated_at"])  # two clicks at once: the second waited here
    if matter.is_open or matter.closed_at is None:
        raise Refused(_("The matter is not closed yet; you can rate it then."))
    if reporter.rated_at is not None and reporter.rated_at >= matter.closed_at:
        raise Refused(_("You have rated this already; thank you."))
    if rating not in {SOLVED, HALF, NOT_SOLVED}:
        raise Invalid({"rating": _("Choose one of the three.")})
    chosen = _reasons(rating, reasons, at)
    if rating != SOLVED and not (text.strip() or chosen):
        raise Invalid({"text": _("Choose a reason, or tell us in a few words what is missing.")})
    reporter.rating, reporter.rating_text, reporter.rated_at = rating, text[:LONGEST_WORDS], at
    reporter.rating_reasons = chosen
    reporter.save(update_fields=["rating", "rating_text", "rating_reasons", "rated_at"])
    matter.rating = min(rating, matter.rating or SOLVED)
    _write(
        matter,
        Line(
            "rate",
            matter.state,
            matter.state,
            text[:LONGEST_WORDS],
            {"rating": rating, "reasons": chosen},
        ),
        actor=ANONYMOUS,
        at=at,
    )
    matter.save(update_fields=["rating"])
    audit.record(actor=ANONYMOUS, verb="matters.rate", subject=f"matter:{matter.id}", at=at)
    return matter


def _reasons(rating: int, given: Sequence[str], at: datetime) -> list[str]:
    """Return the reasons that fit the rating; what nobody offered is left out."""
    fitting = {r.code for r in rating_reasons(on=timezone.localdate(at)) if rating in r.ratings}
    return sorted(set(given) & fitting)


def reopen_by_reporter(*, number: str, code: str, reason: str, at: datetime) -> Matter:
    """Reopen a matter whose reporter is not content, within the days the rule allows."""
    reporter = reporter_of(number, code)
    values = {"reason": reason[:LONGEST_WORDS], "by_reporter": True}
    resident = system(str(_("Reporter")), Can.VISIT)
    return move(matter_id=reporter.matter_id, move="reopen", values=values, actor=resident, at=at)


def forget_contacts(*, reporters: Sequence[int], actor: Actor, at: datetime) -> int:
    """Take name, telephone and mailbox out of the file at their owner's wish; number and code still open it."""
    mine = Reporter.objects.filter(pk__in=reporters).exclude(name="", phone="", email="")
    touched = sorted(set(mine.values_list("matter_id", flat=True)))
    count = mine.update(name="", phone="", email="")
    for matter_id in touched:
        audit.record(
            actor=actor, verb="matters.forget_contact", subject=f"matter:{matter_id}", at=at
        )
    return count


def _write(matter: Matter, line: Line, *, actor: Actor, at: datetime) -> None:
    write_entry(matter, line, actor=actor, at=at).save(force_insert=True)
    matter.version += 1
    matter.save(update_fields=["entry_count", "head", "version"])
