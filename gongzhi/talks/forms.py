"""What is asked about talks: of the office, and of the sides."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.talks import queries
from gongzhi.talks.rules import Term

HIDDEN = forms.HiddenInput
TERMS = 3  # rows of a form; a further offer takes more
MOST_ROWS = 12


def _lines(label: Any, *, hint: Any = "", most: int = 500, rows: int = 3, required: bool = True) -> PlainText:  # fmt: skip
    return PlainText(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


def _id(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(widget=HIDDEN, min_value=0, max_value=2**53, **more)


class _AboutSides(forms.Form):
    """A form about the sides of one dispute, on a day."""

    def __init__(
        self, *args: Any, sides: Sequence[queries.Side], on: date, rooms: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.on = on
        if "room_id" in self.fields:
            self._choose("room_id", [("", gettext("elsewhere, as written below")), *rooms])
        if "party_id" in self.fields:
            self._choose("party_id", [(side.id, side.label) for side in sides])
        for field, table in (("way", "ways"), ("outcome", "outcomes"), ("signs", "signs")):
            if field in self.fields:
                self._choose(field, queries.named(table, on=on))

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


def _side() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Side"), coerce=int)


class AttemptForm(_AboutSides):
    party_id = _side()
    way = forms.ChoiceField(label=_("Way of contact"))
    outcome = forms.ChoiceField(label=_("What came of it"))
    note = _lines(
        _("Note"), required=False, rows=2, hint=_("What was said, who was met; kept encrypted.")
    )
    attempt_id = _id(required=False)


class PlanAttemptForm(_AboutSides):
    party_id = _side()
    way = forms.ChoiceField(label=_("Way of contact"))
    due_on = _day(_("To be made by"))


class SideForm(_AboutSides):
    party_id = _side()


class CareForm(_AboutSides):
    party_id = _side()
    is_shared = forms.BooleanField(label=_("Others may read this telephone: send nothing there"), required=False)  # fmt: skip
    hours = PlainText(label=_("When a call is safe"), max_length=60, required=False)


class LookForm(_AboutSides):
    answer_id = _id()
    reply = _lines(
        _("Reply to the side"), required=False, rows=2, hint=_("The side reads it on its own page.")
    )


class SittingForm(_AboutSides):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[("mediation", pgettext_lazy("sitting", "Mediation")), ("inquiry", pgettext_lazy("sitting", "Inquiry"))])  # fmt: skip
    mode = forms.ChoiceField(
        label=_("How the sides are heard"),
        choices=[
            ("in_person", pgettext_lazy("sitting", "In person")), ("by_link", pgettext_lazy("sitting", "By video link")),
            ("written", pgettext_lazy("sitting", "In writing, each in its own time")),
        ],
    )  # fmt: skip
    starts_at = _moment(_("Begins at"))
    ends_at = _moment(_("Ends at"))
    room_id = forms.TypedChoiceField(label=_("Room of the centre"), coerce=int, required=False, empty_value=None, help_text=_("It is booked for this time; nobody else has it then."))  # fmt: skip
    place = PlainText(
        label=_("Room or place"),
        max_length=120,
        required=False,
        help_text=_("Only when it is held elsewhere."),
    )
    link = PlainText(label=_("Address of the meeting"), max_length=300, required=False, help_text=_("Left empty: the body's own meeting room."))  # fmt: skip
    is_open = forms.BooleanField(label=_("Open to the public"), required=False, help_text=_("Only when every side agreed: 人民调解法 art. 23."))  # fmt: skip
    sitting_id = _id(required=False)
    changes = _id(required=False)


class SittingIdForm(_AboutSides):
    sitting_id = _id()


class EndForm(_AboutSides):
    sitting_id = _id()
    reason = _lines(_("Reason"), most=300, rows=2)


class InviteForm(_AboutSides):
    sitting_id = _id()
    name = PlainText(label=_("Who is invited"), max_length=60)
    role = forms.ChoiceField(
        label=_("As"),
        choices=[
            ("relative", pgettext_lazy("invitee", "Relative")), ("neighbour", pgettext_lazy("invitee", "Neighbour or colleague")),
            ("expert", pgettext_lazy("invitee", "Expert")), ("interpreter", pgettext_lazy("invitee", "Interpreter")),
            ("office", pgettext_lazy("invitee", "Office or association")),
        ],
    )  # fmt: skip


class WillForm(_AboutSides):
    invitee_id = _id()
    party_id = _side()
    answer = forms.TypedChoiceField(coerce=lambda value: value == "yes", choices=[("yes", ""), ("no", "")])  # fmt: skip


class MinutesForm(_AboutSides):
    sitting_id = _id()
    version = _id()
    present = _lines(_("Who was present"), most=1000, rows=2)
    facts = _lines(_("Facts found"), most=8000, rows=4, required=False)
    course = _lines(_("Course of the talk"), most=8000, rows=6, required=False)
    wording = _lines(_("Agreed wording"), most=8000, rows=4, required=False)


class DigestForm(_AboutSides):
    sitting_id = _id()
    digest = forms.CharField(widget=HIDDEN, max_length=64)


class PaperSignedForm(_AboutSides):
    sitting_id = _id()
    digest = forms.CharField(widget=HIDDEN, max_length=64)
    party_id = _side()


class FactForm(_AboutSides):
    text = _lines(
        _("The fact"), most=1000, hint=_("One fact nobody disputes. No offer, no concession.")
    )


class FactIdForm(_AboutSides):
    fact_id = _id()
    digest = forms.CharField(widget=HIDDEN, max_length=64, required=False)


class SignsForm(_AboutSides):
    signs = forms.MultipleChoiceField(label=_("What was seen or said"), widget=forms.CheckboxSelectMultiple)  # fmt: skip
    note = _lines(_("What exactly"), required=False, rows=2, hint=_("About the situation, not about a character."))  # fmt: skip


class StepForm(_AboutSides):
    step_id = _id()
    note = PlainText(label=_("What came of it"), max_length=500)


class CloseForm(_AboutSides):
    reason = _lines(_("Why the danger is over"), most=500, rows=2)


class LinkForm(forms.Form):
    body_id = _id()
    address = PlainText(label=_("Address of the meeting room"), max_length=300)


class WordsForm(forms.Form):
    """One message in a room."""

    text = PlainText(
        label=_("Message"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a message")}),
    )  # fmt: skip


class NoteForm(forms.Form):
    text = _lines(_("Note"), most=2000, rows=2)


class OfferForm(forms.Form):
    """An offer: some obligations, words, how long it stands. Rows left empty are left out."""

    words = _lines(_("Words beside it"), required=False, rows=2)
    hours = forms.IntegerField(
        label=_("Stands for (hours)"), min_value=1, max_value=720, initial=72
    )
    replies_to = _id(required=False)

    def __init__(self, *args: Any, sides: Sequence[queries.Side], rows: int = TERMS, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.count = max(1, min(rows, MOST_ROWS))
        names = [(side.seq, side.words) for side in sides]
        for row in range(self.count):
            self.fields[f"by{row}"] = forms.ChoiceField(label=_("Who owes it"), choices=[("", "—"), *names], required=False)  # fmt: skip
            self.fields[f"to{row}"] = forms.ChoiceField(label=_("To whom"), choices=[("", "—"), *names], required=False)  # fmt: skip
            self.fields[f"what{row}"] = PlainText(
                label=_("What is owed"), max_length=200, required=False
            )
            self.fields[f"amount{row}"] = PlainText(label=_("Yuan"), max_length=16, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))  # fmt: skip
            self.fields[f"due{row}"] = _day(_("Perform until"), required=False)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"{part}{row}"] for part in ("by", "to", "what", "amount", "due")]
            for row in range(self.count)
        ]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self["words"], self["hours"]]

    def terms(self) -> list[Term]:
        return [term for row in range(self.count) if (term := self._term(row)) is not None]

    def _term(self, row: int) -> Term | None:
        said = {part: self.cleaned_data.get(f"{part}{row}") or "" for part in ("by", "to", "what", "amount", "due")}  # fmt: skip
        if not any(said.values()):
            return None
        by, to = (int(said[part]) if said[part] else None for part in ("by", "to"))
        due = str(said["due"] or "")
        amount = said["amount"].replace(",", "").replace("，", "").strip()
        return Term(by if by is not None else -1, to, said["what"], amount, due)


class AnswerForm(forms.Form):
    """A side's answer in a minute."""

    choice = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect,
        choices=[
            ("take_part", _("I take part")), ("propose", _("I take part, at another time")),
            ("refuse", _("I do not want mediation")), ("ask", _("I have a question")),
        ],
    )  # fmt: skip
    proposed_at = _moment(_("Which time suits you?"), required=False)
    words = _lines(_("Your words or question"), required=False, rows=3)


class EnterForm(forms.Form):
    number = PlainText(label=_("Number"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "26-0001-8427-7"}))  # fmt: skip
    code = PlainText(label=_("Your code"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))  # fmt: skip


class RenewForm(forms.Form):
    number = PlainText(label=_("Number"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))  # fmt: skip
    phone = PlainText(label=_("The telephone you left"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}))  # fmt: skip


class DeclareForm(forms.Form):
    """Signing by number and code: the words read, and what the side declares itself."""

    digest = forms.CharField(widget=HIDDEN, max_length=64)
    declared = PlainText(label=_("Type: I have read it and it is right"), max_length=60)


class LeaveForm(forms.Form):
    reason = _lines(_("Reason, if you want to give one"), required=False, most=300, rows=2)
