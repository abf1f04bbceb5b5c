"""A document that is corrected, as staff see it: preview, import, document, kept mandate; wide, by phone, in print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.models import Mandate
from mandates.services.batches import batch_start
from mandates.tests.browser.test_keyboard import tab_to
from mandates.tests.import_pages import work_off
from mandates.tests.imports import fulfil
from mandates.tests.issues import CORRECTIONS
from resolutions.files import FoundFile
from resolutions.models import ImportRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SYMBOL = "ICC-ASP/20/Res.2"
DOCUMENT = f"/resolutions/{SYMBOL}/"
KEPT, CHANGED = f"{SYMBOL}:body:25:requests:0", f"{SYMBOL}:body:40:requests:0"
CORRIGENDUM = CORRECTIONS.format(symbol=f"{SYMBOL}/Corr.1") + (
    "1. Paragraph 40: for “twenty-first session” read “twenty-second session”.\n\n2. Delete paragraph 25.\n\n"
    "3. Paragraph 99: for “Bureau” read “Court”.\n\n4. The reference to the Registry ought to be another one.\n"
)
REVISION = (settings.BASE_DIR / "corpus" / "ICC-ASP-20-Res2-ENG.txt").read_text(encoding="utf-8")
REVISION = REVISION.replace(SYMBOL, f"{SYMBOL}/Rev.1")


def bring(text: str, staff: Any) -> ImportRun:
    """Bring a file and have it read."""
    batch = batch_start(files=[FoundFile("brought.txt", text.encode())], user=staff)
    work_off()
    return batch.runs.get()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_staff_see(page: Page, live_server: LiveServer, samples: None, staff: Any, width: int) -> None:
    for key in (KEPT, CHANGED):
        fulfil(Mandate.objects.get(key=key))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []

    def look(name: str, prepare: Callable[[], object]) -> None:
        prepare()
        found.extend(faults(page, name))

    run = bring(CORRIGENDUM, staff)
    look("preview", lambda: page.goto(f"/import/{run.batch_id}/preview/{run.pk}/"))
    expect(page.locator(".head .note")).to_contain_text("2 changes, 2 not placed; one mandate changed, one not found")
    follow(page.get_by_role("button", name="Store it"))
    work_off()
    look("import", lambda: page.goto(f"/import/{run.batch_id}/"))
    expect(page.locator("main")).to_contain_text("51 paragraphs (1 changed, 50 unchanged, 1 removed)")
    expect(page.locator("main")).to_contain_text("28 mandates (1 changed, 27 unchanged, 1 removed, 2 to check)")
    look("document", lambda: page.goto(DOCUMENT))
    expect(page.locator(".issues .note")).to_contain_text("There is no paragraph 99.")
    look("kept", lambda: page.goto(f"/mandates/{KEPT}/"))
    expect(page.locator("main")).to_contain_text("The text no longer has it.")
    look("changed", lambda: page.goto(f"/mandates/{CHANGED}/"))
    page.goto(DOCUMENT)
    look("checked", lambda: follow(page.get_by_role("button", name="Checked")))
    expect(page.locator("#messages")).to_contain_text("Corr.1 checked.")
    look("what was checked", lambda: page.locator(".issues details summary").click())
    later = bring(REVISION, staff)
    look("preview of a revision", lambda: page.goto(f"/import/{later.batch_id}/preview/{later.pk}/"))
    expect(page.locator(".head .note")).to_contain_text(f"Replaces the text of {SYMBOL}: one mandate changed, one new.")
    follow(page.get_by_role("button", name="Store it"))
    work_off()
    look("document that was revised", lambda: page.goto(DOCUMENT))
    expect(page.locator(".issues > li")).to_have_count(3)
    assert not found, "\n".join(found)


def test_checked_by_keyboard_and_printed(page: Page, live_server: LiveServer, samples: None, staff: Any) -> None:
    bring(CORRIGENDUM, staff)
    sign_in(page, live_server, staff)
    run = ImportRun.objects.latest("pk")
    page.goto(f"/import/{run.batch_id}/preview/{run.pk}/")
    follow(page.get_by_role("button", name="Store it"))
    work_off()
    page.goto(DOCUMENT)
    page.emulate_media(media="print")
    assert page.locator(".issues .note").is_visible()
    assert not page.locator(".issues form").is_visible()
    page.emulate_media(media="screen")
    tab_to(page, ".issues form button")
    page.keyboard.press("Enter")
    expect(page.locator(".issues > li:target")).to_be_in_viewport()
    expect(page.locator(".issues > li:target")).to_contain_text("checked by")
    expect(page.locator(".issues .note")).to_have_count(0)
