"""Papers of the talks: the letter with its QR code, minutes, undisputed facts. Offers are in none of them."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.base.errors import OutOfReach, Refused
from gongzhi.disputes import queries as disputes
from gongzhi.matters import queries as matters
from gongzhi.papers import queries as papers
from gongzhi.papers.queries import Heading, Paper, Paragraph, Table
from gongzhi.talks.models import Invitation, Signature, Sitting, UndisputedFact
from gongzhi.talks.queries.contact import contact, invitation_for_letter
from gongzhi.talks.queries.content import CONTENT
from gongzhi.talks.queries.sittings import SittingView, facts, sitting


def answer_address(invitation: Invitation) -> str:
    return f"{settings.PUBLIC_ADDRESS}/d/{invitation.code}"


def letter_pdf(matter_id: int, invitation_id: int, *, at: datetime) -> bytes:
    """Return the letter that asks a party to answer by its QR code, with every other way beside it."""
    found: Invitation | None = invitation_for_letter(matter_id, invitation_id)
    if found is None:
        raise OutOfReach
    if found.revoked_at or found.expires_at <= at:
        raise Refused(_("This link has run out: make a new letter."))
    _body_id, _unit, body = disputes.body_of(matter_id)
    drawn = io.BytesIO()
    segno.make(answer_address(found), error="m").save(drawn, kind="svg", border=0, scale=4)
    values = {
        "issuer": body or settings.CITY, "number": matters.standing(matter_id).number, "name": found.party.name,
        "address": found.party.address, "qr": drawn.getvalue().decode(), "link": answer_address(found), "code": found.code,
        "until": _day(found.expires_at), "day": _day(at), "phone": _phone(matter_id), "city": settings.CITY,
    }  # fmt: skip
    return papers.pdf(CONTENT / "letter.typ", values, at=at)


def _phone(matter_id: int) -> str:
    body = disputes.dispute(matter_id).body
    return body.phone if body else ""


def _day(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日"


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{_day(at)} {local:%H:%M}"


def minutes_pdf(matter_id: int, sitting_id: int, *, at: datetime) -> bytes:
    """Return the minutes of one sitting with everybody who signed them."""
    return papers.pdf_of(minutes_paper(matter_id, sitting(matter_id, sitting_id)), at=at)


def minutes_paper(matter_id: int, seen: SittingView) -> Paper:
    minutes = seen.minutes
    if minutes is None or seen.signed is None:
        raise OutOfReach
    row, names = seen.row, _names(matter_id)
    parts = (
        (pgettext("minutes", "Present"), minutes.present),
        (pgettext("minutes", "Facts found"), minutes.facts),
        (pgettext("minutes", "Course"), minutes.course),
        (pgettext("minutes", "Agreed wording"), minutes.wording),
    )
    blocks: list[Any] = [Paragraph(_place(row))]
    for heading, text in parts:
        if text:
            blocks += [
                Heading(heading),
                *[Paragraph(line) for line in text.splitlines() if line.strip()],
            ]
    blocks.append(_signatures(seen.signed.by, names, minutes.written_by_name))
    is_inquiry = row.purpose == Sitting.Purpose.INQUIRY
    return Paper(
        title=_("Minutes of an inquiry") if is_inquiry else _("Minutes of a mediation"), blocks=blocks,
        number=matters.standing(matter_id).number, subtitle=_("Sitting {n}, version {v}").format(n=row.seq, v=minutes.version),
        signed=minutes.written_by_name, day=_day(minutes.written_at), foot=f"SHA-256 {minutes.digest[:32]}",
    )  # fmt: skip


def _place(row: Sitting) -> str:
    where = row.place or str(row.get_mode_display())
    is_open = _("open to the public") if row.is_open else _("not open to the public")
    begun, ended = row.begun_at or row.starts_at, row.ended_at or row.ends_at
    return f"{_moment(begun)} – {timezone.localtime(ended):%H:%M}，{where}，{is_open}。"


def _names(matter_id: int) -> dict[int, str]:
    return {party.pk: party.name for party in disputes.all_parties(matter_id)}


def _signatures(rows: list[Signature], names: dict[int, str], mediator: str) -> Table:
    hows = {"code": _("by number and code"), "paper": _("on paper"), "desk": _("at the desk")}
    return Table(
        title=_("Signatures"), headings=(pgettext("column", "who"), pgettext("column", "declared"), pgettext("column", "how"), pgettext("column", "when")),
        rows=[
            (
                names.get(one.party_id or 0, mediator) + (f"（{names.get(one.signer_id, '')}）" if one.signer_id and one.signer_id != one.party_id else ""),
                one.declared or "—", str(hows.get(one.how, one.how)), _moment(one.at),
            )
            for one in rows
        ],
        widths=(3, 4, 3, 4), empty=_("Nobody has signed yet."),
    )  # fmt: skip


def facts_pdf(matter_id: int, *, at: datetime) -> bytes:
    """Return the undisputed facts that every side signed, for later use: 在线调解规则 art. 18. Nothing offered is in it."""
    return papers.pdf_of(facts_paper(matter_id), at=at)


def facts_paper(matter_id: int) -> Paper:
    signed = [one for one in facts(matter_id) if one.row.state == UndisputedFact.State.SIGNED]
    if not signed:
        raise Refused(_("No fact is signed by every side yet."))
    names = _names(matter_id)
    blocks: list[Any] = [
        Paragraph(
            _(
                "Every side confirmed these facts in mediation and signed each of them; they may be relied on later. What was said or offered in order to settle is not part of this record."
            )
        )
    ]
    for one in signed:
        blocks += [
            Heading(_("Fact {n}").format(n=one.row.seq)), Paragraph(one.row.text),
            _signatures(one.signed.by, names, _("Mediator")),
        ]  # fmt: skip
    day = max(one.row.settled_at for one in signed if one.row.settled_at)
    return Paper(
        title=_("Record of undisputed facts"), blocks=blocks, number=matters.standing(matter_id).number, day=_day(day),
        foot="《人民法院在线调解规则》第十八条；《最高人民法院关于人民法院特邀调解的规定》第二十二条",
    )  # fmt: skip


def contact_paper(matter_id: int, *, at: datetime) -> Paper:
    """Return the record of all attempts to reach the sides."""
    known = contact(matter_id, on=timezone.localdate(at))
    tables = [
        Table(
            title=one.side.label, empty=_("No attempt yet."),
            headings=(pgettext("column", "when"), pgettext("column", "way"), pgettext("column", "outcome"), pgettext("column", "by")),
            rows=[
                (_moment(a.row.made_at), a.way, a.outcome, a.row.made_by_name)
                for a in one.attempts
                if a.row.made_at
            ],
            widths=(4, 3, 4, 3), note="；".join(one.lacking),
        )
        for one in known
    ]  # fmt: skip
    return Paper(
        title=_("Record of contact"), blocks=tables, number=matters.standing(matter_id).number, day=_day(at),
        foot="《人民法院在线调解规则》第十五条、第二十五条",
    )  # fmt: skip


@dataclass(frozen=True)
class FilePaper:
    """A paper of the talks for the complete file."""

    kind: str  # contact, minutes, inquiry, facts
    title: str
    at: datetime
    is_signed: bool
    paper: Paper


def papers_of(matter_id: int, *, at: datetime) -> list[FilePaper]:
    """Return every paper of the talks that belongs into the file, oldest first; never an offer, a chat or a note."""
    found: list[FilePaper] = []
    if any(one.made for one in contact(matter_id, on=timezone.localdate(at))):
        paper = contact_paper(matter_id, at=at)
        found.append(FilePaper("contact", paper.title, at, is_signed=True, paper=paper))
    for row in Sitting.objects.filter(dispute_id=matter_id, minutes__isnull=False).order_by("seq"):
        seen = sitting(matter_id, row.pk)
        assert seen.minutes is not None
        assert seen.signed is not None
        paper = minutes_paper(matter_id, seen)
        found.append(
            FilePaper(
                "inquiry" if row.purpose == Sitting.Purpose.INQUIRY else "minutes",
                paper.title,
                seen.minutes.written_at,
                is_signed=seen.signed.is_whole,
                paper=paper,
            )
        )
    if UndisputedFact.objects.filter(dispute_id=matter_id, state="signed").exists():
        paper = facts_paper(matter_id)
        found.append(FilePaper("facts", paper.title, at, is_signed=True, paper=paper))
    return found
