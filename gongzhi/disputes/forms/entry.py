"""A dispute entered at a body's desk; what the sides say; why a file is opened; a kind's new version."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.texts import PlainText
from gongzhi.disputes import actions, queries
from gongzhi.disputes.forms.moves import WAYS
from gongzhi.disputes.models import Consent, Dispute, Party
from gongzhi.matters.lifecycle import Source

MOST_SIDES = 60  # on one form; a larger group is spoken for by its representatives
DOORS = (Source.COUNTER, Source.HOTLINE, Source.POLICE, Source.COURT, Source.PROSECUTOR, Source.PETITION, Source.LEGAL_AID, Source.OFFICE)  # fmt: skip


def _text(label: Any, *, most: int, rows: int = 0, required: bool = True, hint: Any = "") -> PlainText:  # fmt: skip
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})  # fmt: skip
    return PlainText(label=label, max_length=most, required=required, help_text=hint, widget=widget)


class EntryForm(forms.Form):
    kind_code = forms.ChoiceField(label=_("Kind of dispute"))
    basis = forms.ChoiceField(
        label=_("How it begins"), choices=Dispute.Basis.choices, widget=forms.RadioSelect, initial="application"
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Reported through"), choices=[(door.value, door.label) for door in DOORS])  # fmt: skip
    outside_number = _text(_("Its number there"), most=60, required=False)
    area = forms.ChoiceField(label=_("Village or community"))
    address = _text(
        _("Place"), most=200, required=False, hint=_("A street or an estate; lists show it, so no name and no door of a home.")
    )  # fmt: skip
    story = _text(_("What happened"), most=5000, rows=5)
    wish = _text(_("What is wanted"), most=2000, rows=3, required=False)
    amount = forms.DecimalField(
        label=_("Amount in dispute (yuan)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )  # fmt: skip
    people_count = forms.IntegerField(
        label=_("People concerned"), min_value=2, max_value=100_000, initial=2
    )
    is_open = forms.BooleanField(label=_("The sides ask for open sessions"), required=False)
    safe_channel = forms.BooleanField(
        label=_("Neutral words only: violence at home, or a side that must not be found out"), required=False
    )  # fmt: skip
    idempotency_key = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind_code", queries.kind_choices(timezone.localdate())), ("area", areas)):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "—"), *choices]
            field.widget.attrs["data-search"] = ""


class SideForm(forms.Form):
    side = forms.ChoiceField(label=_("Side"), choices=Party.Side.choices)
    nature = forms.ChoiceField(label=_("Person or organisation"), choices=Party.Nature.choices)
    name = _text(_("Name"), most=120)
    phone = _text(_("Telephone"), most=30, required=False)
    id_number = _text(_("Identity or credit number"), most=30, required=False)
    address = _text(_("Address"), most=200, required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", "—"), ("male", pgettext_lazy("sex", "male")), ("female", pgettext_lazy("sex", "female"))]
    )  # fmt: skip
    birth_year = forms.IntegerField(
        label=_("Year of birth"), min_value=1900, max_value=2100, required=False
    )
    occupation = _text(_("Occupation"), most=60, required=False)
    legal_person = _text(_("Legal representative"), most=120, required=False)
    capacity = forms.ChoiceField(
        label=_("Speaks for another side as"), required=False,
        choices=[("", "—"), ("guardian", pgettext_lazy("capacity", "guardian")), ("agent", pgettext_lazy("capacity", "agent")), ("representative", pgettext_lazy("capacity", "representative"))],
    )  # fmt: skip
    represents = forms.IntegerField(
        label=_("For which party (its number here)"), min_value=1, max_value=MOST_SIDES, required=False
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("Needs"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}), choices=list(queries.NEEDS.items())
    )  # fmt: skip
    more = ("id_number", "address", "sex", "birth_year", "occupation", "legal_person", "capacity", "represents", "needs")  # fmt: skip

    @property
    def main_fields(self) -> list[Any]:
        return [self[name] for name in ("side", "nature", "name", "phone")]

    @property
    def more_fields(self) -> list[Any]:
        return [self[name] for name in self.more]

    @property
    def has_more(self) -> bool:
        return any(self[name].value() or self[name].errors for name in self.more)


def side_forms(sent: Any = None, *, count: int = 2) -> "BaseFormSet[SideForm]":
    """Return the forms of the sides: those sent, or a fresh applicant and respondent."""
    kinds = formset_factory(SideForm, extra=0, max_num=MOST_SIDES, absolute_max=MOST_SIDES + 1)
    fresh = [{"side": "applicant"}, *[{"side": "respondent"}] * (count - 1)]
    made: BaseFormSet[SideForm] = kinds(sent, prefix="sides", initial=None if sent else fresh)
    return made


def sides_of(made: "BaseFormSet[SideForm]") -> list[actions.Side]:
    """Return the sides of valid forms, in their order."""
    return [_side(form.cleaned_data) for form in made if form.cleaned_data.get("name")]


def _side(said: dict[str, Any]) -> actions.Side:
    plain = {name: value for name, value in said.items() if name not in {"represents", "needs"}}
    represents = said["represents"]
    return actions.Side(
        **plain, needs=tuple(said["needs"]), represents=represents - 1 if represents else None
    )


class SayingForm(forms.Form):
    """What each side answered at one table, and who signed the notice of rights."""

    subject = forms.ChoiceField(label=_("About"), choices=Consent.Subject.choices)
    how = forms.ChoiceField(label=_("How it was said"), choices=WAYS)
    words = _text(_("In their words"), most=300, rows=2, required=False)

    def __init__(self, *args: Any, sides: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = list(sides)
        answers = [("", gettext("nothing new")), ("yes", gettext("agrees")), ("no", gettext("refuses"))]  # fmt: skip
        for one in self.sides:
            words = f"{one.words} {one.name}"
            self.fields[f"answer_{one.id}"] = forms.ChoiceField(
                label=words, choices=answers, required=False
            )
            self.fields[f"signed_{one.id}"] = forms.BooleanField(
                label=gettext("signed the notice of rights"), required=False
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Return the two fields of each side."""
        return [(self[f"answer_{one.id}"], self[f"signed_{one.id}"]) for one in self.sides]

    @property
    def said(self) -> list[actions.Said]:
        answers = {"yes": True, "no": False}
        return [
            actions.Said(
                one.id, answers.get(self.cleaned_data[f"answer_{one.id}"]), self.cleaned_data[f"signed_{one.id}"]
            )
            for one in self.sides
        ]  # fmt: skip


