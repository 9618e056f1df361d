"""A template filter for tables whose columns are data."""

from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Sequence[Any], index: int) -> Any:
    """Return the value at a place of a list; nothing beyond its end."""
    return values[index] if 0 <= index < len(values) else ""
