"""Suggestions in a browser: on the mandate's page and in their queue, wide, by phone and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.models import Mandate, OutcomeChange, Suggestion
from mandates.tests.factories import make_suggestion
from resolutions.models import Paragraph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def suggestions(overdue: Mandate) -> list[Suggestion]:
    """What a paragraph and the register say of the report by the Court, and what is said of another mandate."""
    Suggestion.objects.all().delete()
    paragraph = Paragraph.objects.get(document__symbol="ICC-ASP/20/Res.2", key="body/31")
    quotation = paragraph.text[:60]
    values: dict[str, Any] = {"paragraph": paragraph, "start": 0, "end": 60, "quotation": quotation}
    other = Mandate.objects.filter(document=overdue.document, tracked=True).exclude(task=overdue.task).earliest("pk")
    return [
        make_suggestion(overdue, source="ICC-ASP/20/Res.2 body/31", **values),
        make_suggestion(overdue, source="ICC-ASP/21/12", reason="registered", evidence_symbol="ICC-ASP/21/12"),
        make_suggestion(other, source="ICC-ASP/20/Res.2 body/31", **values),
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, live_server: LiveServer, suggestions: list[Suggestion], staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(faults(page, name))

    mandate = suggestions[0].mandate
    page.goto(mandate.get_absolute_url())
    expect(page.locator("#suggestions .sugg")).to_have_count(2)
    look("mandate")
    sign_in(page, live_server, staff)
    page.goto(mandate.get_absolute_url())
    look("mandate, staff")
    page.goto("/review/suggestions/")
    look("queue")
    page.locator("[name=suggestion]").nth(0).check()
    page.locator("[name=suggestion]").nth(1).check()
    follow(page.get_by_role("button", name="Confirm selected"))
    look("preview")
    page.goto(f"/review/suggestions/{suggestions[1].pk}/")
    look("one suggestion")
    page.goto("/review/suggestions/?state=dismissed")
    look("none")
    Suggestion.objects.all().delete()
    page.goto("/mandates/?due=lapsed")
    expect(page.locator(".row").first).to_contain_text("not heard of since")
    look("lapsed in the list")
    page.goto(mandate.get_absolute_url())
    expect(page.locator("#headline .st-lapsed")).to_be_visible()
    look("lapsed")
    assert not found, "\n".join(found)


def test_without_scripts(plain: Page, live_server: LiveServer, suggestions: list[Suggestion], staff: Any) -> None:
    sign_in(plain, live_server, staff)
    mandate, other = suggestions[0].mandate, suggestions[2].mandate
    plain.goto("/review/suggestions/")
    for box in plain.locator("[name=suggestion]").all():
        box.check()
    follow(plain.get_by_role("button", name="Confirm selected"))
    expect(plain.locator("h1")).to_have_text("Confirm 2 suggestions?")
    follow(plain.get_by_role("link", name="Back, change nothing"))
    assert not OutcomeChange.objects.exists()
    plain.get_by_label("that match").check()
    follow(plain.get_by_role("button", name="Dismiss selected"))
    follow(plain.get_by_role("button", name="Dismiss them"))
    expect(plain.locator("#sum")).to_contain_text("3 done")
    follow(plain.get_by_role("link", name="Undo…"))
    follow(plain.get_by_role("button", name="Undo: 3"))
    expect(plain.locator("#sum")).to_contain_text("3 done")
    assert Suggestion.objects.waiting().count() == 3
    plain.goto(mandate.get_absolute_url())
    follow(plain.get_by_role("button", name="Dismiss: ICC-ASP/21/12"))
    expect(plain.locator("#suggestions .sugg")).to_have_count(1)
    follow(plain.get_by_role("button", name="Confirm as evidence"))
    expect(plain.locator("#headline .st-fulfilled")).to_be_visible()
    plain.goto("/review/suggestions/?state=dismissed")
    follow(plain.get_by_role("button", name="Take back:"))
    assert {row.state for row in mandate.suggestions.all()} == {"confirmed", "waiting"}
    assert list(Suggestion.objects.waiting().values_list("mandate", flat=True)) == [other.pk]
