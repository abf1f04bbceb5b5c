"""The queues of what waits for a person in a browser: wide, by phone, without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import follow, sign_in
from mandates.models import CitationCheck, Mandate
from resolutions.models import ImportRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_worked_through_without_scripts(
    plain: Page, live_server: LiveServer, queues: list[Mandate], staff: Any
) -> None:
    sign_in(plain, live_server, staff)
    plain.goto("/review/")
    follow(plain.get_by_role("link", name="Flagged mandates"))
    follow(plain.locator("tbody a").first)
    place = plain.locator("nav[aria-label='The queue']")
    expect(place).to_contain_text("1 of 3")
    follow(plain.get_by_role("link", name="Next"))
    expect(place).to_contain_text("2 of 3")
    follow(plain.get_by_role("button", name="Reviewed"))
    expect(plain.locator("#messages")).to_contain_text("Reviewed")
    expect(place).to_contain_text("2 of 2")
    follow(plain.get_by_role("link", name="The mandate's page"))
    plain.get_by_text("Reopen, with a reason").click()
    plain.get_by_label("Reason").fill("It does not hold.")
    follow(plain.get_by_role("button", name="Reopen", exact=True))
    expect(plain.locator("#messages")).to_contain_text("Recorded")
    follow(plain.get_by_role("link", name="Back to the queue"))
    expect(place).to_contain_text("2 of 2")
    plain.goto("/review/failed-imports/")
    follow(plain.locator("tbody a").first)
    for left in (1, 0):
        follow(plain.get_by_role("button", name="Set aside"))
        expect(plain.locator("#messages")).to_contain_text("set aside")
        assert ImportRun.objects.filter(status="failed").count() == left
    expect(plain.locator("main")).to_contain_text("Nothing waits.")
    plain.goto("/review/references/")
    follow(plain.locator("tbody a").first)
    plain.get_by_label("Note").fill("A slip.")
    follow(plain.get_by_role("button", name="Checked"))
    expect(plain.locator("#messages")).to_contain_text("is checked")
    assert CitationCheck.objects.get().note == "A slip."
