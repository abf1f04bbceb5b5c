"""The tools of the browser tests themselves; the pages are tested beside their apps."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import axe_violations, faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.goto("/healthz")
    page.evaluate("document.body.append(document.createElement('img'))")

    assert any(line.startswith("image-alt: ") for line in axe_violations(page))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<p id=a></p><p id=a></p>", "the id a stands twice"),
        ("<label for=a></label>", "the id a is named and not there"),
        ("<a href='#a'>on</a>", "#a leads nowhere"),
        ("<h1>Another</h1>", "it has not one h1"),
        ("<title> · Tracker</title>", "it has no title"),
        ("<p style='width: 3000px'>wide</p>", "it scrolls sideways"),
        ("<p style='color: #ccc'>faint</p>", "light: color-contrast: "),
        (
            "<style>@media (prefers-color-scheme: dark) { p { color: #ccc } }</style><p>faint</p>",
            "dark: color-contrast: ",
        ),
    ],
)
def test_faults_are_seen(page: Page, wrong: str, said: str) -> None:
    page.set_content(f"<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>{wrong}</main></html>")
    if "<title>" in wrong:
        page.evaluate("document.title = ' · Tracker'")

    assert [line for line in faults(page, "here") if line.startswith(f"here: {said}")]


def test_a_script_inside_the_page_is_refused(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/admin/login/")

    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                document.body.append(script);
            }"""
        )

    assert page.evaluate("window.ran === undefined")
    page.close()


def test_signed_in_without_the_form(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server, User.objects.create_superuser("chair"))

    page.goto("/admin/")

    assert page.locator("#user-tools").inner_text().startswith("WELCOME, CHAIR")
