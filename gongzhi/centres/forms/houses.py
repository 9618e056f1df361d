"""Rooms, counters, partners, tickets."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.texts import PlainText
from gongzhi.centres import queries
from gongzhi.centres.forms.fields import Choices, day, lines, set_choices
from gongzhi.centres.lifecycle import Presence, Reply

WEEKDAYS = ((1, _("Mon")), (2, _("Tue")), (3, _("Wed")), (4, _("Thu")), (5, _("Fri")), (6, _("Sat")), (7, _("Sun")))  # fmt: skip


class TicketForm(forms.Form):
    service = forms.ChoiceField(label=_("What do you come for?"), widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label=_("What do you need?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = [(row["code"], row["name"]) for row in queries.rows("services")]
        set_choices(self, service=services, needs=list(queries.names("needs").items()))


class TransferForm(forms.Form):
    """Send somebody on: to a counter at once, or into the line of another service."""

    to = forms.ChoiceField(label=_("Send on to"))

    def __init__(self, *args: Any, counters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = [(f"service:{row['code']}", row["name"]) for row in queries.rows("services")]
        set_choices(self, to=[(_("Counters"), counters), (_("Lines"), services)])

    @property
    def deed(self) -> dict[str, Any]:
        what, _colon, which = str(self.cleaned_data["to"]).partition(":")
        return {"counter_id": int(which)} if what == "counter" else {"service": which}


class RoomForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of room"))
    name = PlainText(label=_("Name"), max_length=60)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=500, initial=8)
    has_step_free_way = forms.BooleanField(
        label=_("Reached without steps"), required=False, initial=True
    )
    link = forms.URLField(
        label=_("Link for those who join from elsewhere"), required=False, max_length=300, assume_scheme="https"
    )  # fmt: skip
    is_open = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, kind=list(queries.names("rooms").items()))


class CounterForm(forms.Form):
    code = forms.SlugField(label=_("Number of the counter"), max_length=6)
    name = PlainText(label=_("Name"), max_length=60)
    services = forms.MultipleChoiceField(label=_("Services"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, services=list(queries.names("services").items()))


class BookForm(forms.Form):
    room_id = forms.TypedChoiceField(label=_("Room"), coerce=int)
    on = day(_("Day"))
    starts = forms.TimeField(
        label=pgettext_lazy("time", "From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=pgettext_lazy("time", "Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    purpose = PlainText(label=pgettext_lazy("centre", "What for"), max_length=60, help_text=_("No names: mediation session, reception, training."))  # fmt: skip
    number = PlainText(label=_("Number of the matter"), max_length=20, required=False)

    def __init__(self, *args: Any, rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, room_id=rooms)

    def moment(self, name: str) -> datetime:
        clock: time = self.cleaned_data[name]
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], clock))


class PartnerForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of partner"))
    name = PlainText(label=_("Name"), max_length=80)
    presence = forms.ChoiceField(
        label=_("How it is here"), choices=Presence.choices, widget=forms.RadioSelect
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), coerce=int, choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(
        label=_("Unit that is called"), coerce=int, empty_value=None, required=False,
        help_text=_("Its people get the call and answer here. Without a unit, telephone."),
    )  # fmt: skip
    counter_id = forms.TypedChoiceField(
        label=_("Counter"), coerce=int, empty_value=None, required=False
    )
    room_id = forms.TypedChoiceField(label=_("Room"), coerce=int, empty_value=None, required=False)
    phone = PlainText(label=_("Telephone of the office"), max_length=30, required=False)
    link = forms.URLField(label=_("Link of the remote seat"), required=False, max_length=300, assume_scheme="https")  # fmt: skip
    is_active = forms.BooleanField(label=_("Takes part"), required=False, initial=True)

    def __init__(
        self, *args: Any, units: Choices, counters: Choices, rooms: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        none = [("", "—")]
        set_choices(
            self, kind=list(queries.names("partners").items()), unit_id=[*none, *units],
            counter_id=[*none, *counters], room_id=[*none, *rooms],
        )  # fmt: skip


class SummonForm(forms.Form):
    partner_id = forms.TypedChoiceField(label=_("Partner"), coerce=int)
    reason = PlainText(
        label=pgettext_lazy("centre", "What for"),
        max_length=200,
        help_text=_("No names of parties."),
    )
    number = PlainText(label=_("Number of the matter"), max_length=20, required=False)

    def __init__(self, *args: Any, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, partner_id=partners)


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("Your answer"), choices=Reply.choices, widget=forms.RadioSelect
    )
    words = PlainText(label=_("Note"), max_length=200, required=False)


class CheckForm(forms.Form):
    item = forms.CharField(max_length=20)
    share = forms.TypedChoiceField(
        label=_("How far"), coerce=int, choices=((100, _("Met")), (50, _("Half met")), (0, _("Not met")))
    )  # fmt: skip
    words = lines(_("What shows it"), most=300, rows=2, required=False)
