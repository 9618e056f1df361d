"""Shares as percent, the way number inputs take them in every language."""

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    return f"{share * 100:.1f}"
