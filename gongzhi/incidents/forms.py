"""Input shapes of the grid matter's moves."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.catalogue import queries as catalogue
from gongzhi.incidents import queries
from gongzhi.matters import queries as matters
from gongzhi.matters.forms import MoveForm, ReasonForm


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
    depends_on = "item"
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
        chosen = (
            int(self.data.get("item") or self.matter.item_id or 0)
            if self.is_bound
            else self.matter.item_id
        )
        standards = catalogue.standards(chosen) if chosen else ()
        self.choices_of(
            "standard", [(s.id, f"{s.when_counts}（{s.limit_words}）") for s in standards]
        )
        self.fields["standard"].initial = standards[0].id if standards else None


class Dispatch(MoveForm):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    joint = forms.TypedMultipleChoiceField(label=_("Units that help"), coerce=int, required=False)
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
        self.fields["unit"].widget.attrs["data-search"] = ""


class HandIn(MoveForm):
    note = forms.CharField(
        label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    takes_files = True


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
    "hand_in": HandIn,
    "pass_check": Check,
    "fail_check": FailCheck,
}
