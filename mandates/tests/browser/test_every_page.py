"""Every page in a real browser, wide and on a phone, in light and in dark: axe finds nothing, nothing spills."""

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from asp_tracker.tests.browser import faults, sign_in
from mandates.actions.outcomes import MarkFulfilled
from mandates.bulk.actions import action_maker
from mandates.bulk.plan import plan_for
from mandates.correcting.records import OtherTopic
from mandates.models import Mandate, MandateLink
from mandates.services.batches import batch_start
from mandates.services.bulk import bulk_start
from mandates.tests.corrections import correct, entry
from mandates.tests.factories import make_link, make_suggestion, make_user
from mandates.tests.import_pages import NAME, work_off
from mandates.tests.imports import TEXT
from resolutions.files import FoundFile
from resolutions.models import DocumentIssue, ImportRun

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
    "session without a number": "/sessions/RC/",
    "session as it stood": "/sessions/18/?as_at=2019-12-01",
    "dashboard as it stood": "/?as_at=2019-12-01",
    "shortcuts": "/shortcuts/",
    "topics": "/topics/",
    "comparison": "/resolutions/compare/?a=16/17,+annex+I&b=20/res2",
    "topic": "/topics/cooperation/",
    "topic as it stood": "/topics/cooperation/?as_at=2019-12-01",
    "chains": "/lineages/",
    "chains narrowed": "/lineages/?topic=cooperation&status=open&category=all",
    "no chains": "/lineages/?q=zzzzzz",
    "search": "/search/",
    "found": "/search/?q=cooperation",
    "nothing found": "/search/?q=zzzzzz+court",
    "symbol that is not here": "/search/?q=Res.2+para+3",
    "figures": "/figures/",
    "figures narrowed": "/figures/?category=all&proposed=all&as_at=2023-12-01",
    "no figures": "/figures/?q=zzzzzz",
    "sign in": "/accounts/login/",
    "no page": "/nowhere/",
}


# Addresses that are no page to look at: files, forms that are only sent, and what machines ask for.
NO_PAGE = {
    "healthz",
    "logout",
    "robots",
    "mandates:bulk_correct",
    "mandates:bulk_new",
    "mandates:calendar",
    "mandates:chains_csv",
    "mandates:check_unplaced",
    "mandates:export_csv",
    "mandates:export_json",
    "mandates:export_xlsx",
    "mandates:feed",
    "mandates:figures_csv",
    "mandates:import_original",
    "mandates:import_page",
    "mandates:outcome",
    "resolutions:original",
}


@pytest.fixture
def work(overdue: Mandate, queues: list[Mandate], staff: Any) -> dict[str, str]:
    """The pages on which staff work, each with something on it."""
    earlier = Mandate.objects.filter(document__symbol="ICC-ASP/16/17").earliest("pk")
    (done,) = correct(entry(lambda it: OtherTopic(it, "Archives"), earlier), user=staff)
    assert done.correction
    MandateLink.objects.all().delete()
    others = Mandate.objects.filter(document=overdue.document).exclude(pk=overdue.pk).order_by("pk")
    link = make_link(others[0], earlier, decision="proposed", score=0.8, matched=["body: Bureau"])
    suggestion = make_suggestion(overdue)
    [run] = batch_start(files=[FoundFile(NAME, TEXT.encode())], user=staff).runs.all()
    work_off()
    entered = {"note": "Overtaken."}
    plan = plan_for({others[1].pk: 0}, action_maker("withdraw", entered), staff, entered=True)
    bulk = bulk_start(kind="withdraw", plan=plan, user=staff, entered=entered)
    pages: dict[str, list[Any]] = {
        "mandates:import": [],
        "mandates:import_commands": [],
        "mandates:import_batch": [run.batch_id],
        "mandates:import_preview": [run.batch_id, run.pk],
        "mandates:review": [],
        "mandates:review_corrections": [],
        "mandates:review_correction": [done.correction.pk],
        "mandates:correct": [overdue.key, "split"],
        "mandates:references": [],
        "mandates:reference": ["known", "ICC-ASP/15/Res.3"],
        "mandates:review_corrigenda": [],
        "mandates:review_corrigendum": [DocumentIssue.objects.get(corrigendum=1).pk],
        "mandates:review_failed_imports": [],
        "mandates:review_failed_import": [ImportRun.objects.filter(status="failed").earliest("pk").pk],
        "mandates:review_flagged": [],
        "mandates:review_flagged_mandate": [queues[0].pk],
        "mandates:review_links": [],
        "mandates:review_link": [link.pk],
        "mandates:link_mandates": [overdue.key],
        "mandates:review_suggestions": [],
        "mandates:review_suggestion": [suggestion.pk],
        "mandates:bulk_list": [],
        "mandates:bulk": [bulk.pk],
        "mandates:bulk_undo": [bulk.pk],
    }
    missed = f"{reverse('mandates:correct_missed')}?document=ICC-ASP/20/Res.2&paragraph=body/40"
    return {name: reverse(name, args=arguments) for name, arguments in pages.items()} | {
        "mandates:correct_missed": missed
    }


def names_of_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        elif pattern.app_name != "admin":
            yield from names_of_addresses(pattern.url_patterns, f"{pattern.app_name}:" if pattern.app_name else "")


