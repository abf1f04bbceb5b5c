"""Pages in a real browser: the Chromium of the system, with the program served beside the test."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.services import missing

# Milliseconds. A machine that is busy may take a while; what is there at once costs nothing.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        missing("No Chromium on this machine")
    # Playwright keeps an event loop in this thread, and Django then takes every query for one from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def _opened(browser: Browser, live_server: LiveServer, *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the live server. The test fails where a script does, or where the CSP has to step in."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    with _opened(browser, live_server, scripts=True) as page:
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the live server in a browser that runs no script."""
    with _opened(browser, live_server, scripts=False) as page:
        yield page


def follow(there: Locator, key: str = "") -> None:
    """Click what leads to another page, and wait until that has come: what is asked next is asked of the new page.

    Args:
        there: a link, or a button that sends a form.
        key: the key to press there instead, as "Enter".
    """
    with there.page.expect_navigation():
        if key:
            there.press(key)
        else:
            there.click()


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """As if the user had signed in on this page, without the form."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def axe_violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page as it stands, by all of its rules or by these: one line for each, with the places."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = rules
    asked = f"axe.run({json.dumps(options)}).then(r => r.violations)"
    session = page.context.new_cdp_session(page)
    try:
        # Through the debugger, as the page's own policy rightly forbids an inline script.
        session.send("Runtime.evaluate", {"expression": AXE.read_text()})
        answer: dict[str, Any] = session.send(
            "Runtime.evaluate",
            {"expression": asked, "awaitPromise": True, "returnByValue": True},
        )
    finally:
        session.detach()
    return [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']]}"
        for violation in answer["result"]["value"]
    ]


# What a validator says of a page and axe does not: an id twice, no title of its own, a reference to what is not there.
_MARKUP = """() => {
  const all = (name) => [...document.querySelectorAll(`[${name}]`)].map((each) => each.getAttribute(name));
  const missing = (id) => id && !document.getElementById(decodeURIComponent(id));
  const ids = all("id");
  const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));
  const named = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list"].flatMap(all);
  const links = all("href").filter((link) => link.startsWith("#")).map((link) => link.slice(1));
  return [
    ...[...twice].map((id) => `the id ${id} stands twice`),
    ...named.flatMap((value) => value.split(/\\s+/)).filter(missing).map((id) => `the id ${id} is named and not there`),
    ...links.filter(missing).map((id) => `#${id} leads nowhere`),
    ...(/^\\s*·/.test(document.title) ? ["it has no title"] : []),
    ...(document.querySelectorAll("h1").length === 1 ? [] : ["it has not one h1"]),
  ];
}"""


def spills(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, at its width: axe in light and in dark, its markup, its width.

    Args:
        page: the page.
        name: what the test calls it.

    Returns:
        One line for each fault, none if all is well.
    """
    found: list[str] = page.evaluate(_MARKUP)
    page.emulate_media(color_scheme="dark")
    # Colours are all that is another there.
    found += [f"dark: {line}" for line in axe_violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    found += [f"light: {line}" for line in axe_violations(page)]
    if spills(page):
        found.append("it scrolls sideways")
    return [f"{name}: {line}" for line in found]
