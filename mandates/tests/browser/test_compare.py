"""Two documents beside each other in a real browser: wide, on a phone, by keyboard, without scripts, on paper."""

import re

import pytest
from playwright.sync_api import FloatRect, Page, expect

from asp_tracker.tests.browser import faults, follow
from mandates.tests.browser.test_keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFT = "/resolutions/compare/?a=16/17,+annex+I&b=20/res2"
PAGES = {
    "draft and adopted": DRAFT,
    "as one text": f"{DRAFT}&view=one",
    "some kinds": f"{DRAFT}&kind=moved&kind=dropped&mandates=1",
    "one alone": "/resolutions/compare/?b=20/res2",
    "none": "/resolutions/compare/",
    "not here": "/resolutions/compare/?a=20/Res.3&b=cooperation",
}


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, samples: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    for name, path in PAGES.items():
        page.goto(path)
        closed = page.locator(".cmp details:not([open]) > summary")
        for _ in range(min(closed.count(), 2)):
            closed.first.click()
        found += faults(page, name)
    page.goto("/resolutions/ICC-ASP/20/Res.2/")
    page.locator(".with > summary").click()
    found += faults(page, "what to compare with")
    assert not found, "\n".join(found)


def test_beside_each_other_and_one_under_the_other(page: Page, samples: None) -> None:
    def places() -> tuple[FloatRect, FloatRect]:
        row = page.locator(".cmp > .reworded").first
        before, after = row.locator(".a").bounding_box(), row.locator(".b").bounding_box()
        assert before and after
        return before, after

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(DRAFT)
    before, after = places()
    assert before["y"] == after["y"] and before["x"] + before["width"] < after["x"]
    page.set_viewport_size({"width": 390, "height": 900})
    before, after = places()
    assert before["x"] == after["x"] and before["y"] + before["height"] <= after["y"] and before["width"] > 300


def test_by_keyboard_from_difference_to_difference(page: Page, samples: None) -> None:
    page.goto(DRAFT)
    for number, link in enumerate([".jump a", ".next", ".next"]):
        tab_to(page, link)
        page.keyboard.press("Enter")
        expect(page.locator(".cmp > li[id]").nth(number)).to_be_focused()
    expect(page.locator(".cmp > li[id]").nth(2)).to_be_in_viewport()


def test_without_scripts(plain: Page, samples: None) -> None:
    page = plain
    page.goto("/resolutions/ICC-ASP/20/Res.2/")
    page.locator(".with > summary").click()
    follow(page.get_by_role("link", name="with ICC-ASP/16/17, annex I", exact=True))
    expect(page.locator("h1")).to_have_text("ICC-ASP/16/17, annex I and ICC-ASP/20/Res.2 compared")
    page.get_by_label("Dropped").check()
    follow(page.get_by_role("button", name="Compare"))
    expect(page.locator(".cmp > .dropped")).to_have_count(3)
    expect(page.locator(".cmp > .kept")).to_have_count(0)
    follow(page.get_by_role("link", name="Swap the two"))
    expect(page.get_by_label("Earlier")).to_have_value("ICC-ASP/20/Res.2")
    follow(page.get_by_role("link", name=re.compile("^All ")))
    expect(page.locator(".cmp > .new")).to_have_count(3)


def test_on_paper(page: Page, samples: None) -> None:
    page.goto(DRAFT)
    page.emulate_media(media="print")
    for shown in ("h1", ".vs .what", ".key", ".cmp .a .text", ".cmp del", ".cmp .tag b", ".print-head"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in ("header.top", ".vs input", ".kinds", ".jump", ".cmp .next", "footer"):
        assert not page.locator(hidden).first.is_visible(), hidden
