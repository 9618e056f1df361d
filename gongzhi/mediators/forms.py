"""What is asked about bodies and mediators."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.texts import PlainText
from gongzhi.mediators import queries

KINDS = (
    ("committee", _("People's mediation committee")), ("studio", _("Mediation studio")),
    ("police_room", _("Mediation room at a police station")), ("court_room", _("Mediation room at a court")),
    ("chamber", _("Chamber of commerce")), ("association", _("Industry association")),
    ("specialist", _("Specialist committee")), ("office", _("Administrative mediation")),
    ("arbitration", _("Arbitration mediation")), ("lawyers", _("Lawyers' mediation")), ("notary", _("Notaries' mediation")),
)  # fmt: skip
EMPLOYMENTS = (("full", _("Full time")), ("part", _("Part time")), ("lawyer", _("Lawyer")), ("invited", _("Specially invited")))  # fmt: skip
SEATS = (("", _("No seat: engaged")), ("chair", pgettext_lazy("seat", "Chair")), ("deputy", pgettext_lazy("seat", "Deputy chair")), ("member", pgettext_lazy("seat", "Member")))  # fmt: skip
COURSES = (("yearly", pgettext_lazy("training", "Yearly")), ("initial", pgettext_lazy("training", "Before taking office")), ("special", pgettext_lazy("training", "Special subject")))  # fmt: skip
VERDICTS = (
    ("unfounded", pgettext_lazy("conduct", "Not founded")), ("criticism", pgettext_lazy("conduct", "Criticised")),
    ("correction", pgettext_lazy("conduct", "To be corrected")), ("removal", pgettext_lazy("conduct", "Removed from office")),
)  # fmt: skip
SHOWN = (
    ("expertise", _("Fields")), ("languages", _("Languages")), ("grade", _("Grade")), ("about", _("A few words about me")),
    ("days", _("Days on which I take sessions")),
)  # fmt: skip


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


def _lines(label: Any, *, hint: Any = "", most: int = 1000, required: bool = True) -> PlainText:
    return PlainText(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip


def _several(label: Any, hint: Any = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=required, widget=forms.CheckboxSelectMultiple
    )


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = list(choices)


class BodyForm(forms.Form):
    name = PlainText(label=_("Name"), max_length=120)
    code = PlainText(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    unit_id = forms.TypedChoiceField(
        label=_("Unit"), coerce=int, help_text=_("Whose inbox its disputes come to.")
    )
    area_path = forms.ChoiceField(label=_("Serves"))
    expertise = _several(_("Fields"), _("None: takes every kind of dispute."))
    founder = PlainText(label=_("Founded by"), max_length=120, required=False)
    founded_on = _day(_("Founded on"), required=False)
    term_ends_on = _day(_("Term ends on"), required=False)
    address = PlainText(label=_("Address"), max_length=200, required=False)
    phone = PlainText(label=_("Telephone of the office"), max_length=30, required=False)
    about = _lines(_("In the public directory"), most=300, required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        _offer(self, "unit_id", units)
        _offer(self, "area_path", areas)
        _offer(self, "expertise", queries.fields().items())


class TermForm(forms.Form):
    begins_on = _day(_("Elected on"), _("The term of the members runs from this day."))
    source = PlainText(label=_("By which election or paper"), max_length=200)


class ReasonForm(forms.Form):
    reason = _lines(_("Reason"), most=300)


class FiledForm(forms.Form):
    filed_on = _day(_("Filed on"))
    number = PlainText(label=_("Filing number"), max_length=60)


class MediatorForm(forms.Form):
    name = PlainText(label=pgettext_lazy("person", "Name"), max_length=60)
    employment = forms.ChoiceField(label=_("Employment"), choices=EMPLOYMENTS)
    seat = forms.ChoiceField(label=_("Seat in the committee"), choices=SEATS, required=False)
    is_woman = forms.BooleanField(
        label=_("Woman"), required=False, help_text=_("Each committee has at least one.")
    )
    appointed_on = _day(_("In office since"))
    term_ends_on = _day(_("Term ends on"), required=False)
    username = PlainText(
        label=_("User name"), max_length=150, required=False, help_text=_("Of the account they work with, if there is one.")
    )  # fmt: skip
    most_open = forms.IntegerField(
        label=_("Disputes at a time, at most"), min_value=1, max_value=100
    )
    expertise = _several(_("Fields"))
    languages = _several(_("Languages"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "expertise", queries.fields().items())
        _offer(self, "languages", queries.languages().items())


class CourseForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of course"), choices=COURSES)
    on = _day(pgettext_lazy("training", "Held on"))
    hours = forms.DecimalField(label=pgettext_lazy("training", "Hours"), max_digits=5, decimal_places=1, min_value=0.5, max_value=200)  # fmt: skip
    subject = PlainText(label=pgettext_lazy("training", "Subject"), max_length=120)
    organiser = PlainText(label=_("Organised by"), max_length=120, required=False)


class GradeForm(forms.Form):
    grade = forms.ChoiceField(label=_("Grade"))
    since = _day(pgettext_lazy("grade", "Since"))
    source = PlainText(label=_("By which paper"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "grade", queries.grades().items())


class LeaveForm(forms.Form):
    left_on = _day(_("Last day in office"))
    reason = PlainText(label=_("Reason"), max_length=200)


class ComplaintForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"))
    happened_on = _day(_("Happened on"))
    matter_number = PlainText(label=_("Number of the dispute"), max_length=14, required=False)
    text = _lines(_("What happened"), hint=_("No names of the parties."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "ground", ((one.code, f"{one.name}（{one.source}）") for one in queries.grounds().values()))  # fmt: skip


class VerdictForm(forms.Form):
    state = forms.ChoiceField(
        label=pgettext_lazy("conduct", "Decision"), choices=VERDICTS, widget=forms.RadioSelect
    )
    reason = _lines(_("Reason"), hint=_("The mediator reads it and may appeal."))


class AppealForm(forms.Form):
    text = _lines(_("Why do you not agree?"))


class AnswerForm(forms.Form):
    is_upheld = forms.TypedChoiceField(
        label=pgettext_lazy("conduct", "Decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Upheld: nothing stays on the record")), ("no", pgettext_lazy("appeal", "Not upheld"))],
    )  # fmt: skip
    answer = _lines(_("Reason"), hint=_("The mediator reads it."))


class DaysForm(forms.Form):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days on which I take sessions"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(n + 1, label) for n, label in WEEKDAYS.items()],
    )  # fmt: skip
    most_open = forms.IntegerField(label=_("Disputes at a time, at most"), min_value=1, max_value=100)  # fmt: skip


class AbsenceForm(forms.Form):
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))


class FaceForm(forms.Form):
    is_public = forms.BooleanField(
        label=_("I agree to stand in the public directory with my name and my committee"), required=False,
        help_text=_("You can take this back at any time; it holds at once."),
    )  # fmt: skip
    shows = _several(_("And with"))
    languages = _several(_("Languages"))
    about = _lines(_("A few words about me"), most=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "shows", SHOWN)
        _offer(self, "languages", queries.languages().items())


class StudioForm(forms.Form):
    name = PlainText(label=_("Name of the studio"), max_length=120)
    address = PlainText(label=_("Where it is"), max_length=200)
    expertise = _several(_("Fields"), required=True)
    words = _lines(_("What you want to work on, and with what experience"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "expertise", queries.fields().items())


class LookForm(forms.Form):
    words = _lines(_("What was seen on site"), most=500)


class DecideForm(forms.Form):
    is_approved = forms.TypedChoiceField(
        label=pgettext_lazy("conduct", "Decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Approved: it enters the registry")), ("no", _("Refused"))],
    )  # fmt: skip
    reason = _lines(_("Reason"), most=500, hint=_("The mediator reads it."))


class TableForm(forms.Form):
    file = forms.FileField(label=_("Table (XLSX or CSV)"))
