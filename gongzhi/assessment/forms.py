"""What is asked about schemes, findings, publications and appeals."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.assessment.lifecycle import Subject
from gongzhi.assessment.queries import (
    NATURES,
    finding_natures,
    plain,
    rates,
    tallies,
)
from gongzhi.assessment.rules import Line, Nature
from gongzhi.base.texts import PlainText

GRADE = re.compile(r"\s*(\S{1,4})\s+(\d{1,3}(?:\.\d{1,2})?)\s*")


def _lines(label: Any, *, hint: Any = "", most: int = 500, required: bool = True) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


def _amount(most: int, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(min_value=0, max_value=most, max_digits=6, decimal_places=2, **more)


class SchemeForm(forms.Form):
    name = PlainText(label=gettext_lazy("Name"), max_length=60)
    least = forms.IntegerField(
        label=gettext_lazy("Fewest matters to be ranked"), min_value=1, max_value=100_000,
        help_text=gettext_lazy("Whoever has fewer gets a score and no place."),
    )  # fmt: skip
    ahead = forms.DecimalField(
        label=gettext_lazy("Named ahead, per cent"), min_value=0, max_value=50, decimal_places=1,
        help_text=gettext_lazy("Share of the list; equal scores are never told apart."),
    )  # fmt: skip
    behind = forms.DecimalField(label=gettext_lazy("Named behind, per cent"), min_value=0, max_value=50, decimal_places=1)  # fmt: skip
    grades = PlainText(
        label=gettext_lazy("Grades"), required=False, max_length=200,
        help_text=gettext_lazy("From the best down, with the least per cent of each, such as: A 90, B 75, C 60"),
    )  # fmt: skip
    source = PlainText(label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("The document this follows."))  # fmt: skip

    def clean_grades(self) -> list[tuple[str, Decimal]]:
        found = []
        for part in filter(None, re.split(r"[,，;；、]", self.cleaned_data["grades"])):
            read = GRADE.fullmatch(part)
            if read is None:
                raise forms.ValidationError(_("“{part}” is no grade with its least per cent.").format(part=part.strip()))  # fmt: skip
            found.append((read[1], Decimal(read[2])))
        return found


def _inputs() -> list[Any]:
    return [
        ("", ""),
        (_("Rates"), [(code, row.name) for code, row in rates().items()]),
        (_("Counts"), [(code, row.name) for code, row in tallies().items()]),
        (_("Findings"), [(code, row.name) for code, row in finding_natures().items()]),
    ]


class LineForm(forms.Form):
    """One line of a scheme; an empty one is left out."""

    input = forms.ChoiceField(choices=_inputs, required=False, label=gettext_lazy("Counted here"))
    nature = forms.ChoiceField(choices=list(NATURES.items()), label=gettext_lazy("How"))
    points = _amount(1000, required=False, label=gettext_lazy("Points"))
    threshold = _amount(100, required=False, label=gettext_lazy("Threshold in per cent"))
    per_point = _amount(100, required=False, label=gettext_lazy("Less a point below"))
    most = _amount(1000, required=False, label=gettext_lazy("At most"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # the heading of the table is their label
            field.widget.attrs["aria-label"] = field.label

    def line(self) -> Line | None:
        said = self.cleaned_data
        if not said.get("input"):
            return None
        return Line(
            Nature(said["nature"]), said["input"], said.get("points") or Decimal(0), said.get("threshold"),
            said.get("per_point"), said.get("most"),
        )  # fmt: skip


LineForms = forms.formset_factory(LineForm, extra=2, max_num=20, absolute_max=30)


def line_forms_for(lines: Sequence[Line]) -> Any:
    return LineForms(
        initial=[
            {
                "input": line.input, "nature": line.nature.value,
                **{name: _shown(getattr(line, name)) for name in ("points", "threshold", "per_point", "most")},
            }
            for line in lines
        ],
        prefix="lines",
    )  # fmt: skip


def _shown(number: Decimal | None) -> str:
    try:
        return plain(number) if number is not None else ""
    except InvalidOperation:
        return str(number)


class VariantForm(forms.Form):
    name = PlainText(label=gettext_lazy("Name"), max_length=60)
    code = forms.SlugField(label=gettext_lazy("Short name"), max_length=30, help_text=gettext_lazy("Small letters, in addresses and files."))  # fmt: skip


class InForceForm(forms.Form):
    valid_from = _day(gettext_lazy("In force from"))


class AskForm(forms.Form):
    scheme = forms.ChoiceField(label=gettext_lazy("Scheme"))
    area = forms.ChoiceField(label=gettext_lazy("Area whose offices are compared"))
    period = forms.ChoiceField(label=gettext_lazy("Period assessed"), help_text=gettext_lazy("Only periods that have ended."))  # fmt: skip

    def __init__(
        self, *args: Any, schemes: Sequence[Any], areas: Sequence[Any], periods: Sequence[Any], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, choices in (("scheme", schemes), ("area", areas), ("period", periods)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class ReasonForm(forms.Form):
    reason = _lines(gettext_lazy("Reason"), most=500)


class FindingForm(forms.Form):
    nature = forms.ChoiceField(label=gettext_lazy("Finding"))
    subject = forms.ChoiceField(
        label=gettext_lazy("Concerns"),
        choices=[(one.value, one.label) for one in (Subject.TOWN, Subject.VILLAGE, Subject.UNIT)],
    )
    about = PlainText(label=gettext_lazy("Its name"), max_length=120, help_text=gettext_lazy("As it stands in the organisation or on the map."))  # fmt: skip
    found_on = _day(gettext_lazy("Found on"), gettext_lazy("It counts in the period of this day."))
    number = PlainText(label=gettext_lazy("Matter"), required=False, max_length=20, help_text=gettext_lazy("Its number, where there is one."))  # fmt: skip
    evidence = _lines(gettext_lazy("Evidence"), most=1000, hint=gettext_lazy("What was found, by whom, and where the papers are."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nature"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, row.name) for code, row in finding_natures().items()]


class AppealForm(forms.Form):
    reason = _lines(
        gettext_lazy("Why should it not count?"), most=1000,
        hint=gettext_lazy("Say what hindered you and where the evidence is. The fact stays on record."),
    )  # fmt: skip


class ReviewForm(forms.Form):
    is_for = forms.TypedChoiceField(
        label=gettext_lazy("Opinion"), choices=[("1", gettext_lazy("Uphold: it does not count")), ("0", gettext_lazy("Reject: it counts"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    note = _lines(gettext_lazy("Reason"), most=1000, hint=gettext_lazy("The unit reads it."))
