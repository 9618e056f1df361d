"""Template tags every page may use: the built front end's files."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    file = settings.VITE_MANIFEST
    return json.loads(file.read_text()) if file.exists() else {}


@register.simple_tag
def entry(name: str) -> SafeString:
    """Link one front-end entry (src/<name>.js of frontend/) with its style sheets."""
    chunk = _manifest().get(f"src/{name}.js")
    if chunk is None:
        return SafeString("")
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(css),) for css in chunk.get("css", []))
    )
    return format_html('{}\n<script type="module" src="{}"></script>', styles, static(chunk["file"]))
