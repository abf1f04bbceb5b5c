"""Deciding about many mandates in a browser: wide, by phone, by keyboard, without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.actions.outcomes import Withdraw
from mandates.models import BulkDecision, Mandate, OutcomeChange

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
