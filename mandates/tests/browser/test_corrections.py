"""Correcting in a browser: wide, by phone, by keyboard and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.models import Correction, Mandate
from mandates.tests.browser.test_keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SYMBOL = "ICC-ASP/20/Res.2"
KEY = f"{SYMBOL}:body:40:requests:0"
MISSED = f"/review/corrections/missed/?document={SYMBOL}&paragraph=body/40"
WELCOMED = "welcomes the Court report on cooperation"


@pytest.mark.parametrize("width", [1280, 390])
def test_every_form(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []
    for kind in ("addressees", "deadlines", "topic", "split", "merge", "not_a_mandate"):
        page.goto(f"/mandates/correct/{KEY}/{kind}/")
        found += faults(page, kind)
        follow(page.get_by_role("button", name="Store the correction"))
        expect(page.locator(".errors").first).to_be_visible()
        found += faults(page, f"{kind}, refused")
    page.goto(MISSED)
    found += faults(page, "missed")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_split_and_undo(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    page.goto(overdue.get_absolute_url())
    follow(page.locator("#correct").get_by_role("link", name="Split"))
    page.get_by_role("radio", name="cooperation").check(force=True)
    follow(page.get_by_role("button", name="See what becomes of it"))
    expect(page.locator("#becomes .facts")).to_have_count(2)
    found = faults(page, "what becomes of it")
    page.get_by_label("Reason").fill("Two things are asked.")
    follow(page.get_by_role("button", name="Store the correction"))
    expect(page.locator("#correct")).to_contain_text("Two things are asked.")
    expect(page.locator("#history")).to_contain_text("Corrected: Split")
    found += faults(page, "mandate that was split")
    follow(page.locator("#correct").get_by_role("link", name="Split: staff"))
    found += faults(page, "a correction")
    page.get_by_label("Reason").fill("It is one.")
    follow(page.get_by_role("button", name="Undo this correction"))
    expect(page.locator("main")).to_contain_text("Undone by staff")
    assert Mandate.objects.filter(paragraph=overdue.paragraph).count() == 1
    assert not found, "\n".join(found)


def test_words_are_marked_by_keyboard(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any) -> None:
    sign_in(page, live_server, staff)
    page.goto(f"/resolutions/{SYMBOL}/")
    follow(page.locator("#body-40").get_by_role("link", name="A mandate was missed"))
    tab_to(page, "#paragraph")
    page.keyboard.press("Control+Home")
    text = page.locator("#paragraph").input_value()
    for _step in range(text.index(WELCOMED)):
        page.keyboard.press("ArrowRight")
    for _step in range(len(WELCOMED)):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_label("Words of the mandate")).to_have_value(WELCOMED)
    page.keyboard.type("x")
    expect(page.locator("#paragraph")).to_have_value(text)
    page.get_by_label("Verb").select_option("requests")
    page.get_by_label("Body 1").fill("Registry")
    page.get_by_label("Reason").fill("It asks for one.")
    follow(page.get_by_role("button", name="Store the correction"))
    expect(page.locator("h1")).to_contain_text("Request to Registry")
    expect(page.locator("#correct")).to_contain_text("It asks for one.")


def test_without_scripts(plain: Page, live_server: LiveServer, overdue: Mandate, staff: Any) -> None:
    sign_in(plain, live_server, staff)
    plain.goto(MISSED)
    plain.get_by_label("Words of the mandate").fill("welcomes the Court ... on cooperation")
    plain.get_by_label("Verb").select_option("requests")
    follow(plain.get_by_role("button", name="See what becomes of it"))
    expect(plain.locator("#becomes")).to_contain_text("requests")
    assert not Correction.objects.exists()
    plain.goto(f"/mandates/correct/{KEY}/not_a_mandate/")
    plain.get_by_label("Reason").fill("A test.")
    follow(plain.get_by_role("button", name="Store the correction"))
    expect(plain.locator("#body-40")).to_contain_text("No mandate, says staff")
    follow(plain.locator("#body-40").get_by_role("link", name="Undo"))
    plain.get_by_label("Reason").fill("It is one.")
    follow(plain.get_by_role("button", name="Undo this correction"))
    expect(plain.locator("main")).to_contain_text("Undone by staff")
    assert Mandate.objects.filter(key=KEY).exists()
