"""What the pages about budgets, batches and decisions share in every module that pays people."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.base.downloads import table_download
from gongzhi.base.pages import actor_of, page_asked, query_without
from gongzhi.base.payouts.batches import Outcome
from gongzhi.base.payouts.rows import BatchRow
from gongzhi.base.texts import PlainText, as_number, plain

FORMS = frozenset({"csv", "xlsx"})
SHOWN = 10  # problems of many deeds told one by one


class DecideForm(forms.Form):
    """One deed on chosen rows; which ones comes beside it."""

    deed = forms.ChoiceField(choices=[("review", ""), ("approve", ""), ("refuse", "")])
    note = PlainText(required=False, max_length=500)


class BudgetForm(forms.Form):
    area_path = forms.ChoiceField(label=_("City or town"))
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))  # fmt: skip
    ends_on = forms.DateField(
        label=_("Until (first day without)"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    amount = forms.IntegerField(label=_("Budget (yuan)"), min_value=0, max_value=100_000_000)
    source = PlainText(label=_("Reason or source"), max_length=200)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], on: date, **kwargs: Any) -> None:  # fmt: skip
        year = {"starts_on": date(on.year, 1, 1), "ends_on": date(on.year + 1, 1, 1)}
        super().__init__(*args, **{"initial": year} | kwargs)
        field = self.fields["area_path"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(areas)


def box_asked(
    request: HttpRequest, boxes: Collection[str], *, review: str, approve: str, otherwise: str
) -> str:
    """Return the box the address names, else the one in which the actor's own work lies."""
    asked, actor = request.GET.get("box", ""), actor_of(request)
    if asked in boxes:
        return asked
    if actor.can(review):
        return "review"
    return "approve" if actor.can(approve) else otherwise


def batches_seen(request: HttpRequest, queries: Any, *, pay: str) -> dict[str, Any]:
    """Return what the list of batches shows; `queries` are the module's own."""
    actor = actor_of(request)
    can_pay = actor.can(pay)
    return {
        "page": queries.batches_page(actor, **page_asked(request)), "again": query_without(request, "after", "before"),
        "waiting": queries.areas_to_pay(actor, pay) if can_pay else [], "can_pay": can_pay,
    }  # fmt: skip


def for_the_finance_office(
    request: HttpRequest, batch_id: int, form: str, *, module: tuple[Any, Any], headings: Sequence[Any]
) -> HttpResponseBase:  # fmt: skip
    """Give the finance office what it needs to pay; only of a frozen batch, and noted in the trail."""
    queries, actions = module
    actor = actor_of(request)
    row = queries.batch(actor, batch_id)
    if form not in FORMS or row.state == BatchRow.State.OPEN:
        raise Http404
    actions.note_export(batch=row, form=form, actor=actor, at=timezone.now())
    return table_download(headings, queries.batch_table(row), name=row.number, form=form, title=row.number)  # fmt: skip


def tell(request: HttpRequest, outcomes: Sequence[Outcome], words: Callable[[int], str]) -> None:
    """Say how many deeds were done, and of the first that were not, why."""
    done = sum(not one.problem for one in outcomes)
    if done:
        messages.success(request, words(done).format(n=done))
    for one in [one for one in outcomes if one.problem][:SHOWN]:
        messages.warning(request, f"{one.number} {one.problem}".strip())


def note_of(request: HttpRequest) -> str:
    return plain(request.POST.get("note", "")).strip()[:500]


def reasons(request: HttpRequest, prefix: str, *, most: int) -> dict[int, str]:
    """Return what was written beside the lines of a batch: why each was not paid."""
    return {
        line: why
        for name, text in request.POST.items()
        if name.startswith(prefix)
        and (line := as_number(name.removeprefix(prefix))) is not None
        and (why := plain(str(text)).strip()[:most])
    }
