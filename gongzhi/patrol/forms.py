"""The shape of what people type at the patrol desk."""

import csv
import io
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.tables.reading import Table, UnreadableFile, read_tables
from gongzhi.patrol.actions import PlanSaid
from gongzhi.patrol.queries import PlanRow
from gongzhi.patrol.queries.desk.words import KIND_NAMES
from gongzhi.places import queries as places

LARGEST_TABLE = 2_000_000  # bytes of a workbook
MOST_LINES = 5000
PLANNED = (3, 4, 5)  # kinds of premises that check-lists are for
CALL_KINDS = [
    ("verify", pgettext_lazy("patrol call", "Verify")),
    ("check", pgettext_lazy("patrol call", "Check")),
    ("revisit", pgettext_lazy("patrol call", "Visit again")),
    ("urgent", pgettext_lazy("patrol call", "Urgent call")),
]


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def _area(path: str, field: str, form: forms.Form) -> str:
    """Return the path of an area that exists, else say so beside the field."""
    try:
        return places.area(path).path if path else ""
    except ObjectDoesNotExist:
        form.add_error(field, _("There is no such area; choose one from the list."))
        return ""


class RedrawForm(forms.Form):
    on = forms.DateField(widget=forms.HiddenInput)
    area = forms.CharField(widget=forms.HiddenInput, max_length=240, required=False)

    def clean_area(self) -> str:
        return _area(self.cleaned_data["area"], "area", self)


class PlanKindForm(forms.Form):
    """What a new plan is for; its periods are said on the next page."""

    name = forms.CharField(label=_("Name"), max_length=80)
    group = forms.ChoiceField(label=_("Kind of premises"))
    area = forms.ChoiceField(label=_("Area"), required=False)
    valid_from = forms.DateField(label=_("In force from"), widget=_day())
    days = forms.IntegerField(
        label=_("Every how many days"), min_value=1, max_value=731, initial=30,
        help_text=_("For every class and grade; on the next page each can have its own period."),
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Any = (), areas: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("group", groups), ("area", areas)):
            field: Any = self.fields[name]
            field.choices = list(choices)

    def said(self) -> PlanSaid:
        values = self.cleaned_data
        group, _slash, kind = values["group"].partition("/")
        return PlanSaid(
            name=values["name"], group=group, kind=kind, area_path=values["area"],
            valid_from=values["valid_from"], days={("", ""): values["days"]},
        )  # fmt: skip


