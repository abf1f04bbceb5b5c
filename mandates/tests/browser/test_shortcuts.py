"""The keyboard shortcuts in a browser: a queue worked through by keys alone, the panel, and turning them off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.models import Mandate, Suggestion
from mandates.tests.factories import make_suggestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PANEL = "dialog#shortcuts"


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


@pytest.fixture
def suggestions(overdue: Mandate) -> list[Suggestion]:
    """Three mandates that documents seem to answer."""
    Suggestion.objects.all().delete()
    mandates = Mandate.objects.filter(document=overdue.document, tracked=True, outcome="open", recurring=False)
    return [make_suggestion(each) for each in mandates.order_by("pk")[:3]]


def test_a_queue_is_worked_through_by_keys_alone(
    page: Page, live_server: LiveServer, queues: list[Mandate], staff: Any
) -> None:
    sign_in(page, live_server, staff)
    page.goto("/")
    press(page, "g", "s")
    expect(page.locator("h1")).to_have_text("What waits for a person")
    for _row in range(3):
        page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Flagged mandates")).to_be_focused()
    press(page, "Enter")
    page.keyboard.press("j")
    press(page, "Enter")
    place = page.locator(".around")
    expect(place).to_contain_text("1 of 3")
    press(page, "j")
    expect(place).to_contain_text("2 of 3")
    press(page, "p")
    expect(place).to_contain_text("1 of 3")
    page.keyboard.press("k")  # there is none before it
    press(page, "c")
    expect(page.locator("#messages")).to_contain_text("Reviewed")
    expect(place).to_contain_text("1 of 2")
    press(page, "c")
    press(page, "c")
    expect(page.locator("main")).to_contain_text("Nothing waits.")
    assert not Mandate.objects.flagged().exists()


def test_decisions_on_a_row_of_the_list(
    page: Page, live_server: LiveServer, suggestions: list[Suggestion], staff: Any
) -> None:
    sign_in(page, live_server, staff)
    page.goto("/review/suggestions/")
    boxes = page.locator("[name=suggestion]")
    page.keyboard.press("x")  # no row yet
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(0)).not_to_be_checked()
    page.keyboard.press("x")
    expect(boxes.nth(1)).not_to_be_checked()
    press(page, "d")
    expect(page.locator("#messages")).to_contain_text("Dismissed")
    expect(boxes).to_have_count(2)
    page.keyboard.press("j")
    press(page, "c")
    expect(page.locator("#messages")).to_contain_text("Confirmed")
    assert [each.state for each in Suggestion.objects.order_by("mandate_id", "pk")] == [
        "confirmed", "dismissed", "waiting",
    ]  # fmt: skip


def test_nothing_happens_where_somebody_types_or_holds_another_key(
    page: Page, live_server: LiveServer, queues: list[Mandate], staff: Any
) -> None:
    sign_in(page, live_server, staff)
    page.goto(f"/review/flagged/{queues[0].pk}/")
    note = page.get_by_label("Note")
    note.focus()
    page.keyboard.type("j?c/x g s")
    expect(note).to_have_value("j?c/x g s")
    expect(page.locator(PANEL)).to_be_hidden()
    page.locator("h1").click()
    for key in ("Control+j", "Alt+c", "Shift+J", "Meta+k"):
        page.keyboard.press(key)
    expect(page.locator(".around")).to_contain_text("1 of 3")
    page.keyboard.press("/")
    expect(page.locator("#find-q")).to_be_focused()
    expect(page.locator("#find-q")).to_have_value("")
    assert Mandate.objects.flagged().count() == 3


@pytest.mark.parametrize("width", [1280, 390])
def test_the_panel_lists_what_works_here(
    page: Page, live_server: LiveServer, queues: list[Mandate], staff: Any, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/sessions/")
    page.keyboard.press("?")
    panel = page.locator(PANEL)
    expect(panel).to_contain_text("Next row")
    expect(panel).not_to_contain_text("waits for a person")
    expect(panel).not_to_contain_text("Confirm")
    assert not faults(page, "panel")
    page.keyboard.press("j")  # rests while the panel is open
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("main a:focus")).to_have_count(0)
    sign_in(page, live_server, staff)
    page.goto(f"/review/flagged/{queues[0].pk}/")
    page.get_by_role("link", name="Keyboard shortcuts").click()
    expect(panel).to_contain_text("Confirm, or say that you looked at it")
    expect(panel).not_to_contain_text("Previous one")  # it is the first
    expect(panel).not_to_contain_text("Next row")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("link", name="Keyboard shortcuts")).to_be_focused()


def test_they_can_be_turned_off(page: Page, samples: None) -> None:
    page.goto("/sessions/")
    page.keyboard.press("?")
    page.locator(PANEL).get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.goto("/topics/")
    for key in ("j", "?", "g", "m"):
        page.keyboard.press(key)
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page).to_have_url(re.compile("/topics/$"))
    page.get_by_role("link", name="Keyboard shortcuts").click()
    page.locator(PANEL).get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    press(page, "g", "m")
    expect(page).to_have_url(re.compile("/mandates/$"))


def test_without_scripts_there_is_a_page(plain: Page, samples: None) -> None:
    plain.goto("/topics/")
    follow(plain.get_by_role("link", name="Keyboard shortcuts"))
    expect(plain.locator("h1")).to_have_text("Keyboard shortcuts")
    expect(plain.locator("kbd").first).to_have_text("?")
