"""The tools of the browser tests themselves; the pages are tested beside their apps."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import axe_violations, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.goto("/healthz")
    page.evaluate("document.body.append(document.createElement('img'))")

    assert any(line.startswith("image-alt: ") for line in axe_violations(page))


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
