"""What residents are asked."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.texts import PlainText
from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents import queries as incidents
from gongzhi.matters import queries as matters

KEY = re.compile(r"[0-9A-Za-z_-]{16,50}")
TOKEN = re.compile(r"[0-9A-Za-z_-]{10,32}")
MOST_FILES = 6
OLDEST = timedelta(days=365)  # what was seen before that is reported as it is now
TOWN = 1
PHONE = RegexValidator(
    r"^(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8})$",
    gettext_lazy("Write a mobile or landline number, for example 13800000000."),
)
HIDDEN = forms.HiddenInput(attrs={"data-draft-keep": ""})
_NO_PLACE = gettext_lazy("The place is not readable: tap the map again.")


class ReportForm(forms.Form):
    """A report. Its questions depend on the item, so the form is made anew when the item changes."""

    item = forms.IntegerField(
        label=gettext_lazy("What is it about?"),
        error_messages={
            "required": gettext_lazy("Choose what it is about."),
            "invalid": gettext_lazy("Choose what it is about."),
        },
    )
    lon = forms.FloatField(required=False, widget=HIDDEN, error_messages={"invalid": _NO_PLACE})
    lat = forms.FloatField(required=False, widget=HIDDEN, error_messages={"invalid": _NO_PLACE})
    area = forms.ChoiceField(label=gettext_lazy("Village or community"), required=False)
    address = PlainText(
        label=gettext_lazy("Address or landmark"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: beside the bus stop, opposite house 12."),
    )
    text = PlainText(
        label=gettext_lazy("In your own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "What it is, and whether it is dangerous. Leave out names and identity numbers."
        ),
    )
    seen_at = forms.DateTimeField(
        label=gettext_lazy("When did you see it?"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "data-photo-time": ""}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"invalid": gettext_lazy("Write day and time, or leave it empty.")},
        help_text=gettext_lazy("Taken from the photo where it says so; change it if it is wrong."),
    )
    phone = PlainText(
        label=gettext_lazy("Phone"),
        max_length=20,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    keep_private = forms.BooleanField(
        label=gettext_lazy("Do not publish this report"),
        required=False,
        help_text=gettext_lazy(
            "Without it, moderators may show the problem on the public pages, never who reported it. The handling is the same."
        ),
    )
    premises = PlainText(max_length=40, required=False, widget=HIDDEN)
    idempotency_key = forms.CharField(required=False, widget=HIDDEN)
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = _villages_to_choose
        self.item_row = incidents.item_typed(self["item"].value())
        for question in self.item_row.questions if self.item_row else ():
            if question.kind != "photo":
                self.fields[f"answer-{question.id}"] = _field(question)

    def clean_idempotency_key(self) -> str:
        key: str = self.cleaned_data["idempotency_key"]
        return key if KEY.fullmatch(key) else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (said.get("lon") is None) != (said.get("lat") is None):
            self.add_error("lon", str(_NO_PLACE))
        self._no_time_travel(said)
        item = self.item_row
        if item and not item.anonymous_allowed and not (said.get("phone") or said.get("email")):
            words = _("For “{item}” we need a phone number or an e-mail address to ask back.")
            self.add_error("phone", words.format(item=item.name))
        return said

    def _no_time_travel(self, said: dict[str, Any]) -> None:
        seen = said.get("seen_at")
        if seen is None:
            return
        ago = self.on - timezone.localdate(seen)
        if ago < timedelta(0) or ago > OLDEST:
            words = _("The day must lie within the last {days} days.")
            self.add_error("seen_at", words.format(days=OLDEST.days))

    @property
    def tokens(self) -> list[str]:
        """Return the uploads the form carries; what is no token was not made by us."""
        sent = self.data.getlist("uploads") if hasattr(self.data, "getlist") else []
        return [token for token in sent if TOKEN.fullmatch(token)][:MOST_FILES]

    @property
    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix("answer-"): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("answer-") and value not in (None, "")
        }

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("answer-")]


def _field(question: catalogue.QuestionRow) -> forms.Field:
    """Return the field of one question; whether it must be answered is the report's own rule."""
    label = f"{question.text}（{question.unit}）" if question.unit else question.text
    common: dict[str, Any] = {"label": label, "required": False}
    if question.kind == "yes_no":
        options = [(_("Yes"), _("Yes")), (_("No"), _("No"))]
    elif question.kind == "choice":
        options = [(choice, choice) for choice in question.choices]
    elif question.kind == "number":
        return forms.DecimalField(**common, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    else:
        return PlainText(**common, max_length=300)
    attrs = {"required": ""} if question.required else {}
    return forms.ChoiceField(**common, choices=options, widget=forms.RadioSelect(attrs=attrs))


def _villages_to_choose() -> list[Any]:
    """Called only when the list is shown or checked: most reports carry a point instead."""
    return [("", _("Choose the village or community")), *incidents.villages()]


class ProgressForm(forms.Form):
    number = PlainText(
        label=gettext_lazy("Number"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "26-0001-8427-7"}
        ),
    )
    code = PlainText(
        label=gettext_lazy("Receipt code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AboutThings(PlainText):
    """Words of a resident that end up in the file: about things and places, never about a named person."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if problem := incidents.person_problem(text, on=timezone.localdate()):
            raise forms.ValidationError(problem)
        return text


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(
        choices=[(3, 3), (2, 2), (1, 1)],
        coerce=int,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    reasons = forms.MultipleChoiceField(required=False)
    text = AboutThings(required=False, max_length=500)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = matters.rating_reasons(on=on)
        field = self.fields["reasons"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(reason.code, reason.words) for reason in self.offered]


class AddForm(forms.Form):
    text = AboutThings(
        label=gettext_lazy("What has changed, or what should the office know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(forms.Form):
    reason = AboutThings(
        label=gettext_lazy("What is still wrong?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
