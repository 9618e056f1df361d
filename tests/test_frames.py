"""The frames and the pages of last resort: they must stand when everything else is missing."""

import json

import pytest
from django.template import Context, Template
from django.template.loader import get_template

LAST_RESORT = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "expired.html", "offline.html", "refused.html"]  # fmt: skip


@pytest.fixture
def built(settings, tmp_path):
    """Put a small build in place of the real one."""
    settings.VITE_MANIFEST = tmp_path / "manifest.json"
    settings.VITE_MANIFEST.write_text(
        json.dumps(
            {
                "_common.js": {"file": "assets/common-1.js", "css": ["assets/common-1.css"]},
                "src/app.js": {"file": "assets/app-1.js", "imports": ["_common.js"]},
                "icons.svg": {"file": "assets/icons-1.svg"},
            }
        )
    )


def drawn(text: str) -> str:
    return Template(text).render(Context())


@pytest.mark.parametrize("name", LAST_RESORT)
def test_a_page_of_last_resort_needs_nothing_at_all(name):
    page = get_template(name).render()

    assert "<h1>" in page
    assert 'id="main"' in page


@pytest.mark.parametrize("name", LAST_RESORT)
def test_a_page_of_last_resort_keeps_what_was_typed(name):
    assert "data-keeps-drafts" in get_template(name).render()


def test_an_entry_brings_the_style_sheets_of_what_it_imports(built):
    page = drawn('{% entry "app" %}')

    assert '<link rel="stylesheet" href="/static/assets/common-1.css">' in page
    assert page.index("common-1.css") < page.index("assets/app-1.js")


def test_an_entry_nobody_built_leaves_the_page_readable(settings, tmp_path):
    settings.VITE_MANIFEST = tmp_path / "nothing.json"

    assert drawn('{% entry "app" %}') == ""


def test_an_icon_is_drawn_from_the_sprite_and_says_nothing(built):
    page = drawn('{% icon "search" %}')

    assert 'href="/static/assets/icons-1.svg#search"' in page
    assert 'aria-hidden="true"' in page


def test_demonstration_data_is_marked_in_every_frame():
    for frame in ("frame/bare.html", "frame/portal.html", "frame/desk.html"):
        page = get_template(frame).render({"demonstration": True, "rail": []})

        assert "demo" in page, frame


def test_a_clock_tells_its_state_in_words_and_not_by_colour_alone():
    clock = {"state": "late", "percent": 0, "words": "超时 1 天", "party": "待核查", "hints": []}

    page = get_template("_clock.html").render({"clock": clock})

    assert "超时 1 天" in page
    assert "待核查" in page
    assert "data-due" not in page
