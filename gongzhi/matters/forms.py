"""Input shapes of the moves common to all kinds."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.matters import queries as matters


class MoveForm(forms.Form):
    """Any move: the matter it is about gives the choices; `takes_files` shows the photo field."""

    takes_files: ClassVar[bool] = False
    depends_on: ClassVar[str] = ""  # the field whose change gives other fields other choices
    suggests: ClassVar[str] = ""  # what may be suggested for it: an item or a unit
    uploads = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matter: Any, **kwargs: Any) -> None:
        self.matter = matter
        super().__init__(*args, **kwargs)
        self.fields["uploads"] = self.fields.pop("uploads")  # photos come after the words

    def choices_of(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def tokens(self) -> list[str]:
        """Return the tokens of what was uploaded: each file brings a hidden input of its own."""
        sent = self.data.getlist("uploads") if isinstance(self.data, MultiValueDict) else []
        return [token for part in sent for token in part.split(",") if token]

    def clean_uploads(self) -> list[str]:
        return self.tokens


class NoteForm(MoveForm):
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )


class WrittenNote(MoveForm):
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    takes_files = True


class ReasonForm(MoveForm):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class Supervise(ReasonForm):
    level = forms.ChoiceField(
        label=_("Level of supervision"),
        choices=[("yellow", _("Yellow")), ("red", _("Red"))],
        widget=forms.RadioSelect,
    )


class AskSuspension(ReasonForm):
    until = forms.DateField(
        label=_("Suspended until"), widget=forms.DateInput(attrs={"type": "date"})
    )


class Invite(MoveForm):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    note = forms.CharField(
        label=_("What to help with"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    must_answer = forms.BooleanField(
        label=_("Must answer before the matter is handed in"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of(
            "unit", [(u.id, u.name) for u in matters.handling_units(self.matter.area_path)]
        )
        self.fields["unit"].widget.attrs["data-search"] = ""


class HandOver(NoteForm):
    person = forms.TypedChoiceField(label=_("Colleague"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = matters.colleagues(self.matter.owing_unit_id, on=timezone.localdate())
        self.choices_of("person", [(p.id, p.name) for p in people])


class Merge(NoteForm):
    into = forms.CharField(label=_("Number of the matter that stays"), max_length=20)


class LinkTo(NoteForm):
    other = forms.CharField(label=_("Number of the other matter"), max_length=20)
    nature = forms.ChoiceField(
        label=_("How they hang together"),
        choices=[("related", _("Related")), ("caused_by", _("Caused by the other"))],
        widget=forms.RadioSelect,
        initial="related",
    )


class FollowUp(NoteForm):
    result = forms.ChoiceField(
        label=_("What the reporter says"),
        choices=[
            ("content", pgettext_lazy("visit", "Content")),
            ("fair", pgettext_lazy("visit", "Fair")),
            ("not_content", pgettext_lazy("visit", "Not content")),
            ("not_reached", pgettext_lazy("visit", "Not reached")),
        ],
        widget=forms.RadioSelect,
    )


INPUTS: dict[str, type[MoveForm]] = {
    "note": WrittenNote,
    "supervise": Supervise,
    "ask_suspension": AskSuspension,
    "invite": Invite,
    "answer": WrittenNote,
    "hand_over": HandOver,
    "merge": Merge,
    "link": LinkTo,
    "follow_up": FollowUp,
}


def shape_of(kind: Any, move: Any) -> type[MoveForm]:
    """Return the form of a kind's move, for pages and programs alike."""
    common = ReasonForm if move.reason else NoteForm
    return kind.inputs.get(move.name) or INPUTS.get(move.name) or common
