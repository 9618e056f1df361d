"""What the pages ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.publishing.models import Place, Problem
from gongzhi.publishing.queries.words import paces, place_words
from gongzhi.publishing.rules import Region, read_regions

MOST_BOXES = 60


class WordsForm(forms.Form):
    title = forms.CharField(label=_("Title for the public"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip
    text = forms.CharField(label=_("Words for the public"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}))  # fmt: skip
    street = forms.CharField(label=_("Street for the public"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, place: str = "", may_tell: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place != Place.STREET:
            del self.fields["street"]
        if not may_tell:
            del self.fields["text"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("What was done"), max_length=300)


class ProblemForm(forms.Form):
    nature = forms.ChoiceField(label=_("What is wrong?"), choices=Problem.Nature.choices, widget=forms.RadioSelect)  # fmt: skip
    text = forms.CharField(
        label=_("Where, or why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please write no names and no numbers of persons."),
    )  # fmt: skip


def regions_sent(values: Any) -> list[Region] | None:
    """Read boxes in percent of the picture from rows of four inputs; None when one is no box."""
    rows = zip(
        *(values.getlist(name)[: MOST_BOXES + 1] for name in ("left", "top", "width", "height")),
        strict=False,
    )
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    try:
        boxes = [[float(cell) / 100 for cell in row] for row in kept]
    except ValueError:
        return None
    return read_regions(boxes)


class RuleForm(forms.Form):
    scope = forms.CharField(label=_("Item or class"), max_length=24, help_text=_("An item's code, a class such as E01, or * for everything else."))  # fmt: skip
    pace = forms.ChoiceField(label=_("When"))
    place = forms.ChoiceField(label=_("Place shown"))
    text = forms.BooleanField(label=_("Words may be shown once approved"), required=False)
    photos = forms.BooleanField(label=_("Photos may be shown once covered and approved"), required=False)  # fmt: skip
    valid_from = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))  # fmt: skip
    source = forms.CharField(label=_("Rests on"), max_length=200, help_text=_("For example the number of the document that decided it."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pace"].choices = list(paces().items())  # type: ignore[attr-defined]
        self.fields["place"].choices = list(place_words().items())  # type: ignore[attr-defined]
