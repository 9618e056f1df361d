"""Fields that several forms of the centre share."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongzhi.base.texts import PlainText

Choices = Sequence[tuple[Any, Any]]
MOST_NUMBER = 100_000_000


def day(label: Any, *, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )


def lines(
    label: Any, *, hint: Any = "", most: int = 1000, rows: int = 3, required: bool = True
) -> PlainText:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return PlainText(label=label, help_text=hint, max_length=most, required=required, widget=widget)


def set_choices(form: forms.Form, **choices: Choices) -> None:
    """Give fields their choices, which come from tables."""
    for name, rows in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(rows)
