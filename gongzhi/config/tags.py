"""Template tags every page may use: the built front end's files and icons."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@lru_cache(maxsize=1)
def _manifest(_written_at: float) -> dict[str, Any]:
    return json.loads(settings.VITE_MANIFEST.read_text())  # type: ignore[no-any-return]


def _built() -> dict[str, Any]:
    """Return the manifest of the last build; a new build is seen without a restart."""
    try:
        return _manifest(settings.VITE_MANIFEST.stat().st_mtime)
    except FileNotFoundError:
        return {}


def _chunks(built: dict[str, Any], key: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    """Yield what the chunk imports, then the chunk: style sheets keep their order."""
    if key in seen or key not in built:
        return
    seen.add(key)
    for other in built[key].get("imports", ()):
        yield from _chunks(built, other, seen)
    yield built[key]


@register.simple_tag
def entry(name: str) -> SafeString:
    """Link one front-end entry (src/<name>.js of frontend/) with its style sheets."""
    chunks = list(_chunks(_built(), f"src/{name}.js", set()))
    if not chunks:
        return SafeString("")
    sheets = dict.fromkeys(css for chunk in chunks for css in chunk.get("css", ()))
    links = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(css),) for css in sheets)
    )
    ahead = format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}">',
        ((static(chunk["file"]),) for chunk in chunks[:-1]),
    )
    script = format_html('<script type="module" src="{}"></script>', static(chunks[-1]["file"]))
    return format_html("{}\n{}\n{}", links, ahead, script)


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """Draw one icon of the sprite; it says nothing, so words must stand beside it or in aria-label."""
    sprite = _built().get("icons.svg", {}).get("file", "icons.svg")
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        kind,
        static(sprite),
        name,
    )
