"""What the auditor looks for."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.audit.queries import Filters


class FilterForm(forms.Form):
    who = forms.CharField(label=_("Who"), max_length=60, required=False)
    verb = forms.CharField(label=_("Deed"), max_length=80, required=False)
    subject = forms.CharField(label=_("On what"), max_length=200, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def filters(self) -> Filters:
        """Return what is usable of what was asked; both days are included."""
        self.is_valid()
        asked: dict[str, Any] = {
            name: self.cleaned_data.get(name) or "" for name in ("who", "verb", "subject")
        }
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return Filters(
            **asked,
            since=_midnight(since, 0) if since else None,
            until=_midnight(until, 1) if until else None,
        )


def _midnight(day: Any, later: int) -> datetime:
    zone = timezone.get_current_timezone()
    try:
        return datetime.combine(day + timedelta(days=later), time.min, tzinfo=zone)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