def test_every_address_is_looked_at(work: dict[str, str]) -> None:
    looked_at = {resolve(urlsplit(path).path).view_name for path in PAGES.values() if path != "/nowhere/"} | work.keys()
    assert sorted(names_of_addresses(get_resolver().url_patterns)) == sorted(looked_at | NO_PAGE)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(page: Page, samples: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    for name, path in PAGES.items():
        page.goto(path)
        found += faults(page, name)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_staff(page: Page, live_server: LiveServer, work: dict[str, str], staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []
    for name, path in (work | {"mandates": "/mandates/", "resolution": "/resolutions/ICC-ASP/20/Res.2/"}).items():
        answer = page.goto(path)
        assert answer and answer.ok, path
        found += faults(page, name)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_an_empty_tracker(page: Page, live_server: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    for path in (
        "/",
        "/mandates/",
        "/resolutions/",
        "/sessions/",
        "/topics/",
        "/lineages/",
        "/figures/",
        "/resolutions/compare/",
    ):
        page.goto(path)
        found += faults(page, path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_that_refuses(page: Page, live_server: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    html = ""
    page.route("**/refused/", lambda route: route.fulfill(body=html, content_type="text/html"))
    for name in ("400", "403_csrf", "500", "registration/locked_out"):
        html = render_to_string(f"{name}.html")
        page.goto("/refused/")
        found += faults(page, name)
    # It has no style sheet, and axe takes the ground that the browser then chooses for white.
    found = [line for line in found if not line.startswith("500: dark: color-contrast: ")]
    sign_in(page, live_server, make_user())
    page.goto("/review/bulk/")
    expect(page.locator("h1")).to_have_text("Your account may not do this")
    found += faults(page, "403")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_staff_see(page: Page, live_server: LiveServer, overdue: Mandate, staff: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, staff)
    found: list[str] = []

    def look(name: str, prepare: Callable[[], object]) -> None:
        prepare()
        found.extend(faults(page, name))

    def unfold_all() -> None:
        for summary in page.locator("details.act > summary").all():
            summary.click()

    look("citations that lead nowhere", lambda: page.goto("/review/references/?state=ambiguous"))
    page.goto(MANDATE)
    look("forms", unfold_all)
    page.get_by_role("button", name="Mark fulfilled").click()
    look("refused form", page.locator("#fulfil-errors").wait_for)
    done = MarkFulfilled(mandate=overdue, version=0, evidence_symbol="ICC-ASP/21/12", note="As asked.")
    look("history", lambda: (done.execute(staff), page.goto(MANDATE)))
    assert not found, "\n".join(found)


def weighed(context: BrowserContext, path: str) -> dict[str, int]:
    """The bytes of all that a browser that has nothing yet asks for, by address, compressed."""
    answers: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path)
    # WhiteNoise compresses style sheets and scripts where the program really runs; the test's server does not.
    return {each.url: len(gzip.compress(each.body())) for each in answers if not 300 <= each.status < 400}


def test_first_view_is_light(browser: Browser, live_server: LiveServer, samples: None) -> None:
    heavy: list[str] = []
    for name, path in PAGES.items():
        if "?" in path:
            continue
        with browser.new_context(base_url=live_server.url) as context:
            sizes = weighed(context, path)
        assert sizes, name
        assert {urlsplit(url).netloc for url in sizes} == {urlsplit(live_server.url).netloc}, name
        if sum(sizes.values()) >= 150_000:
            heavy.append(f"{name}: {sizes}")
    assert not heavy, "\n".join(heavy)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_waits_is_seen_with_all_its_columns(page: Page, samples: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    expect(page.locator(".beside table")).to_have_count(2)
    widths = page.locator(".beside .wrap").evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
    assert widths == [0, 0]


def test_what_is_folded_is_printed(page: Page, samples: None) -> None:
    page.goto("/")
    folded = page.locator("details.grp").first
    folded.locator("summary").click()
    before = folded.bounding_box()
    page.emulate_media(media="print")
    after = folded.bounding_box()
    assert before and after and after["height"] > 1.5 * before["height"]


def test_resolution_in_print(page: Page, samples: None) -> None:
    page.emulate_media(media="print")
    page.goto("/resolutions/ICC-ASP/20/Res.2/")

    assert page.locator("#body-40 .text").is_visible()
    assert page.locator(".print-head").is_visible()
    for hidden in ("header.top", ".toc", "footer"):
        assert not page.locator(hidden).first.is_visible()


def test_nothing_to_be_clicked_is_printed(page: Page, samples: None) -> None:
    page.emulate_media(media="print")
    found: list[str] = []
    for name, path in PAGES.items():
        if name == "sign in":
            continue
        page.goto(path)
        expect(page.locator(".print-head")).to_contain_text(urlsplit(page.url).path)
        controls = page.locator("button, input, select, textarea, nav:not(.pager), .skip, .crumbs").all()
        found += [f"{name}: {each.evaluate('each => each.outerHTML')}" for each in controls if each.is_visible()]
    assert not found, "\n".join(found)


def test_anchor_of_a_paragraph(page: Page, samples: None) -> None:
    page.goto("/resolutions/ICC-ASP/20/Res.2/#body-40")

    expect(page.locator("#body-40")).to_be_in_viewport()
    page.get_by_role("link", name="Link to ICC-ASP/20/Res.2, para. 25").click()
    expect(page).to_have_url(re.compile("#body-25$"))
    expect(page.locator("#body-25:target")).to_have_count(1)
