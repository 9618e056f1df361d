"""Services that are bought: contracts, use, statements."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.allowances import actions, queries
from gongzhi.allowances.capabilities import Can
from gongzhi.allowances.forms import ContractForm
from gongzhi.base.downloads import download, table_download
from gongzhi.base.errors import Refused
from gongzhi.base.pages import (
    FAILED,
    actor_of,
    attempt,
    needs,
    page_asked,
    query_without,
    text_asked,
)
from gongzhi.mediators import queries as mediators
from gongzhi.mediators.capabilities import Can as Mediators
from gongzhi.papers import queries as papers


def _text(request: HttpRequest) -> str:
    return text_asked(request, most=60)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.BUY)
def listing(request: HttpRequest) -> HttpResponse:
    """Contracts with what was used of them; a new one is entered below."""
    actor, on = actor_of(request), timezone.localdate()
    form = ContractForm(request.POST or None, bodies=mediators.bodies_offered(actor, Mediators.VIEW))  # fmt: skip
    if request.method == "POST":
        made = attempt(form, lambda **said: actions.enter_contract(draft=actions.ContractDraft(**said), actor=actor, at=timezone.now()))  # fmt: skip
        if made is not FAILED:
            messages.success(request, _("The contract is entered."))
            return redirect("allowances:contract", made.pk)
    is_over = request.GET.get("box") == "over"
    page, rows = queries.contracts_page(actor, text=_text(request), on=on, is_over=is_over, **page_asked(request))  # fmt: skip
    context = {"page": page, "rows": rows, "form": form, "box": "over" if is_over else "running", "text": _text(request), "again": query_without(request, "after", "before")}  # fmt: skip
    return render(request, "allowances/services.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Can.BUY)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = queries.contracts(actor_of(request), text=_text(request), on=timezone.localdate(), is_over=request.GET.get("box") == "over")  # fmt: skip
    headings = (
        pgettext("column", "contract"), pgettext("column", "buyer"), pgettext("column", "body"), pgettext("column", "from"),
        pgettext("column", "until"), pgettext("column", "quota"), pgettext("column", "used"), pgettext("column", "yuan for each"),
    )  # fmt: skip
    lines = ((row.number, row.buyer, row.body.name, row.starts_on, row.ends_on, row.quota, getattr(row, "used", 0), row.price) for row in rows)  # fmt: skip
    return table_download(
        headings, lines, name=f"services-{timezone.localdate():%Y%m%d}", form=form
    )


@require_safe
@needs(Can.BUY)
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    seen = queries.contract_detail(actor_of(request), contract_id, on=timezone.localdate())
    return render(request, "allowances/contract.html", {"seen": seen, "row": seen.row.contract})


@require_POST
@needs(Can.BUY)
def write_statement(request: HttpRequest, contract_id: int) -> HttpResponse:
    try:
        month = date.fromisoformat(request.POST.get("month", "")[:10])
        actions.make_statement(contract_id=contract_id, month=month, actor=actor_of(request), at=timezone.now())  # fmt: skip
        messages.success(request, _("The statement is written."))
    except ValueError:
        messages.error(request, _("Choose a month."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("allowances:contract", contract_id)


@require_safe
@needs(Can.BUY)
def statement(request: HttpRequest, statement_id: int, form: str) -> HttpResponseBase:
    """A statement as a paper to sign, or as a table."""
    row = queries.statement(actor_of(request), statement_id)
    name = f"{row.contract.number}-{row.month:%Y-%m}"
    if form == "pdf":
        return download(papers.pdf_of(queries.statement_paper(row), at=row.made_at), name=f"{name}.pdf", kind=papers.PDF)  # fmt: skip
    if form == "xlsx":
        return table_download(queries.statement_headings(), queries.statement_table(row), name=name, form="xlsx", title=f"{row.month:%Y-%m}")  # fmt: skip
    raise Http404
