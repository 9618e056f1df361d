"""Input of the pages about big screens."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.command.models import Ratio, Screen


class NewScreenForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    start = forms.ChoiceField(label=_("Begin with"), required=False)
    ratio = forms.ChoiceField(label=_("Shape of the screen"), choices=Ratio, initial=Ratio.WIDE)

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], starts: Sequence[Any], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        named = [(one.key, f"{one.name} {one.ratio}") for one in starts]
        self.fields["start"].choices = [("", _("Empty")), *named]  # type: ignore[attr-defined]


class DescribeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    share = forms.ChoiceField(label=_("Who may use it"), choices=Screen.Share)
