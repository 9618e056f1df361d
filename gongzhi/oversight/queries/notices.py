"""督办通知单: an order as the paper that goes to the unit, with the part it fills in and sends back."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.accounts import queries as accounts
from gongzhi.oversight.lifecycle import Level
from gongzhi.oversight.models import Order
from gongzhi.oversight.queries.orders import OrderDetail, watching_unit
from gongzhi.papers.queries import Block, Form, Hand, Heading, Mark, Paper, Paragraph, Signing

TONES = {Level.YELLOW: "yellow", Level.RED: "red"}


def notice_paper(seen: OrderDetail) -> Paper:
    """Return the notice as it stands: the level, the demand and the term of today, the reply once there is one."""
    order, row = seen.row.order, seen.row
    issuer = _issuer(order)
    return Paper(
        title=_("Supervision notice"), issuer=issuer, number=order.number,
        mark=Mark(str(order.get_level_display()), TONES[Level(order.level)]),
        blocks=[
            _facts(seen),
            Paragraph(f"{row.unit}："),
            Paragraph(
                _("The matter “{title}” ({number}, {place}) is hereby put under supervision. Reason: {reason}.").format(
                    title=order.title, number=order.matter_number, place=row.place, reason=row.reason
                )
            ),
            *_lines(order.text),
            Paragraph(_("Please reply in writing before {due}. An overdue reply is escalated.").format(due=_moment(order.due_at))),
        ],
        signed=issuer, day=_day(order.issued_at), seal=_("Place for the seal"), after=_answered(order),
        foot=_("Supervision order {number}, as it stood on {moment}").format(number=order.number, moment=_moment(as_of(seen))),
    )  # fmt: skip


def as_of(seen: OrderDetail) -> datetime:
    """Return when the order last changed: until then the notice is the same, to the byte."""
    return max((line.at for line in seen.lines), default=seen.row.order.issued_at)


def _issuer(order: Order) -> str:
    return accounts.unit_name(watching_unit(order))


def _facts(seen: OrderDetail) -> Form:
    order, row = seen.row.order, seen.row
    return Form([
        [(_("Matter"), f"{order.title}（{order.matter_number}）")],
        [(_("Where it is"), row.place)],
        [(_("Unit"), row.unit), (_("Why"), row.reason)],
        [(_("Time of issue"), _moment(order.issued_at)), (_("Reply due"), _moment(order.due_at))],
    ])  # fmt: skip


def _answered(order: Order) -> list[Block]:
    """Return the reply and its review; before there is a reply, the lines to write it on."""
    if not order.reply:
        blank = Form([[(_("Reply"), "\n\n\n")]])
        hands = Signing([Hand(_("Person in charge of the reply")), Hand(_("Head of the unit"))])
        return [blank, hands]
    said = [Heading(_("Reply")), *_lines(order.reply), Paragraph(_by_whom(order))]
    if order.decision:
        said += [
            Heading(_("Review of the reply")),
            Paragraph(f"{order.get_state_display()}：{order.decision}"),
        ]
    return said


def _by_whom(order: Order) -> str:
    return f"{order.replied_by_name} {_moment(order.replied_at) if order.replied_at else ''}"


def _lines(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{_day(at)} {here:%H:%M}"


def _day(at: datetime) -> str:
    here = timezone.localtime(at)
    return _("{year}-{month}-{day}").format(year=here.year, month=here.month, day=here.day)
