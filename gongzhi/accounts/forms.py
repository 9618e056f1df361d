"""What people send to this module's pages."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _

from gongzhi.accounts import queries
from gongzhi.accounts.actions.imports import area_path_of
from gongzhi.accounts.models import Unit
from gongzhi.base.errors import OutOfReach

LARGEST_TABLE = 20 * 1024 * 1024


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(
            attrs={"type": "date", "min": "2000-01-01", "max": "2099-12-31"}, format="%Y-%m-%d"
        ),
    )


class AreaField(forms.CharField):
    """An area by its official code or its path; empty is the whole city."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return area_path_of(text)
        except ObjectDoesNotExist:
            raise ValidationError(_("There is no area with this code.")) from None


class UnitField(forms.CharField):
    """A unit by its code; cleaned to its id."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).split(" ")[0]
        if not text:
            return None
        try:
            return queries.unit_by_code(text).id
        except OutOfReach:
            raise ValidationError(_("There is no unit with this code.")) from None


def _area(*, required: bool = False) -> AreaField:
    return AreaField(
        label=_("Area"),
        required=required,
        max_length=120,
        help_text=_("Official code or path; empty means the whole city."),
        widget=forms.TextInput(attrs={"list": "areas", "autocomplete": "off"}),
    )


def _unit(label: Any, *, help_text: Any = "") -> UnitField:
    return UnitField(
        label=label,
        required=False,
        max_length=200,
        help_text=help_text,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "class": "num"}
        ),
    )


class PasswordForm(forms.Form):
    current = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("new") != values.get("again"):
            self.add_error("again", _("The two do not agree."))
        return values


class OwnPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), min_length=2, max_length=500)


class UnitForm(forms.Form):
    code = forms.RegexField(
        r"^[0-9A-Za-z_.-]+$",
        label=_("Code"),
        max_length=60,
        help_text=_("Letters, digits, hyphens; it cannot be changed later."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind.choices)
    parent = _unit(_("Belongs to"), help_text=_("Code of the unit above; empty for the top."))
    area_path = _area()


class UnitChangeForm(UnitForm):
    code = None  # type: ignore[assignment]


class ClosingForm(ReasonForm):
    on = _day(_("Last day"))


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.RegexField(
        r"^[0-9+\- ]{5,30}$", label=_("Telephone"), max_length=30, required=False
    )
    email = forms.EmailField(label=_("E-mail"), required=False)


class NewPersonForm(PersonForm):
    username = forms.RegexField(
        r"^[0-9A-Za-z_.@-]+$",
        label=_("User name"),
        max_length=60,
        help_text=_("Letters, digits, hyphens; people sign in with it."),
    )
    field_order = ("username", "name", "phone", "email")


class PostingForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    unit = _unit(_("Unit"))
    area_path = _area()
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(code, role.name) for code, role in queries.roles().items()]


class SubstituteForm(forms.Form):
    substitute = forms.CharField(
        label=_("Substitute"), max_length=60, help_text=_("User name of who stands in.")
    )
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"))
    reason = forms.CharField(label=_("Reason"), min_length=2, max_length=200)

    def clean_substitute(self) -> int:
        person = queries.person_by_username(self.cleaned_data["substitute"])
        if person is None:
            raise ValidationError(_("There is no such person."))
        return person.id


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV (UTF-8 or GB18030) or XLSX, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx"}),
    )

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_TABLE:
            raise ValidationError(_("The file is larger than 20 MB: send it in parts."))
        content: bytes = upload.read()
        return content