class OpenFileForm(forms.Form):
    reason = _text(_("Why you need to read this file"), most=300, hint=_("The reason is kept in the trail."))  # fmt: skip


class OwnDataForm(forms.Form):
    number = _text(_("Number of the dispute"), most=20)
    code = _text(_("Your code"), most=12, hint=_("It stands on your receipt and on every letter to you."))  # fmt: skip


class KindForm(forms.Form):
    """A kind's next version."""

    name = _text(_("Name"), most=60)
    body_kind = forms.ChoiceField(label=_("Kind of body it goes to first"), required=False)
    period_rule = forms.ChoiceField(label=_("Time rule of its period"))
    routes = forms.MultipleChoiceField(
        label=_("Routes told beside a suit"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "many"})
    )  # fmt: skip
    is_sealed = forms.BooleanField(
        label=_("Extra protection: only the assigned read it without a reason"), required=False
    )
    route = _text(
        _("Not for mediation: the lawful route in words"), most=1000, rows=2, required=False, hint=_("Empty: it can be mediated.")
    )  # fmt: skip
    source = _text(_("Article or decision it rests on"), most=200)
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = {
            "body_kind": [("", "—"), *queries.body_kinds()],
            "period_rule": queries.period_rules(),
            "routes": queries.route_choices(),
        }
        for name, choices in offers.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def draft(self) -> actions.KindDraft:
        return actions.KindDraft(**self.cleaned_data)
