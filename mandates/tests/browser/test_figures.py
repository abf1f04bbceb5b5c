"""The page of pictures in a browser: wide, by phone, without scripts, in print."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import Page, expect

from asp_tracker.tests.browser import faults, follow
from mandates.models import Mandate
from mandates.tests.factories import make_outcome_change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def decided(samples: None) -> None:
    """A third of what the sample resolution asks is done, some of it in time, so that every picture has something."""
    for number, mandate in enumerate(Mandate.objects.filter(tracked=True, recurring=False).order_by("pk")):
        day = datetime.date(2022, 6, 1) + datetime.timedelta(days=45 * number)
        if number % 3 != 2:
            make_outcome_change(mandate, effective_on=day, evidence_date=day)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_in_the_way_of_anyone(page: Page, decided: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/figures/")
    expect(page.get_by_role("img", name="Share of mandates that are still open")).to_be_visible()
    page.locator("details.numbers summary", has_text="behind the curve").click()
    expect(page.get_by_text("Followed so long")).to_be_visible()
    assert faults(page, "figures") == []
    for link in page.locator(".stacks td.r a:visible").all():
        box = link.bounding_box()
        assert box and box["width"] >= 24 and box["height"] >= 24


def test_a_part_of_a_bar_and_its_number_lead_to_the_same_list(page: Page, decided: None) -> None:
    page.goto("/figures/")
    row = page.locator(".stacks tbody tr").first
    number = row.locator("td.r a").first
    text, href = number.inner_text(), number.get_attribute("href")
    assert row.locator("svg a").first.get_attribute("href") == href
    follow(row.locator("svg a rect").first)
    expect(page.locator(".says strong").first).to_contain_text(f"{text} fulfilled")


def test_filters_work_without_a_script(plain: Page, decided: None) -> None:
    plain.goto("/figures/")
    plain.get_by_label("Asked of").select_option(label="Bureau")
    plain.get_by_label("As at").fill("2024-06-01")
    follow(plain.get_by_role("button", name="Show"))
    expect(plain.locator(".says")).to_contain_text("asked of Bureau, as they stood on 1 June 2024")
    follow(plain.locator(".chip", has_text="Bureau"))
    expect(plain.locator(".says")).not_to_contain_text("asked of Bureau")
    expect(plain.get_by_label("As at")).to_have_value("2024-06-01")


def test_in_print_the_numbers_are_there(page: Page, decided: None) -> None:
    page.goto("/figures/")
    expect(page.get_by_text("Followed so long")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("Followed so long")).to_be_visible()
    for hidden in ("header.top", ".pick", ".file"):
        assert not page.locator(hidden).first.is_visible()
