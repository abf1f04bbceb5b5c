"""List and dashboard in a real browser: with a script, without one, by keyboard, on a phone, in light and dark."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow
from mandates.tests.factories import make_mandate, make_topic
from mandates.tests.many import make_many
from resolutions.tests.factories import make_paragraph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def mandates(transactional_db: None) -> None:
    make_many(40)


def test_a_filter_changes_only_the_results(page: Page, live_server: LiveServer) -> None:
    page.goto("/mandates/?category=all")
    page.evaluate("window.stillThere = true")
    strength = page.get_by_role("checkbox", name=re.compile("^Request"))
    strength.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{live_server.url}/mandates/?category=all&strength=request")
    expect(page.locator(".says")).to_contain_text("that are requests")
    expect(page.locator(".row")).to_have_count(10)
    # The counts of other facets follow, the page stays, the keyboard keeps its place, and a reader is told.
    expect(page.locator("#facet-status .n").first).to_have_text("4")
    assert page.evaluate("window.stillThere")
    expect(strength).to_be_focused()
    expect(strength).to_be_checked()
    expect(page.locator("#announce")).to_contain_text("10 mandates")
    expect(page.get_by_role("link", name="Take these 10 along as CSV")).to_have_attribute(
        "href", "/mandates/export.csv?category=all&strength=request"
    )

    page.get_by_label("Sort by").select_option("citation")
    expect(page).to_have_url(f"{live_server.url}/mandates/?category=all&strength=request&ordering=citation")
    page.get_by_label("Words or a symbol").fill("matter 5")
    page.keyboard.press("Enter")
    expect(page.locator(".says")).to_contain_text("found by “matter 5”")
    expect(page.locator("mark.hit").first).to_be_visible()

    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/mandates/?category=all&strength=request&ordering=citation")
    expect(page.locator(".row")).to_have_count(10)
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/mandates/?category=all&strength=request")
    expect(page.locator(".row")).to_have_count(10)
    expect(page.locator("h1")).to_have_text("Mandates")


def test_a_long_facet_can_be_searched(page: Page, live_server: LiveServer) -> None:
    for number in range(25):
        make_mandate(make_paragraph(), topic=make_topic(f"Sujet nº {number} à part"))
    page.goto("/mandates/")
    facet = page.locator("#facet-topic .others")
    facet.locator("summary").click()
    facet.get_by_label("Find among these").fill("17 a PART")
    expect(facet.locator("label:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    facet.get_by_role("checkbox").and_(page.locator(":visible")).check()
    expect(page).to_have_url(f"{live_server.url}/mandates/?topic=sujet-no-17-a-part")


def test_a_chip_takes_its_filter_away(page: Page, live_server: LiveServer) -> None:
    page.goto("/mandates/?status=open&strength=request&category=all")
    page.get_by_role("link", name="Strength Request , remove").click()
    expect(page).to_have_url(f"{live_server.url}/mandates/?status=open&category=all")
    expect(page.get_by_role("checkbox", name=re.compile("^Request"))).not_to_be_checked()


def test_without_a_script(plain: Page) -> None:
    plain.goto("/mandates/")
    plain.get_by_role("checkbox", name=re.compile("^Court organs")).check()
    follow(plain.get_by_role("button", name="Show").first)
    assert "category=court-organ" in plain.url
    expect(plain.locator(".says")).to_contain_text("asked of Court organs")
    plain.get_by_label("Sort by").select_option("citation")
    follow(plain.get_by_role("button", name="Sort"))
    assert "category=court-organ" in plain.url
    assert "ordering=citation" in plain.url


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["/", "/mandates/?q=matter&status=foo&category=all"])
def test_everyone_can_use_what_is_folded_too(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert faults(page, address) == []
