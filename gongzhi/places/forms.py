"""The shape of what people type about places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.places.models import Grade, Kind, Status
from gongzhi.places.rules.coordinates import SYSTEMS

_SYSTEMS = [(system, system) for system in SYSTEMS]
_ANY = ("", _("All"))


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.geojson,.json"})
    )
    system = forms.ChoiceField(
        label=_("Coordinate system of the file"),
        choices=_SYSTEMS,
        help_text=_("Surveys mostly use CGCS2000, phones WGS-84, map services GCJ-02 or BD-09."),
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=_day())


class CloseForm(forms.Form):
    on = forms.DateField(label=_("First day without the area"), widget=_day())
    replaced_by = forms.CharField(
        label=_("Codes of the areas that take its place"),
        required=False,
        max_length=400,
        help_text=_("Separate them with spaces or commas."),
    )

    def codes(self) -> list[str]:
        text: str = self.cleaned_data["replaced_by"]
        return text.replace(",", " ").replace("，", " ").split()


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)


class FilterForm(forms.Form):
    """What narrows the list, the map, the labels and the export of premises."""

    q = forms.CharField(required=False, max_length=100)
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=[_ANY, *Kind.choices], coerce=int, empty_value=None, required=False
    )
    status = forms.TypedChoiceField(
        label=_("Status"),
        choices=[_ANY, *Status.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    grade = forms.TypedChoiceField(
        label=_("Grade"),
        choices=[_ANY, *Grade.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    area = forms.CharField(required=False, max_length=240, widget=forms.HiddenInput)
    parent = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class PremisesForm(forms.Form):
    code = forms.RegexField(
        r"^[0-9A-Za-z_\-]{1,40}$",
        label=_("Code"),
        error_messages={"invalid": _("Only letters, digits, - and _, at most 40.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.name.lower(), kind.label) for kind in Kind]
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=240, required=False)
    lon = forms.FloatField(label=_("Longitude (WGS-84)"), required=False)
    lat = forms.FloatField(label=_("Latitude (WGS-84)"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[(status.name.lower(), status.label) for status in Status]
    )
    grade = forms.ChoiceField(
        label=_("Grade"),
        required=False,
        choices=[("", Grade.NONE.label), *((g.name, g.label) for g in Grade if g)],
    )
    area_code = forms.CharField(
        label=_("Code of the area"),
        max_length=40,
        required=False,
        help_text=_("Only needed where there is no point."),
    )
    parent_code = forms.CharField(label=_("Belongs to (code)"), max_length=40, required=False)

    def values(self) -> dict[str, str]:
        return {name: "" if v is None else str(v) for name, v in self.cleaned_data.items()}


def starting_values(row: Any) -> dict[str, Any]:
    """Return what the form of known premises begins with."""
    return {
        "code": row.code,
        "kind": Kind(row.kind).name.lower(),
        "name": row.name,
        "address": row.address,
        "lon": row.lon,
        "lat": row.lat,
        "status": Status(row.status).name.lower(),
        "grade": Grade(row.grade).name if row.grade else "",
        "parent_code": row.parent_code,
        "area_code": row.area.code if row.area and row.lon is None else "",
    }
