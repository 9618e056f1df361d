"""A hand-over as it is filed: one page or two, with the names of both hands."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.duty.queries.handovers import HandoverDetail
from gongzhi.papers import queries as papers


def handover_paper(seen: HandoverDetail, *, at: datetime) -> bytes:
    """Write a hand-over as PDF. What is not signed says so; a signed one bears its digest."""
    row = seen.row
    paper = papers.Paper(
        title=_("Hand-over of duty"), subtitle=row.shift, issuer=seen.unit_name, blocks=_blocks(seen),
        day=_day(row.signed_at) if row.signed_at else "", foot=_foot(seen),
        signed="" if row.signed_at else _("Draft, not signed"),
    )  # fmt: skip
    return papers.pdf_of(paper, at=row.signed_at or at)


def _blocks(seen: HandoverDetail) -> list[papers.Heading | papers.Paragraph | papers.Table]:
    row = seen.row
    blocks: list[papers.Heading | papers.Paragraph | papers.Table] = [
        papers.Heading(pgettext("handover", "On duty")),
        papers.Paragraph("；".join(f"{post} {name}" for post, name in row.crew) or "—"),
        papers.Heading(_("Notes")),
        *(papers.Paragraph(line) for line in (row.notes or "—").splitlines() if line.strip()),
        papers.Heading(_("Open points")),
        _points(seen),
    ]
    if seen.additions:
        blocks.append(papers.Heading(_("Additions after signing")))
        blocks += [
            papers.Paragraph(f"{_when(one.at)} {one.actor_name}：{one.text}")
            for one in seen.additions
        ]
    return [*blocks, papers.Heading(_("Signatures")), _hands(seen)]


def _points(seen: HandoverDetail) -> papers.Table:
    rows = [
        [
            str(label),
            point.reference if point.kind != "bulletin" else "",
            point.title,
            point.standing,
            point.note,
        ]
        for label, points in seen.groups
        for point in points
    ]
    headings = [
        _("Kind"),
        _("Number"),
        pgettext("point", "What about"),
        pgettext("point", "Standing"),
        pgettext("point", "To do"),
    ]
    return papers.Table(
        "", headings, rows, widths=(1.1, 1.7, 3.4, 2.6, 2.4), empty=_("Nothing is open.")
    )


def _hands(seen: HandoverDetail) -> papers.Table:
    row = seen.row
    return papers.Table(
        "", [pgettext("signature", "Hand"), pgettext("signature", "Name"), _("Signed at")],
        [
            [_("Hands over"), row.outgoing_name or "—", _when(row.offered_at)],
            [_("Takes over"), row.incoming_name or "—", _when(row.signed_at)],
        ],
    )  # fmt: skip


def _foot(seen: HandoverDetail) -> str:
    if not seen.row.digest:
        return ""
    return _("Fingerprint (SHA-256): {digest}").format(digest=seen.row.digest)


def _when(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "—"


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}"
