"""What is asked about rewards."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.rewards.queries import payment_ways


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


def _lines(label: Any, *, hint: Any = "", most: int = 500, required: bool = True) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


class RuleForm(forms.Form):
    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("A known code gets its next version; a new one is added.")
    )  # fmt: skip
    name = PlainText(label=_("Name"), max_length=60)
    covers = PlainText(
        label=_("Items"),
        max_length=400,
        help_text=_(
            "Codes of items or their beginnings, with blanks between: P01 E0701. Only things and places."
        ),
    )
    amount = forms.IntegerField(label=_("Reward (yuan)"), min_value=1, max_value=10_000)
    day_most = forms.IntegerField(
        label=_("Awards of one person a day, at most"), min_value=1, max_value=100
    )
    person_most = forms.IntegerField(
        label=_("For one person in the rule's time, at most (yuan)"), min_value=1, max_value=100_000
    )
    claim_days = forms.IntegerField(label=_("Days to claim"), min_value=7, max_value=365)
    objection_days = forms.IntegerField(label=_("Days to object"), min_value=5, max_value=90)
    valid_from = _day(_("In force from"))
    valid_to = _day(_("Until (first day without)"))
    source = PlainText(label=_("Reason or source of the change"), max_length=200)

    def clean_covers(self) -> list[str]:
        return [
            code.upper()
            for code in self.cleaned_data["covers"].replace("，", " ").replace(",", " ").split()
        ]


class AdoptForm(forms.Form):
    valid_from = _day(_("In force from"))
    valid_to = _day(_("Until (first day without)"))


class ObjectionAnswerForm(forms.Form):
    is_upheld = forms.TypedChoiceField(
        label=_("Your decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Upheld: the award starts anew")), ("no", _("Not upheld"))],
    )  # fmt: skip
    rule_id = forms.TypedChoiceField(
        label=_("Rule"), coerce=int, empty_value=None, required=False, help_text=_("Only where no rule fitted before.")
    )  # fmt: skip
    words = _lines(_("Reason"), hint=_("The reporter reads it."), most=1000)

    def __init__(self, *args: Any, rules: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *rules]


class ClaimForm(forms.Form):
    way = forms.ChoiceField(label=_("How do you want to be paid?"), widget=forms.RadioSelect)
    account = PlainText(
        label=_("Number or account"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    payee = PlainText(
        label=_("Name the account is under"), required=False, max_length=40, help_text=_("Not needed for a phone bill.")
    )  # fmt: skip
    extra = PlainText(
        label=_("Bank"), required=False, max_length=60, help_text=_("Only for a bank transfer.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(way.code, f"{way.name}（{way.account_label}）") for way in payment_ways()]


class ObjectForm(forms.Form):
    text = _lines(_("Why do you not agree?"), most=1000)
