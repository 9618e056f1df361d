"""What is asked about allowances."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.allowances import queries
from gongzhi.base.payouts import pages as payouts
from gongzhi.base.texts import PlainText


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


def _lines(label: Any, *, hint: Any = "", most: int = 1000) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=most, widget=forms.Textarea(attrs={"rows": 3})
    )


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = list(choices)


class DecideForm(payouts.DecideForm):
    """A reviewer may give the file its points at the same time."""

    score = forms.DecimalField(required=False, min_value=0, max_value=7, max_digits=3, decimal_places=1)  # fmt: skip


class _RuleForm(forms.Form):
    area_path = forms.ChoiceField(label=_("City or town"))
    valid_from = _day(_("In force from"))
    full_time_too = forms.BooleanField(
        label=_("Full-time mediators too"), required=False, help_text=_("Usually not: they have a salary.")
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "area_path", areas)


class AdoptForm(_RuleForm):
    code = forms.ChoiceField(label=_("Table of the sources"), widget=forms.RadioSelect)
    field_order = ("code",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "code", ((one.code, f"{one.name}：{one.source}") for one in queries.shipped_sets().values()))  # fmt: skip


class UploadForm(_RuleForm):
    name = PlainText(label=_("Name"), max_length=80)
    source = PlainText(label=_("By which paper"), max_length=300)
    file = forms.FileField(
        label=_("Table (XLSX or CSV)"), help_text=_("Download a table that is in force as a pattern.")
    )  # fmt: skip
    field_order = ("name", "source")


class AnswerForm(forms.Form):
    is_upheld = forms.TypedChoiceField(
        label=_("Your decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Upheld: it is reviewed anew")), ("no", _("Not upheld"))],
    )  # fmt: skip
    answer = _lines(_("Reason"))


class ObjectForm(forms.Form):
    text = _lines(_("What is not right?"), hint=_("No names of the parties, please."))
    contact = PlainText(
        label=_("How we can reach you"), max_length=60, required=False, help_text=_("If you like; kept encrypted.")
    )  # fmt: skip


class AccountForm(forms.Form):
    payee = PlainText(label=_("Name the account is under"), max_length=60)
    bank = PlainText(label=_("Bank"), max_length=60)
    number = PlainText(
        label=_("Account number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class ContractForm(forms.Form):
    number = PlainText(label=_("Contract number"), max_length=60)
    buyer = PlainText(label=_("Who buys"), max_length=120)
    body_id = forms.TypedChoiceField(label=_("Provider"), coerce=int)
    starts_on = _day(_("From"))
    ends_on = _day(_("Last day"))
    quota = forms.IntegerField(label=_("Mediations"), min_value=1, max_value=100_000)
    price = forms.IntegerField(label=_("Yuan for each"), min_value=1, max_value=100_000)
    source = PlainText(label=_("Paper of the purchase"), max_length=200)

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "body_id", bodies)
