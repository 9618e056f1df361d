"""Services that are bought: contracts with what was used, statements as tables and papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.models import Contract, Statement, Use
from gongzhi.base.actor import Actor
from gongzhi.base.errors import OutOfReach
from gongzhi.base.paging import Page, page_of
from gongzhi.papers.queries import Paper, Paragraph, Table


@dataclass(frozen=True)
class ContractRow:
    contract: Contract
    used: int

    @property
    def left(self) -> int:
        return max(0, self.contract.quota - self.used)

    @property
    def percent(self) -> int:
        return round(100 * self.used / self.contract.quota)


def visible_contracts(actor: Actor) -> QuerySet[Contract]:
    return Contract.objects.within_reach_of(actor, Can.BUY)


def contracts(actor: Actor, *, text: str = "", on: date, is_over: object = False) -> QuerySet[Contract]:  # fmt: skip
    rows = visible_contracts(actor).select_related("body").annotate(used=Count("uses"))
    rows = rows.filter(ends_on__lt=on) if is_over else rows.filter(ends_on__gte=on)
    return rows.filter(body__name__icontains=text) | rows.filter(number__icontains=text) if text else rows  # fmt: skip


def contracts_page(
    actor: Actor, *, text: str, on: date, is_over: object, after: str = "", before: str = ""
) -> tuple[Page[Contract], list[ContractRow]]:
    page = page_of(contracts(actor, text=text, on=on, is_over=is_over), "ends_on", "id", after=after, before=before)  # fmt: skip
    return page, [ContractRow(row, getattr(row, "used", 0)) for row in page.rows]


@dataclass(frozen=True)
class ContractDetail:
    row: ContractRow
    uses: list[Use]
    statements: list[Statement]
    months: list[date]  # that are over and have no statement yet
    unbilled: int


def contract_detail(actor: Actor, contract_id: int, *, on: date) -> ContractDetail:
    found = contracts_with_use(actor).filter(pk=contract_id).first()
    if found is None:
        raise OutOfReach
    statements = list(found.statements.order_by("-month"))
    uses = list(found.uses.select_related("allowance").order_by("-on", "-id")[:100])
    return ContractDetail(
        ContractRow(found, getattr(found, "used", 0)), uses, statements, _months(found, statements, on),
        found.uses.filter(statement=None).count(),
    )  # fmt: skip


def contracts_with_use(actor: Actor) -> QuerySet[Contract]:
    return visible_contracts(actor).select_related("body").annotate(used=Count("uses"))


def _months(row: Contract, statements: list[Statement], on: date) -> list[date]:
    known = {one.month for one in statements}
    months, month = [], row.starts_on.replace(day=1)
    last = min(on.replace(day=1), date(row.ends_on.year + row.ends_on.month // 12, row.ends_on.month % 12 + 1, 1))  # fmt: skip
    while month < last:
        if month not in known:
            months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


def statement(actor: Actor, statement_id: int) -> Statement:
    rows = Statement.objects.filter(contract__in=visible_contracts(actor))
    found = rows.select_related("contract", "contract__body").filter(pk=statement_id).first()
    if found is None:
        raise OutOfReach
    return found


def statement_headings() -> list[str]:
    return [
        pgettext("column", "no."), pgettext("column", "dispute"), pgettext("column", "kind"), pgettext("column", "archived on"),
        pgettext("column", "yuan"),
    ]  # fmt: skip


def statement_table(row: Statement) -> Iterator[tuple[Any, ...]]:
    """Write the disputes of a statement: numbers and kinds, no party."""
    uses = row.uses.select_related("allowance").order_by("on", "id")
    for serial, use in enumerate(uses, start=1):
        yield (serial, use.allowance.number, use.allowance.kind_name, f"{use.on:%Y-%m-%d}", row.contract.price)  # fmt: skip


def statement_paper(row: Statement) -> Paper:
    """Return the statement as the paper both sides sign."""
    contract = row.contract
    month = f"{row.month.year}年{row.month.month}月"
    said = [
        _(
            "Contract {number} ({source}), from {start} to {end}: {quota} mediations at ¥{price} each."
        ),
        _("In this month {count} were settled, ¥{amount} in all. {left} of the quota are left."),
    ]
    values: dict[str, Any] = {
        "number": contract.number, "source": contract.source, "start": contract.starts_on, "end": contract.ends_on,
        "quota": contract.quota, "price": contract.price, "count": row.count, "amount": row.amount, "left": row.left,
    }  # fmt: skip
    rows = [[str(cell) for cell in line] for line in statement_table(row)]
    return Paper(
        title=_("Statement of bought mediation services, {month}").format(month=month), issuer=contract.buyer,
        number=contract.number, subtitle=contract.body.name,
        blocks=[
            *(Paragraph(words.format(**values)) for words in said),
            Table(
                _("Disputes of the month"), statement_headings(), rows, figures=frozenset({0, 4}),
                empty=_("No dispute in this month."),
            ),
            Paragraph(_("Buyer (seal):                         Provider (seal):")),
        ],
        day=f"{row.made_at:%Y-%m-%d}",
    )  # fmt: skip
