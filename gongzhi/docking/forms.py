"""What is asked about cases with courts, applications, messages and partners."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.texts import PlainText
from gongzhi.docking import queries


def _lines(label: Any, *, hint: Any = "", rows: int = 3, required: bool = True, most: int = 5000) -> PlainText:  # fmt: skip
    return PlainText(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


class _Choosing(forms.Form):
    def choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class Moment(forms.DateField):
    """A day people enter; the clocks want an instant: noon of the city, which no zone moves to another day."""

    def clean(self, value: Any) -> datetime | None:
        day = super().clean(value)
        return timezone.make_aware(datetime.combine(day, time(12))) if day else None


def _day(label: Any, hint: Any = "", *, required: bool = True) -> Moment:
    return Moment(
        label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


class FinishForm(forms.Form):
    on = _day(_("Done on"), _("Empty: now."), required=False)
    note = PlainText(label=_("Note"), max_length=300, required=False)


class DecisionForm(FinishForm):
    decision = forms.ChoiceField(
        label=_("What was decided"), required=False,
        choices=[("", "—"), ("granted", _("Ruled for")), ("partly", _("Ruled for in part")), ("refused", _("Turned down"))],
    )  # fmt: skip
    number = PlainText(label=_("Number of the paper"), max_length=60, required=False)


class RulingForm(DecisionForm):
    """What a court said of an agreement that a side brought before it: 人民调解法 art. 32."""

    decision = forms.ChoiceField(
        label=_("What was decided"), required=False,
        choices=[("", "—"), ("upheld", _("Agreement upheld")), ("changed", _("Agreement changed")), ("annulled", _("Agreement annulled or void")), ("refused", _("Turned down"))],
    )  # fmt: skip


class RefuseForm(forms.Form):
    reason = _lines(_("Reason"), hint=_("Outside the scope, beyond the mediator's field, or otherwise unfit; the court reads it."), rows=2, most=300)  # fmt: skip


class EndForm(_Choosing):
    ending = forms.ChoiceField(label=_("Ground of the end"))
    result = _lines(_("Result"), hint=_("What was agreed, or why nothing was."), most=2000)
    facts = _lines(_("Undisputed facts"), hint=_("Only what both sides signed; nothing conceded for a settlement."), rows=2, required=False, most=2000)  # fmt: skip
    conduct = _lines(_("Conduct that raised another side's costs"), rows=2, required=False, most=500)  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("ending", [(row.code, row.name) for row in queries.grounds("endings")])


class LengthenForm(forms.Form):
    days = forms.IntegerField(label=_("Days more"), min_value=1, max_value=180)
    why = PlainText(label=_("Who agreed or approved, and how"), max_length=200)


class PrepareForm(_Choosing):
    materials = forms.MultipleChoiceField(label=_("Papers that are there"), required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    venue = forms.ChoiceField(label=_("Why this court"), required=False)
    bars = forms.MultipleChoiceField(label=_("What stands against it"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Tick only what holds; each would have the court turn it away."))  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("materials", [(one.code, f"{one.name}{'' if one.is_must else '（按需）'}") for one in queries.materials(kind)])  # fmt: skip
        if kind == "confirmation":
            self.choose("venue", [("", "—"), *((one.code, one.name) for one in queries.grounds("venues"))])  # fmt: skip
            self.choose("bars", [(one.code, one.name) for one in queries.grounds("bars")])
            return
        del self.fields["venue"], self.fields["bars"]


class TieForm(forms.Form):
    into = PlainText(label=_("Number of the dispute"), max_length=20)


class HearingForm(forms.Form):
    on = forms.DateTimeField(
        label=_("It is heard on"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )  # fmt: skip
    place = PlainText(label=pgettext_lazy("hearing", "Where"), max_length=120, required=False)


class ComplainForm(_Choosing):
    ground = forms.ChoiceField(label=_("Ground"))
    text = _lines(_("What happened"), most=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("ground", [(row.code, row.name) for row in queries.grounds("complaints")])


class ApplyForm(_Choosing):
    kind = forms.ChoiceField(label=_("What is brought"), widget=forms.RadioSelect)
    partner_id = forms.TypedChoiceField(label=_("Where it is brought"), coerce=int)
    since = _day(_("The term began on"), _("For arbitration: when the right was hurt, or the employment ended. For confirmation it is the day the agreement took effect."), required=False)  # fmt: skip
    venue = forms.ChoiceField(label=_("Why this court (confirmation)"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", kinds)
        self.choose("partner_id", [(one.pk, f"{one.name}（{one.get_kind_display()}）") for one in queries.partners("court", "arbitration", "notary")])  # fmt: skip
        self.choose("venue", [("", "—"), *((one.code, one.name) for one in queries.grounds("venues"))])  # fmt: skip


class EnterForm(_Choosing):
    """A case a court brought on paper to its hall."""

    partner_id = forms.TypedChoiceField(label=_("Which court it comes from"), coerce=int)
    kind = forms.ChoiceField(label=_("Form"))
    case_number = PlainText(label=_("Case number"), min_length=4, max_length=60)
    cause = PlainText(label=_("Cause of action"), min_length=2, max_length=60)
    area_path = forms.ChoiceField(label=_("Village or community"))
    panel = forms.ChoiceField(label=_("Panel"), required=False)
    amount = forms.DecimalField(label=_("Amount in dispute (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2)  # fmt: skip
    appointed_at = _day(_("Body named on"), _("Empty: the court will still name it."), required=False)  # fmt: skip
    applicant = PlainText(label=_("Applicant"), max_length=80)
    applicant_phone = PlainText(label=_("Applicant's telephone"), max_length=30, required=False)
    respondent = PlainText(label=_("Respondent"), max_length=80)
    respondent_phone = PlainText(label=_("Respondent's telephone"), max_length=30, required=False)
    story = _lines(_("What happened"))
    wish = _lines(_("What is wanted"), rows=2, most=2000)

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[str, Any]], panels: Sequence[tuple[str, Any]],
        areas: Sequence[tuple[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.choose("partner_id", [(one.pk, one.name) for one in queries.partners("court", "procuratorate")])  # fmt: skip
        self.choose("kind", kinds)
        self.choose("area_path", areas if len(areas) == 1 else [("", "—"), *areas])
        self.fields["area_path"].widget.attrs["data-search"] = ""
        self.choose("panel", [("", "—"), *panels])

    def sides(self) -> list[dict[str, Any]]:
        said = self.cleaned_data
        return [
            {"side": side, "name": said[side], "phone": said[f"{side}_phone"]} for side in ("applicant", "respondent")
        ]  # fmt: skip


class PartnerForm(_Choosing):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Part of the address its messages come to."))  # fmt: skip
    name = PlainText(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of office"))
    address = PlainText(label=_("Address"), max_length=160, required=False)
    url = forms.URLField(label=_("Where our messages go"), max_length=200, required=False, assume_scheme="https", help_text=_("Empty: it is reached on paper."))  # fmt: skip
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", kinds)


class ReasonForm(forms.Form):
    reason = PlainText(label=_("Why do you need to read it?"), min_length=2, max_length=200)
