"""All that staff do, in a browser that runs no script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from asp_tracker.tests.browser import follow
from mandates.models import Mandate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_find_mark_withdraw_and_reopen(plain: Page, overdue: Mandate, staff: Any) -> None:
    page = plain
    page.goto(overdue.get_absolute_url())
    follow(page.get_by_role("link", name="Staff sign in"))
    page.get_by_label("Username").fill("staff")
    page.get_by_label("Password").fill("password")
    follow(page.get_by_role("button", name="Sign in"))
    assert page.url.endswith(overdue.get_absolute_url())
    expect(page.locator(".who-am")).to_contain_text("staff")

    page.get_by_text("Mark as fulfilled").click()
    page.get_by_label("Document or link").fill("the report")
    follow(page.get_by_role("button", name="Mark fulfilled"))
    expect(page.locator("#fulfil-errors")).to_contain_text("the report")
    expect(page.get_by_label("Document or link")).to_have_value("the report")

    page.get_by_label("Document or link").fill("ICC-ASP/21/ 12")
    follow(page.get_by_role("button", name="Mark fulfilled"))
    expect(page.locator("#headline")).to_contain_text("Fulfilled")
    expect(page.locator("#outcome")).to_contain_text("ICC-ASP/21/12")

    page.get_by_text("Reopen, with a reason").click()
    page.get_by_label("Reason").fill("Another report was meant.")
    follow(page.get_by_role("button", name="Reopen", exact=True))
    expect(page.locator("#headline")).to_contain_text("Overdue")

    page.get_by_text("Withdraw, with a reason").click()
    page.get_by_label("Reason").fill("Overtaken by the review.")
    follow(page.get_by_role("button", name="Withdraw", exact=True))
    expect(page.locator("#headline")).to_contain_text("Withdrawn")
    for what in ("Overtaken by the review.", "Another report was meant.", "ICC-ASP/21/12"):
        expect(page.locator("#history")).to_contain_text(what)

    follow(page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("link", name="Staff sign in")).to_be_visible()


def test_documents_are_filtered(plain: Page, samples: None) -> None:
    plain.goto("/resolutions/")
    plain.get_by_label("Kind").select_option("report")
    follow(plain.get_by_role("button", name="Show"))

    expect(plain.locator("#documents tbody tr")).to_have_count(1)
    follow(plain.get_by_role("link", name="ICC-ASP/16/17"))
    expect(plain.locator("h1")).to_have_text("Report of the Bureau on cooperation")


def test_citation_is_there_to_copy(plain: Page, samples: None) -> None:
    plain.goto("/resolutions/ICC-ASP/20/Res.2/")
    line = plain.locator("#body-25")
    line.hover()
    line.locator("summary").click()

    expect(line.locator(".copy p").first).to_have_text("ICC-ASP/20/Res.2, para. 25")
    expect(line.locator(".copy .address")).to_have_text(re.compile("^http.*/resolutions/ICC-ASP/20/Res.2/#body-25$"))
