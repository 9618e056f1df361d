"""What the pages about budgets, batches and decisions share in every module that pays people."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongzhi.base.payouts.batches import Outcome
from gongzhi.base.texts import PlainText, as_number, plain

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
