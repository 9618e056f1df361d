"""What is asked about orders, owners, batches, suggestions and rules."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.oversight import queries
from gongzhi.oversight.lifecycle import Cause, Level

TOKEN = re.compile(r"[0-9A-Za-z_-]{10,32}")
SPLIT = re.compile(r"[\s,，、;；]+")


def _lines(label: Any, *, hint: Any = "", rows: int = 4, required: bool = True) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=5000, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


class _Choosing(forms.Form):
    def choose(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class OrderForm(_Choosing):
    matter_number = PlainText(label=_("Number of the matter"), max_length=20)
    reason = forms.ChoiceField(label=_("Why"))
    level = forms.TypedChoiceField(
        label=_("Colour"), coerce=int, choices=Level.choices, widget=forms.RadioSelect
    )
    text = _lines(_("What is demanded"), hint=_("The unit replies to this in writing, within the term of the level."))  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("reason", [(row.code, row.name) for row in queries.reasons(on=on)])


class ReplyForm(forms.Form):
    text = _lines(
        _("Reply"), hint=_("What was done, what was found to be the cause, by when the rest will be done.")
    )  # fmt: skip


class NoteForm(forms.Form):
    note = _lines(_("Note or reason"), rows=3, required=False)


class NameOwnerForm(_Choosing):
    owner_id = forms.TypedChoiceField(label=_("Official"), coerce=int)
    reason = _lines(_("Why it needs an owner"), rows=3)
    next_on = _day(_("Next step by"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("owner_id", people)
        self.fields["owner_id"].widget.attrs["data-search"] = ""


class AdvanceForm(_Choosing):
    stage = forms.ChoiceField(label=_("Stage"))
    note = _lines(_("What was done"), rows=3)
    next_on = _day(_("Next step by"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("stage", queries.stages(on=on))


class HandOnForm(_Choosing):
    owner_id = forms.TypedChoiceField(label=_("Another official"), coerce=int)
    reason = _lines(_("Why"), rows=2)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("owner_id", people)
        self.fields["owner_id"].widget.attrs["data-search"] = ""


class SettleForm(_Choosing):
    settlement = forms.ChoiceField(label=_("How it was settled"), widget=forms.RadioSelect)
    evidence = _lines(
        _("Evidence"), hint=_("What was settled, when and how it was checked. That somebody withdrew is no settlement.")
    )  # fmt: skip
    uploads = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("settlement", queries.settlements(on=on))

    @property
    def tokens(self) -> list[str]:
        sent = self.data.getlist("uploads") if hasattr(self.data, "getlist") else []
        return [t for part in sent for t in part.split(",") if TOKEN.fullmatch(t)][:20]

    def clean_uploads(self) -> list[str]:
        return self.tokens


class GatherForm(forms.Form):
    title = PlainText(label=_("What they have in common"), max_length=80)
    cause = forms.ChoiceField(label=_("Alike by"), choices=Cause.choices)
    cause_words = forms.CharField(required=False, max_length=160, widget=forms.HiddenInput)
    numbers = _lines(_("Numbers of the matters"), hint=_("One a line, or with blanks or commas between."))  # fmt: skip

    def clean_numbers(self) -> list[str]:
        return numbers_in(self.cleaned_data["numbers"])


class AddForm(forms.Form):
    numbers = PlainText(label=_("Numbers of further matters"), max_length=3000)

    def clean_numbers(self) -> list[str]:
        return numbers_in(self.cleaned_data["numbers"])


def numbers_in(text: str) -> list[str]:
    return [part for part in SPLIT.split(text) if part]


class AnswerForm(_Choosing):
    text = _lines(_("The one answer"), hint=_("It is written into the file of every matter of the batch."), rows=5)  # fmt: skip
    move = forms.ChoiceField(label=_("And with each matter"), required=False, widget=forms.RadioSelect)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("move", list(queries.MOVES.items()))


class SuggestForm(_Choosing):
    title = PlainText(label=_("Title"), max_length=80)
    unit_id = forms.TypedChoiceField(label=_("Department responsible"), coerce=int)
    text = _lines(_("What should change"), hint=_("Which rule, plan or work causes these matters, and what would prevent them."), rows=5)  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit_id", units)
        self.fields["unit_id"].widget.attrs["data-search"] = ""


class AnswerSuggestionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Is it adopted?"), widget=forms.RadioSelect,
        choices=[("adopted", _("Adopted")), ("partly", _("Partly adopted")), ("refused", _("Not adopted"))],
    )  # fmt: skip
    text = _lines(_("Reason, and what will be done by when"))


class RuleForm(_Choosing):
    code = forms.ChoiceField(label=_("Rule"))
    amount = forms.IntegerField(label=_("Threshold"), min_value=1, max_value=1000)
    is_on = forms.ChoiceField(
        label=_("Whether it holds"),
        choices=[("yes", _("holds")), ("no", _("no longer"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    valid_from = _day(_("From the day"))
    source = PlainText(label=_("Decision it rests on"), max_length=200)

    def __init__(self, *args: Any, rules: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("code", rules)


class NormForm(_Choosing):
    code = forms.ChoiceField(label=_("Norm"))
    amount = forms.IntegerField(label=_("Value"), min_value=1, max_value=100_000)
    valid_from = _day(_("From the day"))
    source = PlainText(label=_("Decision it rests on"), max_length=200)

    def __init__(self, *args: Any, norms: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("code", norms)
