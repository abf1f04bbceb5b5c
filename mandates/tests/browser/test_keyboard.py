"""The pages by keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import sign_in
from mandates.models import Mandate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The focus never came to {selector}")


def test_skip_link(page: Page, samples: None) -> None:
    page.goto("/mandates/")
    page.keyboard.press("Tab")

    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(
    "path", ["/", "/mandates/", "/resolutions/", "/sessions/18/", "/topics/cooperation/", "/lineages/"]
)
def test_focus_is_always_seen(page: Page, samples: None, path: str) -> None:
    page.goto(path)
    for _ in range(20):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_documents_are_filtered(page: Page, samples: None) -> None:
    page.goto("/resolutions/")
    tab_to(page, "#id_q")
    page.keyboard.type("bureau")
    page.keyboard.press("Enter")

    expect(page.locator("#documents tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=bureau"))


def test_a_mandate_is_marked_fulfilled(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any) -> None:
    sign_in(page, live_server, staff)
    page.goto(overdue.get_absolute_url())
    tab_to(page, "details.act > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#fulfil-evidence")
    page.keyboard.press("Enter")

    # Refused, as there is no evidence: the focus is at what says so.
    expect(page.locator("#fulfil-errors")).to_be_focused()
    tab_to(page, "#fulfil-evidence")
    page.keyboard.type("ICC-ASP/21/12")
    page.keyboard.press("Enter")

    expect(page.locator("#headline")).to_contain_text("Fulfilled")
    expect(page.locator("#messages")).to_contain_text("Recorded")
    expect(page.locator("#history")).to_contain_text("ICC-ASP/21/12")
    expect(page.locator("#h-outcome")).to_be_focused()
    overdue.refresh_from_db()
    assert overdue.outcome == "fulfilled"
