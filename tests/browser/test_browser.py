"""The browser itself: it reaches the product and draws maps."""

from playwright.sync_api import Page


def test_the_browser_reaches_the_product_and_draws_maps(page: Page):
    answer = page.goto("/healthz")

    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("!!document.createElement('canvas').getContext('webgl2')")
