"""Input shapes of the calendar and time-rule pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.clocks import queries
from gongzhi.clocks.models import HolidayDay
from gongzhi.clocks.queries import Limit, UnfitLimit

UNITS = [
    ("minute", _("minutes")),
    ("hour", _("hours")),
    ("day", _("days")),
    ("month", _("months")),
    ("year", _("years")),
]
COUNTINGS = [
    ("service", _("Service time: only service hours count")),
    ("continuous", _("Urgent: every hour counts")),
    ("working", _("Whole working days")),
    ("calendar", _("Days by the calendar")),
]
ENDS = [("day", _("at the end of the day")), ("service", _("at the end of service hours"))]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayForm(forms.Form):
    date = forms.DateField(label=_("Date"), widget=DateInput)
    kind = forms.ChoiceField(label=_("This day is"), choices=HolidayDay.Kind.choices)
    name = forms.CharField(label=_("Holiday"), max_length=40, required=False)
    source = forms.CharField(
        label=_("Basis"), max_length=200, required=False,
        help_text=_("The notice this comes from, with its number."),
    )  # fmt: skip


class HoursForm(forms.Form):
    valid_from = forms.DateField(label=_("In force from"), widget=DateInput)
    hours = forms.CharField(
        label=_("Service hours"), max_length=400,
        help_text=_("For example: 1-5 08:00-12:00 14:00-18:00; 6 09:00-12:00 (1 is Monday)"),
    )  # fmt: skip
    makeup = forms.CharField(
        label=_("Hours of make-up workdays"), max_length=100, required=False,
        help_text=_("Empty: the hours of an ordinary day."),
    )  # fmt: skip
    source = forms.CharField(label=_("Basis"), max_length=200, required=False)


class CalendarForm(HoursForm):
    valid_from = None  # type: ignore[assignment]  # the first version holds from the beginning
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Letters, digits and hyphens; it stays.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.CharField(
        label=_("Code of the unit"), max_length=60, required=False,
        help_text=_("Its sub-units use the calendar too. Empty: for a kind of duty, not a unit."),
    )  # fmt: skip
    keeps_holidays = forms.BooleanField(
        label=_("Closed on public holidays"), required=False, initial=True
    )
    field_order = ("code", "name", "unit", "hours", "makeup", "keeps_holidays", "source")


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Table"), help_text=_("CSV or XLSX with the columns 日期, 类型, 名称, 来源.")
    )


class LimitForm(forms.Form):
    """The fields of a limit; `limit` is there once the form is valid."""

    amount = forms.IntegerField(label=_("Limit"), min_value=1, max_value=1_000_000, required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, initial="day", required=False)
    counting = forms.ChoiceField(
        label=_("What counts"), choices=COUNTINGS, initial="service", required=False
    )
    from_next_day = forms.BooleanField(label=_("Counted from the next day"), required=False)
    rolls_over = forms.BooleanField(
        label=_("A last day off moves to the next working day"), required=False
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        values["limit"] = None
        for part in ("unit", "counting"):
            if values.get("amount") and not values.get(part) and part not in self.errors:
                self.add_error(part, _UNFIT[part])
        if values.get("amount") and values.get("unit") and values.get("counting"):
            try:
                values["limit"] = Limit.from_dict({k: v for k, v in values.items() if v != ""})
            except UnfitLimit as error:
                self.add_error(
                    error.part if error.part in self.fields else None, _UNFIT[error.part]
                )
        return values


_UNFIT = {
    "amount": _("This limit is too long."),
    "unit": _("Choose a unit."),
    "counting": _("This way of counting does not go with the unit."),
    "ends_at": _("Choose when the last day ends."),
    "warn_percent": _("Between 0 and 100."),
}


class RuleForm(LimitForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    ends_at = forms.ChoiceField(label=_("The last day ends"), choices=ENDS)
    warn_percent = forms.IntegerField(
        label=_("Amber in the last … percent"), min_value=0, max_value=100, initial=25
    )
    most = forms.IntegerField(label=_("At most (times)"), min_value=1, max_value=99, required=False)
    levels = forms.IntegerField(
        label=_("Levels of approval"), min_value=1, max_value=9, required=False
    )
    valid_from = forms.DateField(label=_("In force from"), widget=DateInput)
    source = forms.CharField(label=_("Source (law and article)"), max_length=200)
    field_order = ("name", "amount", "unit", "counting", "ends_at", "warn_percent", "from_next_day", "rolls_over", "most", "levels", "valid_from", "source")  # fmt: skip


class TryForm(LimitForm):
    rule = forms.ChoiceField(label=_("Time rule"), required=False)
    start = forms.DateTimeField(label=_("Begins"), widget=MomentInput)
    calendar = forms.ChoiceField(label=_("Calendar"))
    paused_from = forms.DateTimeField(label=_("Paused from"), widget=MomentInput, required=False)
    paused_to = forms.DateTimeField(label=_("Paused to"), widget=MomentInput, required=False)
    field_order = ("start", "calendar", "rule", "amount", "unit", "counting", "from_next_day", "rolls_over", "paused_from", "paused_to")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [(rule.code, rule.name) for rule in queries.rules_in_force() if rule.limit]
        self.fields["rule"].choices = [("", _("— own limit below —")), *dict(rules).items()]  # type: ignore[attr-defined]
        rows = [(row.code, row.name) for row in queries.calendars()]
        self.fields["calendar"].choices = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("rule") and not values.get("amount"):
            self.add_error("amount", _("Choose a rule or give a limit."))
        if values.get("paused_to") and not values.get("paused_from"):
            self.add_error("paused_from", _("Say when the pause begins."))
        return values
