"""The one set of questions at every door, and triage."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongzhi.base.phones import plain_number
from gongzhi.base.texts import PlainText
from gongzhi.centres import queries
from gongzhi.centres.forms.fields import Choices, lines, set_choices
from gongzhi.disputes import actions as disputes
from gongzhi.disputes import queries as dispute_queries

MOST_SIDES = 24  # twelve parties, each with somebody who speaks for them
SIDES = (
    ("applicant", pgettext_lazy("side", "Applicant")),
    ("respondent", pgettext_lazy("side", "Respondent")),
    ("third", pgettext_lazy("side", "Third party")),
)
NATURES = (
    ("person", gettext_lazy("Person")),
    ("organisation", pgettext_lazy("centre", "Organisation")),
)
SEXES = (("", "—"), ("male", gettext_lazy("Male")), ("female", gettext_lazy("Female")))
CAPACITIES = (
    ("", "—"),
    ("guardian", gettext_lazy("Guardian")),
    ("agent", gettext_lazy("Agent with a power of attorney")),
    ("representative", gettext_lazy("Elected representative of many")),
)
ADULT = 18


class SideForm(forms.Form):
    """One party. Only the name is asked for; what the papers need beside it can be added later."""

    side = forms.ChoiceField(label=gettext_lazy("Side"), choices=SIDES)
    nature = forms.ChoiceField(label=gettext_lazy("Is"), choices=NATURES, required=False)
    name = PlainText(label=pgettext_lazy("centre", "Name"), max_length=80)
    phone = PlainText(label=gettext_lazy("Phone"), max_length=20, required=False)
    address = PlainText(label=gettext_lazy("Address"), max_length=200, required=False)
    id_number = PlainText(
        label=gettext_lazy("Identity or credit code number"), max_length=30, required=False
    )
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=SEXES, required=False)
    birth_year = forms.IntegerField(label=gettext_lazy("Year of birth"), min_value=1900, max_value=2100, required=False)  # fmt: skip
    occupation = PlainText(label=gettext_lazy("Occupation"), max_length=60, required=False)
    legal_person = PlainText(label=gettext_lazy("Legal representative of the organisation"), max_length=60, required=False)  # fmt: skip
    capacity = forms.ChoiceField(
        label=gettext_lazy("Speaks for a party as"), choices=CAPACITIES, required=False
    )
    represents = forms.IntegerField(
        label=gettext_lazy("Speaks for number"), min_value=1, max_value=MOST_SIDES, required=False,
        help_text=gettext_lazy("The place of that party in this list."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, needs=list(queries.names("needs").items()))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if bool(said.get("capacity")) != bool(said.get("represents")):
            self.add_error("represents", _("Say for whom they speak, and as what."))
        return said


_SidesFormSet = forms.formset_factory(
    SideForm, extra=0, max_num=MOST_SIDES, absolute_max=MOST_SIDES
)


def sides_formset(posted: Any = None, *, count: int = 2) -> Any:
    """Return the forms of the sides: those posted, or an applicant and a respondent to begin with."""
    if posted is not None:
        return _SidesFormSet(posted, prefix="side")
    initial = [{"side": "applicant"}, {"side": "respondent"}][:count]
    return _SidesFormSet(prefix="side", initial=initial)


def sides_of(forms_: Any, *, year: int) -> list[disputes.Side]:
    """Return the sides as they were told; who is under age follows from the year of birth."""
    sides: list[disputes.Side] = []
    for one in forms_:
        said = one.cleaned_data
        born = said.get("birth_year")
        sides.append(
            disputes.Side(
                side=said["side"], name=said["name"].strip(), nature=said.get("nature") or "person",
                id_number=said["id_number"].replace(" ", "").upper(), phone=plain_number(said["phone"]), address=said["address"],
                sex=said["sex"], birth_year=born, occupation=said["occupation"], legal_person=said["legal_person"],
                is_minor=bool(born) and year - born < ADULT, capacity=said["capacity"],
                represents=said["represents"] - 1 if said.get("represents") else None, needs=said["needs"],
            )
        )  # fmt: skip
    return sides


class _StoryForm(forms.Form):
    """What every door asks: kind, place, what happened, what is wanted, and the questions of the kind."""

    kind_code = forms.ChoiceField(label=gettext_lazy("Kind of dispute"), required=False)
    area_path = forms.ChoiceField(label=gettext_lazy("Where it is"))
    address = PlainText(label=gettext_lazy("Address"), max_length=200, required=False)
    story = lines(
        pgettext_lazy("centre", "What happened"), most=5000, rows=5,
        hint=gettext_lazy("Who, when, where, what. It is kept encrypted and fills every later paper."),
    )  # fmt: skip
    wish = lines(pgettext_lazy("centre", "What is wanted"), most=2000, rows=2)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in dispute (yuan)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Choices, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("As the story suggests")), *queries.kind_choices(on=on)]
        set_choices(self, kind_code=kinds, area_path=areas)

    @property
    def chosen_kind(self) -> str:
        return str(self["kind_code"].value() or "")


class IntakeForm(_StoryForm):
    door = forms.ChoiceField(label=gettext_lazy("How it came"))
    outside_number = PlainText(
        label=gettext_lazy("Number at the other office"), max_length=60, required=False,
        help_text=gettext_lazy("For matters referred by 110, 12345, a court or an office."),
    )  # fmt: skip
    safe_channel = forms.BooleanField(
        label=gettext_lazy("Keep messages to the applicant hidden"), required=False,
        help_text=gettext_lazy("For somebody who may be in danger at home: no message names the matter."),
    )  # fmt: skip
    ticket = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(
        max_length=50, required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": ""})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staffed = [
            (row["code"], row["name"])
            for row in queries.rows("doors")
            if row["code"] not in {"web", "qr", "sweep"}
        ]
        set_choices(self, door=staffed)


class ApplyForm(_StoryForm):
    """The same questions, asked of a resident in the first person."""

    own_name = PlainText(label=gettext_lazy("Your name"), max_length=80)
    own_phone = PlainText(
        label=gettext_lazy("Your telephone"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    other_name = PlainText(
        label=gettext_lazy("The other side"), max_length=80, help_text=gettext_lazy("A name, or how you know them: the shop at number 12.")
    )  # fmt: skip
    other_nature = forms.ChoiceField(label=gettext_lazy("Is"), choices=NATURES, required=False)
    other_phone = PlainText(
        label=gettext_lazy("Their telephone, if you know it"), max_length=20, required=False
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Do you need anything?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_voluntary = forms.BooleanField(
        label=gettext_lazy("I ask for mediation of my own free will; I may end it at any time and may go to court at any time.")
    )  # fmt: skip
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(
        max_length=50, required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": ""})
    )
    centre = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    mediator = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, needs=list(queries.names("needs").items()))

    def clean_own_phone(self) -> str:
        bare = plain_number(str(self.cleaned_data["own_phone"]))
        if not bare.isascii() or not bare.isdigit() or not 7 <= len(bare) <= 12:
            raise forms.ValidationError(
                _("Write a mobile or landline number, for example 13800000000.")
            )
        return bare

    def sides(self) -> list[disputes.Side]:
        said = self.cleaned_data
        return [
            disputes.Side(side="applicant", name=said["own_name"].strip(), phone=said["own_phone"], needs=said["needs"]),
            disputes.Side(
                side="respondent", name=said["other_name"].strip(), nature=said["other_nature"] or "person",
                phone=plain_number(said["other_phone"]),
            ),
        ]  # fmt: skip


def answers_of(posted: Mapping[str, Any], kind: str) -> dict[str, str]:
    """Return the answers to the questions of a kind; a choice that is not offered counts as no answer."""
    found: dict[str, str] = {}
    for one in queries.questions_for(kind):
        text = str(posted.get(f"q_{one.code}", "")).replace("\0", "").strip()[:300]
        fits = (
            text in one.choices
            if one.choices
            else (one.type != "number" or (text.isascii() and text.isdigit()))
        )
        if text and fits:
            found[one.code] = text
    return found


class TriageForm(forms.Form):
    kind_code = forms.ChoiceField(label=gettext_lazy("Kind of dispute"))
    body = forms.TypedChoiceField(
        label=gettext_lazy("Mediation body"), coerce=int, widget=forms.RadioSelect
    )
    settle_level = forms.ChoiceField(label=gettext_lazy("Level of settlement"))
    grade = forms.ChoiceField(label=gettext_lazy("Grade"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(
            self, kind_code=queries.kind_choices(on=on), body=bodies, settle_level=list(queries.names("levels").items()),
            grade=list(queries.names("grade_names").items()),
        )  # fmt: skip


class DeclineForm(forms.Form):
    reason = lines(gettext_lazy("Why it is not for mediation"), most=1000, rows=2)
    routes = forms.MultipleChoiceField(
        label=gettext_lazy("Routes that are told"),
        widget=forms.CheckboxSelectMultiple,
        initial=["suit"],
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, routes=list(dispute_queries.routes().items()))


class AtOnceForm(forms.Form):
    """All sides are at the counter: who agrees, who signed, which mediator."""

    agrees = forms.TypedMultipleChoiceField(label=gettext_lazy("Takes part of their own will"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    signed = forms.TypedMultipleChoiceField(label=gettext_lazy("Notice of rights signed"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    mediators = forms.TypedMultipleChoiceField(label=gettext_lazy("Mediator"), coerce=int, widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Those that fit best. The sides may choose any other on the page of the matter."))  # fmt: skip
    chosen_by = forms.ChoiceField(
        label=gettext_lazy("Chosen by"), choices=(("sides", pgettext_lazy("centre", "the sides")), ("body", gettext_lazy("the body"))), initial="sides"
    )  # fmt: skip
    disclosed = PlainText(
        label=gettext_lazy("Relation to a side, if any"), max_length=300, required=False,
        help_text=gettext_lazy("Kinship, interest or another relation is disclosed and needs each side's consent."),
    )  # fmt: skip

    def __init__(self, *args: Any, sides: Sequence[Any], mediators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(side.id, f"{side.words} {side.name}") for side in sides]
        set_choices(self, agrees=named, signed=named, mediators=mediators)
