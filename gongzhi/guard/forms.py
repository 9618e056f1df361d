"""What is asked when a block is made, lifted, appealed against or answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.guard.models import Appeal


def _words(label: Any, *, hint: Any = "", most: int = 500) -> PlainText:
    return PlainText(
        label=label, min_length=2, max_length=most, help_text=hint, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


class SeekForm(forms.Form):
    number = PlainText(
        label=_("Number of the report"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "26-0001-8427-7"}),
    )


class BlockForm(forms.Form):
    key = forms.CharField(max_length=64, error_messages={"required": _("Choose one of them.")})
    reason_code = forms.ChoiceField(
        label=_("Reason"), help_text=_("The visitor reads its explanation.")
    )
    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=366, help_text=_("How long it lasts at most stands beside each reason.")
    )  # fmt: skip
    note = _words(_("What was seen"), hint=_("For the office: why this block is right."))

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(reasons)


class LiftForm(forms.Form):
    why = _words(_("Why it is lifted"))


class AppealForm(forms.Form):
    text = _words(_("Why is the block wrong?"), most=1000)
    contact = PlainText(
        label=_("Phone or e-mail"),
        required=False,
        max_length=80,
        help_text=_("Only to answer you, kept encrypted. The answer also stands on this page."),
    )


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Your decision"), choices=Appeal.Decision.choices, widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("New last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only when the block ends sooner."),
    )
    words = _words(_("Reason"), hint=_("The visitor reads it."), most=1000)


class ReasonForm(forms.Form):
    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("A known code gets its next version; a new one is added.")
    )  # fmt: skip
    name = PlainText(label=_("Name"), max_length=60)
    explanation = _words(_("What the visitor reads"), most=400)
    device_days = forms.IntegerField(
        label=_("Longest, of a device (days)"), min_value=1, max_value=180
    )
    address_days = forms.IntegerField(
        label=_("Longest, of an address (days)"), min_value=1, max_value=30, help_text=_("Others may share it.")
    )  # fmt: skip
    appeal_days = forms.IntegerField(
        label=_("Appeals are answered within (days)"), min_value=1, max_value=15
    )
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = PlainText(label=_("Reason or source of the change"), max_length=200)