class PlanForm(forms.Form):
    """What stands beside the table of a plan's periods."""

    name = forms.CharField(label=_("Name"), max_length=80)
    valid_from = forms.DateField(label=_("In force from"), widget=_day())
    valid_to = forms.DateField(
        label=_("First day it no longer holds"), widget=_day(), required=False
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    @staticmethod
    def starting(row: PlanRow) -> dict[str, Any]:
        return {
            "name": row.name, "valid_from": row.valid_from, "valid_to": row.valid_to, "reason": row.reason,
        }  # fmt: skip


class EndForm(forms.Form):
    last_on = forms.DateField(label=_("Last day"), widget=_day())
    reason = forms.CharField(
        label=_("Reason"), max_length=200, min_length=2, widget=forms.Textarea(attrs={"rows": 2})
    )


class CallForm(forms.Form):
    """An officer is asked to do something about a matter, premises, or an area."""

    kind = forms.ChoiceField(label=_("What for"), choices=CALL_KINDS)
    words = forms.CharField(
        label=_("What is to be done"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    number = forms.CharField(label=_("Number of the matter"), max_length=24, required=False)
    premises = forms.CharField(label=_("Code of the premises"), max_length=40, required=False)
    area = forms.ChoiceField(label=_("or a place"), required=False)
    officer = forms.TypedChoiceField(
        label=_("Officer"), coerce=int, empty_value=None, required=False,
        help_text=_("Left open, the nearest officer on shift with the fewest calls is called."),
    )  # fmt: skip
    due_at = forms.DateTimeField(
        label=pgettext_lazy("deadline", "Until"), widget=_moment(), required=False
    )

    def __init__(self, *args: Any, areas: Any = (), officers: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self._choose("area", [("", _("—")), *areas])
        self._choose("officer", [("", _("The best one for the place")), *officers])

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def said(self) -> dict[str, Any]:
        """Return what the action takes."""
        values = self.cleaned_data
        return {
            "kind": values["kind"], "words": values["words"], "number": values["number"].strip(),
            "premises_code": values["premises"].strip(), "area_path": values["area"],
            "user_id": values["officer"], "due_at": values["due_at"],
        }  # fmt: skip


class SampleForm(forms.Form):
    """What is drawn from, how many, and until when it is checked again."""

    name = forms.CharField(label=_("Name"), max_length=80)
    area = forms.ChoiceField(label=_("Area"), required=False)
    kind = forms.TypedChoiceField(
        label=_("Kind of premises"), coerce=int, empty_value=None, required=False,
        choices=[("", _("all kinds")), *((n, name) for n, name in KIND_NAMES.items() if n in PLANNED)],
    )  # fmt: skip
    since = forms.DateField(label=_("Visits from"), widget=_day())
    until = forms.DateField(label=_("Visits until"), widget=_day())
    size = forms.IntegerField(label=_("How many visits are drawn"), min_value=1, max_value=2000)
    due_on = forms.DateField(label=_("Checked again by"), widget=_day())

    def __init__(self, *args: Any, areas: Any = (), **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["area"]
        field.choices = list(areas)

    @staticmethod
    def starting(on: date) -> dict[str, Any]:
        """Return what the form proposes: the last week, to be checked again within a week."""
        return {
            "since": on - timedelta(days=7), "until": on - timedelta(days=1), "size": 20,
            "due_on": on + timedelta(days=7),
        }  # fmt: skip

    def said(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["area_path"], values["premises_kind"] = values.pop("area"), values.pop("kind")
        return values


class ListsForm(forms.Form):
    """Check-lists as a workbook with two sheets (or a ZIP of two CSV files); first tried, then confirmed."""

    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.zip"})
    )
    lists = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LARGEST_TABLE)
    lines = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LARGEST_TABLE)
    valid_from = forms.DateField(label=_("Valid from"), widget=_day())

    @property
    def is_confirmed(self) -> bool:
        return not self.cleaned_data["file"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if upload := values.get("file"):
            self._read(upload, values)
        elif not values.get("lists") and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return values

    def _read(self, upload: Any, values: dict[str, Any]) -> None:
        try:
            found = {
                "lines" if "item" in table.header else "lists": as_csv(table)
                for _title, table in read_tables(upload.read(LARGEST_TABLE + 1))
            }
        except UnreadableFile:
            found = {}
        if set(found) != {"lists", "lines"}:
            self.add_error(
                "file",
                _(
                    "This is no workbook with a sheet of lists and a sheet of lines. Export one and change it."
                ),
            )
        values.update(found)

    def tables(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "lists": values["lists"].encode(), "lines": values["lines"].encode(),
            "valid_from": values["valid_from"],
        }  # fmt: skip

    def to_confirm(self) -> dict[str, str]:
        values = self.cleaned_data
        return {
            "lists": values["lists"], "lines": values["lines"],
            "valid_from": values["valid_from"].isoformat(),
        }  # fmt: skip


def as_csv(table: Table) -> str:
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(table.header)
    writer.writerows(row for _number, row in table.numbered(MOST_LINES))
    return page.getvalue()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, min_length=2, widget=forms.Textarea(attrs={"rows": 2})
    )


class DecisionForm(forms.Form):
    """What is decided about an objection to a figure, and why."""

    decision = forms.ChoiceField(
        label=pgettext_lazy("appeal", "Decision"), choices=[("uphold", _("It is right")), ("refuse", _("It is not right"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Reason, which the officer reads"), max_length=500, min_length=2,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
