"""The queues of what waits for a person in a browser: wide, by phone, without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import axe_violations, sign_in
from mandates.models import CitationCheck, Mandate
from mandates.tests.browser.test_every_page import spills
from mandates.tests.factories import make_outcome_change
from resolutions.models import DocumentIssue, ImportBatch, ImportRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(overdue: Mandate, staff: Any) -> list[Mandate]:
    """Three flagged mandates, two failed files, a corrigendum that could not be placed; the samples have citations."""
    mandates = list(Mandate.objects.filter(document=overdue.document, tracked=True).order_by("position")[:3])
    for mandate in mandates:
        make_outcome_change(mandate)
        mandate.flag = "21 November 2026: It was addressed to Bureau and is now addressed to Court."
        mandate.save(update_fields=["flag"])
    batch = ImportBatch.objects.create(started_by=staff)
    for name in ("first.txt", "second.docx"):
        ImportRun.objects.create(batch=batch, name=name, status="failed", error="It holds no text.", error_code="empty")
    issue = DocumentIssue.objects.get(document=overdue.document)
    missed = {"words": "Paragraph 99: for “Bureau” read “Court”.", "reason": "There is no paragraph 99."}
    DocumentIssue.objects.create(
        document=overdue.document,
        symbol=f"{overdue.document.symbol}/Corr.1",
        corrigendum=1,
        source=issue.source,
        unplaced=[missed],
    )
    return mandates


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, live_server: LiveServer, waiting: list[Mandate], staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []

    def look(name: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found.extend(f"{name}, {scheme}: {line}" for line in axe_violations(page))
        if spills(page):
            found.append(f"{name}: scrolls sideways")
        assert page.locator("h1").count() == 1, name

    page.goto("/review/")
    look("all that waits")
    for name in ("flagged", "failed-imports", "corrigenda", "references"):
        page.goto(f"/review/{name}/")
        look(name)
        page.goto(page.locator("tbody a").first.get_attribute("href") or "")
        look(f"one of {name}")
    page.goto(f"/review/flagged/{waiting[0].pk}/")
    page.get_by_role("link", name="The mandate's page").click()
    expect(page.locator("#back-to-queue")).to_be_visible()
    look("mandate, from the queue")
    assert not found, "\n".join(found)


def test_worked_through_without_scripts(
    plain: Page, live_server: LiveServer, waiting: list[Mandate], staff: Any
) -> None:
    sign_in(plain, live_server, staff)
    plain.goto("/review/")
    plain.get_by_role("link", name="Flagged mandates").click()
    plain.locator("tbody a").first.click()
    place = plain.locator("nav[aria-label='The queue']")
    expect(place).to_contain_text("1 of 3")
    plain.get_by_role("link", name="Next").click()
    expect(place).to_contain_text("2 of 3")
    plain.get_by_role("button", name="Reviewed").click()
    expect(plain.locator("#messages")).to_contain_text("Reviewed")
    expect(place).to_contain_text("2 of 2")
    plain.get_by_role("link", name="The mandate's page").click()
    plain.get_by_text("Reopen, with a reason").click()
    plain.get_by_label("Reason").fill("It does not hold.")
    plain.get_by_role("button", name="Reopen", exact=True).click()
    expect(plain.locator("#messages")).to_contain_text("Recorded")
    plain.get_by_role("link", name="Back to the queue").click()
    expect(place).to_contain_text("2 of 2")
    plain.goto("/review/failed-imports/")
    plain.locator("tbody a").first.click()
    for left in (1, 0):
        plain.get_by_role("button", name="Set aside").click()
        expect(plain.locator("#messages")).to_contain_text("set aside")
        assert ImportRun.objects.filter(status="failed").count() == left
    expect(plain.locator("main")).to_contain_text("Nothing waits.")
    plain.goto("/review/references/")
    plain.locator("tbody a").first.click()
    plain.get_by_label("Note").fill("A slip.")
    plain.get_by_role("button", name="Checked").click()
    expect(plain.locator("#messages")).to_contain_text("is checked")
    assert CitationCheck.objects.get().note == "A slip."
