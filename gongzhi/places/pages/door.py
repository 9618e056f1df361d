"""What every page of this module reads from a request."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from gongzhi.places.forms import FilterForm
from gongzhi.places.queries import PremisesFilter


def today() -> date:
    return timezone.localdate()


def day_asked(request: HttpRequest) -> date:
    """Return the day the page is asked about; today when none or none that exists."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def filter_asked(request: HttpRequest) -> tuple[FilterForm, PremisesFilter]:
    """Read the filters; a value that does not exist filters nothing."""
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) for name in form.fields}
    return form, PremisesFilter(
        text=chosen["q"] or "",
        kind=chosen["kind"],
        status=chosen["status"],
        grade=chosen["grade"],
        area_path=chosen["area"] or "",
        parent_code=chosen["parent"] or "",
    )
