"""Deciding about many mandates in a browser: wide, by phone, by keyboard, without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.actions.outcomes import Withdraw
from mandates.models import BulkDecision, Correction, Mandate, OutcomeChange

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    Withdraw(mandate=overdue, version=0, note="Overtaken.").execute(staff)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(faults(page, name))

    page.goto("/review/bulk/")
    look("none yet")
    page.goto("/mandates/?per_page=50")
    page.locator("[name=pick]").first.check()
    look("list")
    page.get_by_label("that match").check()
    follow(page.get_by_role("button", name="Mark fulfilled…"))
    look("preview")
    follow(page.get_by_role("button", name="Mark fulfilled:"))
    expect(page.locator("#fulfil-errors")).to_be_visible()
    look("refused form")
    page.get_by_label("Document or link").fill("ICC-ASP/21/12")
    follow(page.get_by_role("button", name="Mark fulfilled:"))
    expect(page.locator("#sum")).to_contain_text("1 not done")
    look("summary")
    follow(page.get_by_role("link", name="Undo…"))
    look("undo")
    follow(page.get_by_role("button", name="Undo"))
    expect(page.locator("#sum")).to_contain_text("0 not done")
    page.goto("/review/bulk/")
    look("list of decisions")
    assert not found, "\n".join(found)
    assert Mandate.objects.exclude(outcome="open").count() == 1


def test_by_keyboard_without_losing_the_selection(
    page: Page, live_server: LiveServer, overdue: Mandate, staff: Any
) -> None:
    sign_in(page, live_server, staff)
    page.goto("/mandates/?status=open")
    picks = page.locator("[name=pick]")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type in ("fetch", "xhr") else None)
    picks.first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".picked")).to_have_text("1 selected")
    # The results stay: a box that selects is no filter.
    expect(picks.first).to_be_checked()
    expect(picks.first).to_be_focused()
    assert asked == []
    page.get_by_role("button", name="Select this page").press("Enter")
    expect(page.locator(".picked")).to_have_text(f"{picks.count()} selected")
    page.get_by_role("button", name="Select this page").press("Enter")
    expect(page.locator(".picked")).to_have_text("None selected")
    picks.nth(1).press("Space")
    follow(page.get_by_role("button", name="Withdraw…"), "Enter")
    page.get_by_role("textbox", name="Reason").fill("Overtaken.")
    follow(page.get_by_role("button", name="Withdraw: 1"), "Enter")
    expect(page.locator("#sum")).to_contain_text("1 done")
    assert OutcomeChange.objects.get().kind == "withdrawn"

    # A filter brings other results by htmx, and their boxes work as well.
    page.goto("/mandates/")
    page.get_by_label("Words or a symbol", exact=True).fill("report")
    page.keyboard.press("Enter")
    expect(page.locator(".says")).to_contain_text("found by “report”")
    page.locator("[name=pick]").first.check()
    expect(page.locator(".picked")).to_have_text("1 selected")
    expect(page.locator("#select [name=query]")).to_have_value("q=report")


def test_without_scripts(plain: Page, live_server: LiveServer, overdue: Mandate, staff: Any) -> None:
    sign_in(plain, live_server, staff)
    plain.goto("/mandates/?due=overdue")
    follow(plain.get_by_role("button", name="Withdraw…"))
    expect(plain.locator("#messages")).to_contain_text("Select the mandates")
    plain.locator("[name=pick]").first.check()
    follow(plain.get_by_role("button", name="Withdraw…"))
    follow(plain.get_by_role("button", name="Withdraw: 1"))
    expect(plain.locator("#withdraw-errors")).to_contain_text("required")
    plain.get_by_role("textbox", name="Reason").fill("Overtaken.")
    follow(plain.get_by_role("button", name="Withdraw: 1"))
    expect(plain.locator("#sum")).to_contain_text("1 done")
    follow(plain.get_by_role("link", name="Undo…"))
    follow(plain.get_by_role("button", name="Undo: 1"))
    expect(plain.locator("#sum")).to_contain_text("1 done")
    assert BulkDecision.objects.count() == 2 and not Mandate.objects.exclude(outcome="open").exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_correcting_many(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(faults(page, name))

    for button, entries in (
        ("Correct deadlines", {"When they are due": "session", "Session (number)": "23"}),
        ("Correct topic", {"Topic": "nonsense"}),
        ("Correct addressees", {"What becomes of the addressees": "add", "Body 1": "Registry"}),
    ):
        page.goto("/mandates/?category=all&resolution=ICC-ASP%2F20%2FRes.2&status=open")
        page.locator("[name=pick]").nth(0).check()
        page.locator("[name=pick]").nth(1).check()
        look("list")
        follow(page.get_by_role("button", name=f"{button}…"), "Enter")
        look(f"{button}: the form")
        for label, value in entries.items():
            field = page.get_by_label(label, exact=True)
            if field.evaluate("each => each.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)
        page.get_by_role("textbox", name="Reason").fill("The text says so.")
        follow(page.get_by_role("button", name="See what it would change"), "Enter")
        look(f"{button}: what it would change")
    expect(page.get_by_role("columnheader", name="Then")).to_be_visible(visible=width > 390)
    follow(page.get_by_role("button", name="Correct addressees: 2"), "Enter")
    wait_until_through(page)
    expect(page.locator("#sum")).to_contain_text("2 done")
    look("summary")
    follow(page.get_by_role("link", name="Undo…"))
    look("undo")
    follow(page.get_by_role("button", name="Undo: 2"))
    wait_until_through(page)
    expect(page.locator("#sum")).to_contain_text("2 done")
    assert not found, "\n".join(found)
    assert not Correction.objects.standing().exists() and Correction.objects.count() == 4


def test_correcting_without_scripts(plain: Page, live_server: LiveServer, overdue: Mandate, staff: Any) -> None:
    sign_in(plain, live_server, staff)
    plain.goto("/mandates/?due=overdue")
    plain.locator("[name=pick]").first.check()
    follow(plain.get_by_role("button", name="Correct deadlines…"))
    follow(plain.get_by_role("button", name="See what it would change"))
    expect(plain.locator("#correct_deadlines-errors")).to_contain_text("required")
    plain.get_by_label("When they are due").select_option("none")
    plain.get_by_role("textbox", name="Reason").fill("It has none.")
    follow(plain.get_by_role("button", name="See what it would change"))
    expect(plain.locator("h1")).to_have_text("Correct deadlines?")
    follow(plain.get_by_role("button", name="Correct deadlines: 1"))
    expect(plain.locator("#sum")).to_contain_text("1 done")
    assert Correction.objects.get().kind == "deadlines"


def wait_until_through(page: Page) -> None:
    """One document is corrected while the person waits, however long it takes."""
    expect(page.locator("#refresh")).to_have_count(0)
