"""The ledger and the campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.texts import PlainText
from gongzhi.centres import queries
from gongzhi.centres.forms.fields import Choices, day, lines, set_choices


class EnterForm(forms.Form):
    number = PlainText(label=_("Number of the matter"), max_length=20)
    grade = forms.ChoiceField(label=_("Grade"))
    level = forms.TypedChoiceField(label=_("Ledger of"), coerce=int, choices=((1, _("the town")), (0, _("the city"))))  # fmt: skip
    reason = lines(_("Why it is a major dispute"), most=1000, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heavy = [
            (row["code"], row["name"])
            for row in queries.rows("grade_names")
            if row["code"] in {"major", "grave"}
        ]
        set_choices(self, grade=heavy)


class OwnerForm(forms.Form):
    owner_id = forms.TypedChoiceField(
        label=_("Official who owns it"),
        coerce=int,
        widget=forms.Select(attrs={"class": "control", "aria-label": _("Official who owns it")}),
    )

    def __init__(self, *args: Any, officials: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, owner_id=officials)


class AdvanceForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"))
    words = lines(_("What was done"))
    next_step = PlainText(label=_("Next step"), max_length=200)
    next_on = day(pgettext_lazy("step", "Due on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, stage=[(row["code"], row["name"]) for row in queries.rows("stages") if row["is_end"] == "0"])  # fmt: skip


class HelpForm(forms.Form):
    unit_ids = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("centre", "Units that help"), coerce=int
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, unit_ids=units)


class EndForm(forms.Form):
    evidence = lines(
        _("What shows that it is settled"), hint=_("Agreement, proof of performance, judgment. A withdrawal alone is no settlement.")
    )  # fmt: skip


class CampaignForm(forms.Form):
    title = PlainText(label=_("Title"), max_length=80)
    sector = forms.ChoiceField(label=_("Sector"))
    text = lines(_("What is asked of the units"), most=4000, rows=4)
    starts_on = day(_("From"))
    ends_on = day(_("Until"))
    planned = forms.IntegerField(
        label=_("Places each unit looks at"), min_value=1, max_value=100_000, initial=20
    )
    unit_ids = forms.TypedMultipleChoiceField(
        label=_("Units"), coerce=int, widget=forms.SelectMultiple(attrs={"size": 10}), help_text=_("Hold Ctrl to choose several.")
    )  # fmt: skip

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, sector=list(queries.names("sectors").items()), unit_ids=units)


class PartForm(forms.Form):
    checked = forms.IntegerField(label=_("Places looked at so far"), min_value=0, max_value=100_000)
    note = PlainText(label=_("Note"), max_length=500, required=False)


class FindingForm(forms.Form):
    line = forms.ChoiceField(label=_("Line of the check-list"))
    address = PlainText(label=_("Address"), max_length=200)
    words = lines(
        _("What the trouble is"),
        most=500,
        hint=_("The place and the trouble. No names of persons."),
    )

    def __init__(self, *args: Any, check_list: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, line=[(one["code"], one["text"]) for one in check_list])


class SettleForm(forms.Form):
    how = PlainText(label=_("How it was settled"), max_length=300)


class EndCampaignForm(forms.Form):
    result = lines(_("What the campaign led to"))
