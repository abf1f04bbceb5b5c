"""The table of chains in a browser: wide, by phone, in print."""

import pytest
from playwright.sync_api import Page, expect

from asp_tracker.tests.browser import follow
from mandates.tests.test_timeline import asked, chain_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_request_stays_while_the_sessions_scroll(page: Page, samples: None) -> None:
    chain_of(asked(8, resolution="Res.99"), asked(20, resolution="Res.99"))
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto("/lineages/")
    first = page.locator(".mx tbody th").first
    before = first.bounding_box()
    page.locator(".wrap").evaluate("wrap => wrap.scrollLeft = 300")
    assert page.locator(".wrap").evaluate("wrap => wrap.scrollLeft") > 100
    assert before and first.bounding_box() == before


def test_on_a_phone_a_row_is_the_request_with_its_cells(page: Page, samples: None) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/lineages/")
    expect(page.locator(".mx thead")).to_be_hidden()
    row = page.locator(".mx tbody tr").first
    expect(row.locator("a.cell").first).to_be_visible()
    expect(row).to_contain_text("asked once, in 2021")
    for cell in row.locator("a.cell").all():
        box = cell.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert box["width"] >= 24 and box["height"] >= 24


def test_filters_work_without_a_script_and_can_be_taken_away(page: Page, samples: None) -> None:
    page.goto("/lineages/")
    rows = page.locator(".mx tbody tr")
    every = rows.count()
    page.get_by_label("Asked of").select_option(label="Bureau")
    follow(page.get_by_role("button", name="Show"))
    expect(page.locator(".says")).to_contain_text("asked of Bureau")
    assert 0 < rows.count() < every
    page.get_by_label("Status").select_option(label="Open")
    follow(page.get_by_role("button", name="Show"))
    assert "addressee=bureau" in page.url and "status=open" in page.url
    for left in (1, 0):
        follow(page.locator(".chip").first)
        expect(page.locator(".chip")).to_have_count(left)
    expect(rows).to_have_count(every)


def test_in_print(page: Page, samples: None) -> None:
    page.goto("/lineages/")
    page.emulate_media(media="print")
    expect(page.locator(".mx thead")).to_be_visible()
    for hidden in ("header.top", ".pick", ".chips", ".btn"):
        assert not page.locator(hidden).first.is_visible()
    overflow = page.locator(".mx").evaluate("table => table.scrollWidth > document.documentElement.clientWidth")
    assert not overflow
