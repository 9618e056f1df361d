"""Looks a code up in a table while a page is drawn."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def get(table: Mapping[Any, Any], code: Any) -> Any:
    """Return what a table says of a code; the code itself when it says nothing."""
    return table.get(code, code)
