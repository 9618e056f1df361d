"""What residents type in their corner."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.incidents import queries as incidents
from gongzhi.residents import queries
from gongzhi.residents.actions import RADII

CODE = forms.TextInput(
    attrs={
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "pattern": "[0-9]{6}",
        "class": "code-input",
    }
)


class PhoneForm(forms.Form):
    phone = PlainText(
        label=_("Mobile number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
        error_messages={"required": _("Write a mobile number of 11 digits.")},
    )


class CodeForm(forms.Form):
    code = PlainText(
        label=_("Code of six digits"),
        max_length=12,
        widget=CODE,
        error_messages={"required": _("Write the code of six digits.")},
    )


class ClaimForm(forms.Form):
    number = PlainText(
        label=_("Number"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "26-0001-8427-7"}
        ),
    )
    code = PlainText(
        label=_("Receipt code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    large_type = forms.BooleanField(label=_("Large type"), required=False)
    by_sms = forms.BooleanField(label=_("By text message"), required=False)
    by_email = forms.BooleanField(label=_("By e-mail"), required=False)
    digest = forms.BooleanField(
        label=_("All news in one message a day"),
        required=False,
        help_text=_("It comes when your quiet hours end."),
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput({"type": "time"}))
    quiet_to = forms.TimeField(label=_("Quiet until"), widget=forms.TimeInput({"type": "time"}))
    paused_until = forms.DateField(
        label=_("No messages until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty to be told as set above."),
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=200, widget=forms.EmailInput({"autocomplete": "email"})
    )


class DeleteForm(forms.Form):
    forget_contact = forms.BooleanField(
        label=_("Also take my phone number and e-mail out of my reports"),
        required=False,
        initial=True,
        help_text=_("You then hear of them with number and code only."),
    )
    sure = forms.BooleanField(
        label=_("Delete my account for good"),
        error_messages={"required": _("Tick this box to delete the account.")},
    )


class AlertForm(forms.Form):
    """Streets to watch: a village, or a point with a distance; and what kinds of problems."""

    area = forms.ChoiceField(label=_("Village or community"), required=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    radius = forms.TypedChoiceField(label=_("Distance"), coerce=int, initial=500)
    classes = forms.MultipleChoiceField(
        label=_("Which problems?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "area": _areas,
            "radius": [(metres, _distance(metres)) for metres in RADII],
            "classes": queries.class_choices,
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered


def _areas() -> list[Any]:
    return [("", gettext("Choose the village or community")), *incidents.villages()]


def _distance(metres: int) -> str:
    if metres < 1000:
        return gettext("{n} m").format(n=metres)
    return gettext("{n} km").format(n=metres // 1000)


def initial_of(resident: Any) -> dict[str, Any]:
    return {name: getattr(resident, name) for name in SettingsForm.base_fields}
