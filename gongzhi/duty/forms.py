"""What is asked about duty."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.duty.lifecycle import Days, Every, Post
from gongzhi.duty.queries import Addressees, urgencies

LONGEST_ID = 15


def day_field(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


def moment_field(label: Any, *, hint: Any = "", required: bool = True) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=hint, required=required, widget=widget)


def lines_field(
    label: Any, *, hint: Any = "", most: int = 500, rows: int = 3, required: bool = True
) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


def count_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=20)


class Choosing(forms.Form):
    """A form whose choices depend on who looks at it."""

    def choices_of(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


def one_of(
    label: Any, *, hint: Any = "", required: bool = True, searched: str = ""
) -> forms.TypedChoiceField:
    widget = forms.Select(attrs={"data-search": ""}) if searched else forms.Select()
    return forms.TypedChoiceField(
        label=label, help_text=hint, required=required, coerce=int, empty_value=None, widget=widget
    )  # fmt: skip


def some_of(label: Any, *, hint: Any = "", required: bool = True) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, help_text=hint, required=required, coerce=int, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


class OpenDeskForm(Choosing):
    unit_id = one_of(_("Unit"), searched="yes")

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("unit_id", [("", _("Choose a unit")), *units])


class ShiftForm(forms.Form):
    name = PlainText(
        label=_("Name"), max_length=20, help_text=_("A known name gets its next version.")
    )
    starts = forms.TimeField(
        label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Ends"), help_text=_("Not later than it begins: on the next day."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    leaders = count_field(pgettext_lazy("post", "Leaders on duty"))
    dispatchers = count_field(pgettext_lazy("post", "People on duty"))
    partners = count_field(pgettext_lazy("post", "Partners on call"))
    valid_from = day_field(_("In force from"))
    source = PlainText(label=_("Reason or source of the change"), max_length=200)


class SeatForm(Choosing):
    """One place of one shift; day, shift and post come with the address."""

    member = one_of(_("Who"))
    note = PlainText(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("member", [("", _("Choose one")), *members])


class ReasonForm(forms.Form):
    reason = PlainText(label=_("Reason"), max_length=300)


class RotationForm(Choosing):
    name = PlainText(
        label=_("Name"), max_length=60, help_text=_("A known name is changed; a new one is added.")
    )
    post = forms.ChoiceField(label=_("On duty as"), choices=Post.choices)
    patterns = some_of(_("Shifts"))
    days = forms.ChoiceField(label=pgettext_lazy("rotation", "Days"), choices=Days.choices)
    every = forms.ChoiceField(label=_("The next one comes"), choices=Every.choices)
    members = PlainText(
        label=_("Order of turns"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One name a line, in the order of their turns. Names of the list beside."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, shifts: Sequence[tuple[int, str]], known: dict[str, list[tuple[int, str]]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.known = known
        self.choices_of("patterns", shifts)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "members" in values and "post" in values:
            values["members"] = self._members(values["members"], values["post"])
        return values

    def _members(self, text: str, post: str) -> list[int]:
        """Read names into ids; a name that two people have takes its place in the list beside: 李伟 2."""
        ids: list[int] = []
        strange: list[str] = []
        labels = {name: pk for pk, name in self.known.get(post, [])}
        for name in filter(None, (line.strip() for line in text.replace("、", "\n").splitlines())):
            if name in labels:
                ids.append(labels[name])
            else:
                strange.append(name)
        if strange:
            words = gettext("Nobody of this name can be on duty as this here: {names}.")
            self.add_error("members", words.format(names="、".join(strange[:8])))
        return ids


class GenerateForm(Choosing):
    rotation_id = one_of(_("Rotation"))
    since = day_field(_("From"))
    until = day_field(_("Until"))
    begin_with = PlainText(
        label=_("Begin with whom"), required=False, max_length=60, help_text=_("Empty: after whoever had the last turn.")
    )  # fmt: skip

    def __init__(self, *args: Any, rotations: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("rotation_id", [("", _("Choose one")), *rotations])


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Table (CSV or XLSX)"))


class SwapForm(Choosing):
    other_id = one_of(
        _("Their shift in return"), required=False, searched="yes",
        hint=_("Leave it empty when a colleague only takes yours."),
    )  # fmt: skip
    taker_id = one_of(
        _("Colleague"), required=False, hint=_("Only where no shift is given in return.")
    )
    reason = PlainText(label=_("Reason"), max_length=200)

    def __init__(
        self, *args: Any, others: Sequence[tuple[int, str]], takers: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.choices_of("other_id", [("", _("No shift in return")), *others])
        self.choices_of("taker_id", [("", "—"), *takers])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not values.get("other_id") and not values.get("taker_id"):
            self.add_error(
                "other_id", gettext("Choose a shift in return, or a colleague who takes yours.")
            )
        return values


class PointForm(forms.Form):
    number = PlainText(label=_("Number of the matter"), max_length=24, required=False)
    title = PlainText(label=_("Or in words"), max_length=200, required=False)
    note = PlainText(label=_("What the next shift should do"), max_length=500, required=False)


class AdditionForm(forms.Form):
    text = lines_field(
        _("Addition"),
        most=2000,
        hint=_("What was signed stays; this stands below it with your name."),
    )


class Addressing(Choosing):
    """Whom something goes to: groups, single units, or both."""

    unit_id = one_of(_("Issued by"))
    groups = forms.MultipleChoiceField(
        label=_("Whole groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = some_of(_("Single units"), required=False)

    def address(self, mine: Sequence[tuple[int, str]], to: Addressees) -> None:
        self.choices_of("unit_id", mine)
        self.choices_of("groups", to.groups)
        self.choices_of("units", to.units)
        self.fields["unit_id"].initial = mine[0][0] if mine else None
        if len(mine) == 1:
            self.fields["unit_id"].widget = forms.HiddenInput()
        if not to.groups:
            del self.fields["groups"]


class BulletinForm(Addressing):
    title = PlainText(label=_("Title"), max_length=120)
    text = lines_field(_("Text"), most=20_000, rows=8)
    valid_until = moment_field(_("In force until"))
    urgency = forms.ChoiceField(
        label=_("Told"), required=False, choices=[("", _("in ordinary hours")), ("urgent", _("at once, at night too"))]
    )  # fmt: skip
    field_order = ("unit_id", "title", "text", "valid_until", "urgency", "groups", "units")


class InstructionForm(Addressing):
    title = PlainText(label=_("Title"), max_length=120)
    text = lines_field(pgettext_lazy("instruction", "What is to be done"), most=20_000, rows=8)
    urgency = forms.ChoiceField(label=_("Urgency"), widget=forms.RadioSelect)
    due_at = moment_field(
        _("Answer until"), required=False, hint=_("Empty: as the time rule of the urgency says.")
    )  # fmt: skip
    numbers = PlainText(
        label=_("Matters"), required=False, max_length=1000,
        help_text=_("Numbers of matters it speaks of, with blanks between."),
    )  # fmt: skip
    field_order = ("unit_id", "title", "text", "urgency", "due_at", "numbers", "groups", "units")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("urgency", [(one.code, one.name) for one in urgencies().values()])

    def clean_numbers(self) -> list[str]:
        text = self.cleaned_data["numbers"]
        for mark in "，,、;；\n":
            text = text.replace(mark, " ")
        return list(dict.fromkeys(text.split()))


class AmendForm(forms.Form):
    text = lines_field(_("New text"), most=20_000, rows=8)
    reason = PlainText(label=_("Reason of the change"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9999)


class NoteForm(forms.Form):
    note = lines_field(_("Note"), most=5000, required=False)


class ContactForm(Choosing):
    unit_id = one_of(_("Unit"), searched="yes")
    post = PlainText(
        label=_("Post"), max_length=60, help_text=_("A post, not a person: 值班室, 带班电话, 传真.")
    )
    phone = PlainText(label=_("Telephone"), max_length=30)
    hours = PlainText(label=pgettext_lazy("contact", "Hours"), max_length=60, required=False)
    note = PlainText(label=_("Note"), max_length=120, required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("unit_id", units)


class OwnNumberForm(Choosing):
    unit_id = one_of(_("Unit"))
    phone = PlainText(label=_("My number"), max_length=30)
    hours = PlainText(label=_("When I can be called"), max_length=60, required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("unit_id", units)


class RoomForm(Choosing):
    unit_id = one_of(_("Unit"), searched="yes")
    name = PlainText(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("video", pgettext_lazy("room", "Video")), ("voice", pgettext_lazy("room", "Voice"))]
    )  # fmt: skip
    url = PlainText(
        label=_("Address"), max_length=300, help_text=_("https://, http://, tel: or sip:; opened as it stands.")
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("unit_id", units)
