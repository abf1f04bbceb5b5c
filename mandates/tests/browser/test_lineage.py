"""A chain on the page of a mandate and the queue of links, in a browser: wide, by phone, without scripts, in print."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.models import Mandate, MandateLink
from mandates.tests.factories import make_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chain(overdue: Mandate, no_new_findings: None) -> Mandate:
    """The request to the Court for a report, linked with its draft, and three proposals."""
    MandateLink.objects.all().delete()
    Mandate.objects.update(chain=None, parallel_of=None)
    draft = Mandate.objects.get(document__symbol="ICC-ASP/16/17", part="annex I", label="32", verb="requests")
    make_link(overdue, draft, score=0.93)
    Mandate.objects.filter(pk__in=[overdue.pk, draft.pk]).update(chain=draft)
    later = Mandate.objects.filter(document__symbol="ICC-ASP/20/Res.2").exclude(pk=overdue.pk).order_by("position")
    earlier = Mandate.objects.filter(document__symbol="ICC-ASP/16/17").exclude(pk=draft.pk).order_by("position")
    for one, other in zip(later[:3], earlier[:3], strict=True):
        make_link(one, other, decision="proposed", score=0.8, matched=["body: Bureau", "topic: Cooperation"])
    return overdue


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, live_server: LiveServer, chain: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(faults(page, name))

    page.goto(chain.get_absolute_url())
    expect(page.locator(".tl > li.gap").first).to_be_visible()
    look("chain")
    sign_in(page, live_server, staff)
    link = MandateLink.objects.filter(decision="proposed").earliest("pk")
    page.goto(link.later.get_absolute_url())
    expect(page.locator(".sugg")).to_be_visible()
    look("chain and proposal")
    page.goto("/review/links/")
    look("queue")
    page.locator("[name=link]").first.check()
    follow(page.get_by_role("button", name="Confirm selected"))
    look("preview")
    page.goto(f"/review/links/{link.pk}/?find=cooperation")
    expect(page.locator("[name=other]").first).to_be_visible()
    look("one link")
    follow(page.get_by_role("button", name="Link the one chosen"))
    expect(page.locator("#decision-errors")).to_be_visible()
    look("refused")
    page.goto(f"/review/links/new/{chain.key}/?find=cooperation")
    look("by hand")
    page.goto("/review/links/?state=rejected")
    look("none")
    MandateLink.objects.filter(pk=link.pk).update(decision="rejected")
    page.reload()
    look("rejected")
    assert not found, "\n".join(found)


def test_the_queue_without_scripts(plain: Page, live_server: LiveServer, chain: Mandate, staff: Any) -> None:
    page = plain
    sign_in(page, live_server, staff)
    page.goto("/")
    follow(page.get_by_role("link", name="Review", exact=True))
    follow(page.get_by_role("link", name="Proposed links"))
    expect(page.locator(".links > li")).to_have_count(3)
    follow(page.get_by_role("link", name=re.compile("Choose another")).first)
    expect(page.locator(".pages")).to_contain_text("1 of 3")
    page.get_by_label(re.compile("Note")).fill("The same.")
    follow(page.get_by_role("button", name="Yes, confirm"))
    expect(page.locator("#messages")).to_contain_text("Confirmed.")
    expect(page.locator(".pages")).to_contain_text("1 of 2")

    page.get_by_role("searchbox", name=re.compile("Find another")).fill("ICC-ASP/16/17 annex I para 32")
    follow(page.get_by_role("button", name="Find", exact=True))
    page.locator("[name=other]").first.check()
    follow(page.get_by_role("button", name="Link the one chosen"))
    expect(page.locator("#messages")).to_contain_text("Linked with the one that you chose")

    page.goto("/review/links/")
    page.locator("[name=link]").first.check()
    follow(page.get_by_role("button", name="Reject selected"))
    expect(page.locator("h1")).to_have_text("Reject one link?")
    follow(page.get_by_role("button", name="Reject them"))
    expect(page.locator("#sum")).to_contain_text("1 done")
    page.goto("/review/links/")
    expect(page.locator("main")).to_contain_text("Nothing waits.")
    decisions = sorted(MandateLink.objects.values_list("decision", flat=True))
    assert decisions == ["confirmed", "confirmed", "found", "rejected", "rejected"]


def test_in_print(page: Page, chain: Mandate) -> None:
    page.emulate_media(media="print")
    page.goto(chain.get_absolute_url())
    expect(page.locator(".tl ins, .tl del").first).to_be_visible()
    assert "line-through" in page.evaluate("getComputedStyle(document.querySelector('.tl del')).textDecorationLine")
