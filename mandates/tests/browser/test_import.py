"""Bringing documents in a browser: by choosing, by dragging, without scripts, by phone; axe finds nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, follow, sign_in
from mandates.tests.browser.test_keyboard import tab_to
from mandates.tests.import_pages import work_off
from resolutions.models import Document, ImportRun, SourceFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CORPUS: Path = settings.BASE_DIR / "corpus"
NEW, KNOWN = CORPUS / "ICC-ASP-8-Res2-ENG.txt", CORPUS / "ICC-ASP-20-Res2-ENG.txt"
TABLES: Path = settings.BASE_DIR / "resolutions" / "tests" / "structure" / "documents" / "budget_tables.txt"
PDF: Path = settings.BASE_DIR / "resolutions" / "tests" / "forms" / "published" / "ICC-ASP-16-17-ENG.pdf"

DROP = """
([name, text, where]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, {type: "text/plain"}));
  const field = document.querySelector(where);
  for (const kind of ["dragenter", "dragover", "drop"])
    field.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}
"""


def choose(page: Page, *paths: Path, **texts: bytes) -> None:
    files = {path.name: path.read_bytes() for path in paths} | {f"{name}.txt": data for name, data in texts.items()}
    page.goto("/import/")
    page.locator("input[type=file]").set_input_files(
        [FilePayload(name=name, mimeType="text/plain", buffer=data) for name, data in files.items()]
    )
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url(re.compile(r"/import/\d+/$"))


def test_chosen_followed_looked_at_and_stored(page: Page, live_server: LiveServer, samples: None, staff: Any) -> None:
    sign_in(page, live_server, staff)
    page.goto("/")
    follow(page.get_by_role("link", name="Import", exact=True))
    choose(page, NEW, KNOWN, lunch=b"Lunch is at one.")
    expect(page.locator(".how progress")).to_have_count(3)
    here = page.url
    page.goto("/")
    work_off()
    page.goto(here)
    expect(page.locator("#sum")).to_have_text(re.compile("1 to look at, 1 unchanged, 1 failed"))
    follow(page.get_by_role("link", name=re.compile("Res.2: .* paragraphs")))
    expect(page.locator("mark.m-verb").first).to_be_visible()
    assert not Document.objects.filter(symbol="ICC-ASP/8/Res.2").exists()

    follow(page.get_by_role("button", name="Store it"))
    expect(page.locator("#messages")).to_contain_text("is being stored")
    expect(page.locator(".how progress")).to_have_count(1)
    work_off()
    # The page moves by itself, and stops asking when all rest.
    expect(page.locator("#sum")).to_have_text(re.compile("1 new"))
    follow(page.get_by_role("link", name=re.compile("Res.2: ")))
    expect(page).to_have_url(re.compile("/resolutions/ICC-ASP/8/Res.2/"))


@pytest.mark.parametrize("where", [".drop", "footer"])
def test_dragged(page: Page, live_server: LiveServer, samples: None, staff: Any, where: str) -> None:
    sign_in(page, live_server, staff)
    page.goto("/import/")
    page.evaluate(DROP, [NEW.name, NEW.read_text(encoding="utf-8"), where])
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    expect(page.locator(".file")).to_have_text(NEW.name)
    assert bytes(SourceFile.objects.latest("pk").content) == NEW.read_bytes()


def test_a_second_click_sends_nothing(page: Page, live_server: LiveServer, samples: None, staff: Any) -> None:
    sign_in(page, live_server, staff)
    page.goto("/import/")
    page.locator("input[type=file]").set_input_files(NEW)
    page.get_by_role("button", name="Read them").dblclick(no_wait_after=True)
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    assert ImportRun.objects.filter(name=NEW.name, batch__isnull=False).count() == 1
    page.go_back()
    expect(page.get_by_role("button", name="Read them")).to_be_visible()
    page.go_forward()
    work_off()
    follow(page.get_by_role("link", name=re.compile("Res.2: ")))
    page.get_by_role("button", name="Store it").dblclick(no_wait_after=True)
    expect(page.locator("#messages li")).to_have_count(1)
    expect(page.locator("#messages")).to_contain_text("is being stored")
    work_off()
    expect(page.locator("#sum")).to_have_text(re.compile("1 new"))
    # Back leads to what was decided, on a whole page: not to the part that was asked for again and again.
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Import of")
    expect(page.locator("#sum")).to_have_text(re.compile("1 new"))


def test_warnings_by_keyboard(page: Page, live_server: LiveServer, samples: None, staff: Any) -> None:
    sign_in(page, live_server, staff)
    choose(page, TABLES)
    work_off()
    run = ImportRun.objects.get(name=TABLES.name)
    page.goto(f"/import/{run.batch_id}/preview/{run.pk}/")
    tab_to(page, ".warns a")
    page.keyboard.press("Enter")
    expect(page.locator(".read-p:target")).to_contain_text("could not be placed")
    expect(page.locator(".read-p:target")).to_be_in_viewport(ratio=1)
    tab_to(page, ".jump a")
    page.keyboard.press("Enter")
    expect(page.locator("[id='body-unnumbered.2']:target")).to_be_in_viewport(ratio=1)
    # The bar at the foot hides nothing that has the focus.
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            "() => { const box = document.activeElement.getBoundingClientRect();"
            "return box.bottom > document.querySelector('.bulk').getBoundingClientRect().top }"
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


def test_a_refused_correction_is_seen_at_once(plain: Page, live_server: LiveServer, samples: None, staff: Any) -> None:
    page = plain
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server, staff)
    choose(page, NEW)
    work_off()
    run = ImportRun.objects.get(name=NEW.name, status="ready")
    page.goto(f"/import/{run.batch_id}/preview/{run.pk}/")
    page.get_by_text("Correct it", exact=True).click()
    page.get_by_label("Session").fill("x")
    follow(page.get_by_role("button", name="Correct the head"))
    expect(page.locator("#header-errors")).to_be_in_viewport()
    follow(page.get_by_role("link", name=re.compile("^Session: ")))
    expect(page.get_by_label("Session")).to_be_in_viewport()


def test_without_scripts(plain: Page, live_server: LiveServer, samples: None, staff: Any) -> None:
    page = plain
    sign_in(page, live_server, staff)
    choose(page, NEW)
    work_off()
    follow(page.get_by_role("link", name="Refresh"))
    follow(page.get_by_role("link", name=re.compile("Res.2: ")))
    page.get_by_text("Correct it", exact=True).click()
    page.get_by_label("Title").fill("Working together")
    page.get_by_label("Adopted on").fill("")
    page.get_by_label("Session").fill("x")
    follow(page.get_by_role("button", name="Correct the head"))
    expect(page.locator("#header-errors")).to_contain_text("Session")
    page.get_by_label("Session").fill("8")
    follow(page.get_by_role("button", name="Correct the head"))
    expect(page.locator("h1")).to_have_text("ICC-ASP/8/Res.2, Working together")
    page.get_by_text("Leave it out", exact=True).click()
    follow(page.get_by_role("button", name="Yes, leave it out"))
    expect(page.locator(".st")).to_have_text("Left out")

    choose(page, NEW)
    work_off()
    page.reload()
    follow(page.get_by_role("link", name=re.compile("Res.2: ")))
    follow(page.get_by_role("button", name="Store it"))
    work_off()
    follow(page.get_by_role("link", name="Refresh"))
    expect(page.locator(".st")).to_have_text("New")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, live_server: LiveServer, samples: None, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(faults(page, name))

    page.goto("/import/")
    look("nothing brought yet")
    odd = NEW.read_bytes().replace(b"ICC-ASP/8/Res.2", b"")
    choose(page, NEW, KNOWN, TABLES, odd=odd)
    look("moving")
    work_off()
    page.reload()
    look("at rest")
    run = ImportRun.objects.get(name=NEW.name, status="ready")
    page.goto(f"/import/{run.batch_id}/preview/{run.pk}/")
    for summary in page.locator("main details > summary").all():
        summary.click()
    look("preview")
    page.get_by_label("Session").fill("x")
    follow(page.get_by_role("button", name="Correct the head"))
    look("refused correction")
    ImportRun.objects.filter(name="odd.txt").update(name="as_it_was_exported_" * 12 + ".txt")
    nameless = ImportRun.objects.get(symbol="", status="ready")
    page.goto(f"/import/{nameless.batch_id}/")
    look("long name")
    page.goto(f"/import/{nameless.batch_id}/preview/{nameless.pk}/")
    look("preview under a long name")
    tables = ImportRun.objects.get(name=TABLES.name, status="ready")
    page.goto(f"/import/{tables.batch_id}/preview/{tables.pk}/")
    look("warnings")
    page.goto("/import/")
    look("list")
    page.goto("/import/command-line/")
    look("command line")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_a_pdf(page: Page, live_server: LiveServer, samples: None, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    choose(page, PDF)
    work_off()
    run = ImportRun.objects.get(name=PDF.name)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "image" else None)
    page.goto(f"/import/{run.batch_id}/preview/{run.pk}/")
    pictures = page.locator("img.page-img")
    count = pictures.count()
    assert count > 5
    assert not any(url.endswith(f"/page/{count}.png") for url in asked)  # only what is looked at is drawn
    height = page.evaluate("document.documentElement.scrollHeight")
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("naturalWidth", 900)
        box = picture.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["height"] / box["width"] == pytest.approx(1.414, abs=0.02)
    assert page.evaluate("document.documentElement.scrollHeight") == height  # nothing jumped
    page.get_by_text("Page 2 as text").click()
    expect(page.locator(".side2 details[open] .ln").first).to_be_visible()
    found = faults(page, "pages of a PDF")
    assert not found, "\n".join(found)
