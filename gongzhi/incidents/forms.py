"""Input shapes of the grid matter's moves."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.actor import Actor
from gongzhi.base.texts import PlainText
from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents import queries
from gongzhi.incidents.capabilities import Can
from gongzhi.matters import queries as matters
from gongzhi.matters.forms import MoveForm, ReasonForm
from gongzhi.matters.lifecycle import Source
from gongzhi.places import queries as places

TOKEN = re.compile(r"[0-9A-Za-z_-]{10,32}")
MOST_FILES = 10
VILLAGE = 3  # segments of a village's path


class Policy(forms.Form):
    """Who dispatches in an area from a day on: a person, or the matrix at once."""

    area = forms.ChoiceField(label=_("Area"))
    automatic = forms.ChoiceField(
        label=_("Dispatch"),
        choices=[("yes", _("By the matrix")), ("no", _("By a person"))],
        widget=forms.RadioSelect,
    )
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=_("Decision"), max_length=200, help_text=_("For example the number of the document.")
    )

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = areas


class Verify(MoveForm):
    is_true = forms.ChoiceField(
        label=_("On site"),
        choices=[("yes", _("It is as reported")), ("no", _("It is not so"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What you found"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    takes_files = True


class Register(MoveForm):
    depends_on = suggests = "item"
    item = forms.TypedChoiceField(label=_("Item"), coerce=int)
    standard = forms.TypedChoiceField(
        label=_("Standard"), coerce=int, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = timezone.localdate()
        items = catalogue.items_in_force(on)
        self.choices_of("item", [(i.id, f"{i.class_name} · {i.name}") for i in items])
        self.fields["item"].initial = self.matter.item_id
        self.fields["item"].widget.attrs["data-search"] = ""
        sent = str(self.data.get("item") or "") if self.is_bound else ""
        is_known = sent.isascii() and any(sent == str(item.id) for item in items)
        chosen = int(sent) if is_known else self.matter.item_id
        standards = catalogue.standards(chosen) if chosen else ()
        self.choices_of(
            "standard", [(s.id, f"{s.when_counts}（{s.limit_words}）") for s in standards]
        )
        self.fields["standard"].initial = standards[0].id if standards else None


class Dispatch(MoveForm):
    suggests = "unit"
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    joint = forms.TypedMultipleChoiceField(
        label=_("Units that help"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
    )
    task = forms.CharField(
        label=_("What they are to help with"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    must_answer = forms.BooleanField(
        label=_("Joint operation: each of them must answer before it is handed in"), required=False
    )
    reason = forms.CharField(
        label=_("Reason, if another unit than the matrix names"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(u.id, u.name) for u in matters.handling_units(self.matter.area_path)]
        self.choices_of("unit", units)
        self.choices_of("joint", units)
        self.fields["unit"].initial = queries.proposed_unit(self.matter.id)
        self.fields["joint"].initial = queries.proposed_joint(self.matter, on=timezone.localdate())
        self.fields["unit"].widget.attrs["data-search"] = ""


class AskTransfer(ReasonForm):
    town = forms.ChoiceField(label=_("Town that is to take it"))

    field_order = ("town", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("town", [("", "—"), *queries.towns_to_ask(self.matter)])


class AcceptTransfer(MoveForm):
    area = forms.ChoiceField(
        label=_("Where it goes on"), help_text=_("Its grid officers check on site what was done.")
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = queries.open_transfer(self.matter.id)
        self.choices_of(
            "area", queries.places_of_transfer(self.matter, asked, on=timezone.localdate())
        )


class HandIn(MoveForm):
    note = forms.CharField(
        label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    without = forms.CharField(
        label=_("Why without the answer of those who help"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    takes_files = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waiting := matters.helpers_waiting(self.matter.id):
            self.fields["without"].help_text = gettext("Not answered yet: {units}").format(
                units="、".join(waiting)
            )
        else:
            del self.fields["without"]


class Check(MoveForm):
    note = forms.CharField(
        label=_("What you found"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    takes_files = True


class FailCheck(ReasonForm):
    takes_files = True


INPUTS: dict[str, type[MoveForm]] = {
    "verify": Verify,
    "register": Register,
    "correct": Register,
    "dispatch": Dispatch,
    "ask_transfer": AskTransfer,
    "accept_transfer": AcceptTransfer,
    "hand_in": HandIn,
    "pass_check": Check,
    "fail_check": FailCheck,
}


class Intake(forms.Form):
    """A matter filed by an office: a call, an order from outside, a patrol, somebody at the counter."""

    source = forms.ChoiceField(label=_("Came by"), widget=forms.RadioSelect)
    outside_number = PlainText(label=_("Number of the order"), max_length=60, required=False)
    item = forms.IntegerField(
        label=_("Item"),
        error_messages={
            "required": _("Choose what it is about."),
            "invalid": _("Choose what it is about."),
        },
    )
    lon = forms.FloatField(label=_("Longitude"), required=False)
    lat = forms.FloatField(label=_("Latitude"), required=False)
    system = forms.ChoiceField(
        label=_("Coordinate system"), choices=[(s, s) for s in places.SYSTEMS], required=False
    )
    area = forms.ChoiceField(label=_("Area, when there is no point"), required=False)
    address = PlainText(label=_("Address"), max_length=200, required=False)
    premises = PlainText(label=_("Code of the premises"), max_length=40, required=False)
    text = PlainText(label=_("What is reported"), widget=forms.Textarea(attrs={"rows": 5}))
    name = PlainText(label=_("Reporter's name"), max_length=40, required=False)
    phone = PlainText(label=_("Reporter's phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("Reporter's e-mail"), required=False)
    self_handled = forms.BooleanField(label=_("Settled on the spot"), required=False)
    is_new = forms.BooleanField(required=False)
    idempotency_key = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("source", [(s, Source(s).label) for s in queries.STAFF_SOURCES])
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = lambda: _areas_of(actor)  # called only where the list is shown or checked
        self.item_row = queries.item_typed(self["item"].value())

    def _choices(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def tokens(self, name: str) -> list[str]:
        sent = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return [token for token in sent if TOKEN.fullmatch(token)][:MOST_FILES]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("premises") and said.get("lon") is None and not said.get("area"):
            self._place_of_premises(said)
        if (said.get("lon") is None) != (said.get("lat") is None):
            self.add_error("lon", gettext("Give both longitude and latitude."))
        return said

    def _place_of_premises(self, said: dict[str, Any]) -> None:
        try:
            premises = places.premises_by_code(said["premises"])
        except ObjectDoesNotExist:
            self.add_error("premises", gettext("No premises have this code."))
            return
        said |= {"lon": premises.lon, "lat": premises.lat, "system": "WGS-84"}
        said["address"] = said["address"] or premises.address[:200]


def _areas_of(actor: Actor) -> list[Any]:
    """Return the villages within the actor's reach, by town; a grid officer's own grids."""
    grants = actor.grants_for(Can.REPORT)
    grids = [(g.area, places.full_name(g.area)) for g in grants if g.area.count("/") > VILLAGE]
    return [("", "—"), *grids, *queries.villages([grant.area for grant in grants])]


class TransferAnswer(forms.Form):
    """Whether a town takes a matter that another one wants to hand over."""

    answer = forms.ChoiceField(
        label=_("Does your town take it?"),
        choices=[("accept", _("We take it")), ("refuse", _("We do not take it"))],
        widget=forms.RadioSelect,
    )
    area = forms.ChoiceField(
        label=_("Where it goes on"),
        required=False,
        help_text=_("Its grid officers check on site what was done."),
    )
    reason = PlainText(
        label=_("Reason, or a note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Needed when you do not take it; the other town reads it."),
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = places
