"""Every page in a real browser, wide and on a phone, in light and in dark: axe finds nothing, nothing spills."""

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import axe_violations, sign_in
from mandates.actions.outcomes import MarkFulfilled
from mandates.models import Mandate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANDATE = "/mandates/ICC-ASP/20/Res.2:body:40:requests:0/"
PAGES = {
    "dashboard": "/",
    "mandates": "/mandates/",
    "mandates narrowed": "/mandates/?status=open&due=overdue&q=report",
    "no mandates": "/mandates/?q=zzzzzz",
    "mandate": MANDATE,
    "documents": "/resolutions/",
    "no documents": "/resolutions/?q=zzzzzz",
    "resolution": "/resolutions/ICC-ASP/20/Res.2/",
    "report": "/resolutions/ICC-ASP/16/17/",
    "document that is not here": "/resolutions/ICC-ASP/20/Res.3/",
    "known document": "/resolutions/ICC-ASP/20/25/",
    "known documents": "/resolutions/?show=known",
    "sessions": "/sessions/",
    "session": "/sessions/21/",
    "session to come": "/sessions/25/",
    "session as it stood": "/sessions/18/?as_at=2019-12-01",
    "dashboard as it stood": "/?as_at=2019-12-01",
    "topics": "/topics/",
    "topic": "/topics/cooperation/",
    "topic as it stood": "/topics/cooperation/?as_at=2019-12-01",
    "chains": "/lineages/",
    "chains narrowed": "/lineages/?topic=cooperation&status=open&category=all",
    "no chains": "/lineages/?q=zzzzzz",
    "sign in": "/accounts/login/",
    "no page": "/nowhere/",
}


def spills(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, samples: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    for name, path in PAGES.items():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            found += [f"{name}, {scheme}: {line}" for line in axe_violations(page)]
        if spills(page):
            found.append(f"{name}: scrolls sideways")
        assert page.locator("h1").count() == 1, name
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_staff_see(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []

    def look(name: str, prepare: Callable[[], object]) -> None:
        prepare()
        found.extend(f"{name}: {line}" for line in axe_violations(page))
        if spills(page):
            found.append(f"{name}: scrolls sideways")

    def unfold_all() -> None:
        for summary in page.locator("details.act > summary").all():
            summary.click()

    look("citations to look at", lambda: page.goto("/review/references/"))
    look("citations that lead nowhere", lambda: page.goto("/review/references/?state=ambiguous"))
    page.goto(MANDATE)
    look("forms", unfold_all)
    page.get_by_role("button", name="Mark fulfilled").click()
    look("refused form", page.locator("#fulfil-errors").wait_for)
    done = MarkFulfilled(mandate=overdue, version=0, evidence_symbol="ICC-ASP/21/12", note="As asked.")
    look("history", lambda: (done.execute(staff), page.goto(MANDATE)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/", "/mandates/", MANDATE, "/resolutions/ICC-ASP/20/Res.2/"])
def test_first_view_is_light(page: Page, samples: None, path: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")

    # Style sheets and scripts are compressed by WhiteNoise where the program really runs; the test's server does not.
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    assert sum(sizes.values()) < 150_000, sizes
    assert {urlsplit(url).netloc for url in sizes} == {urlsplit(page.url).netloc}


def test_resolution_in_print(page: Page, samples: None) -> None:
    page.emulate_media(media="print")
    page.goto("/resolutions/ICC-ASP/20/Res.2/")

    assert page.locator("#body-40 .text").is_visible()
    assert page.locator(".print-head").is_visible()
    for hidden in ("header.top", ".toc", "footer"):
        assert not page.locator(hidden).first.is_visible()


def test_anchor_of_a_paragraph(page: Page, samples: None) -> None:
    page.goto("/resolutions/ICC-ASP/20/Res.2/#body-40")

    expect(page.locator("#body-40")).to_be_in_viewport()
    page.get_by_role("link", name="Link to ICC-ASP/20/Res.2, para. 25").click()
    assert page.url.endswith("#body-25")
    assert page.locator("#body-25:target").count() == 1
