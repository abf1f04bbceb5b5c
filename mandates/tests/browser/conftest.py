"""What the browser tests look at: two of the sample documents, imported as staff would."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from mandates.models import Mandate
from mandates.tests.factories import make_staff

RESOLUTION, REPORT = "ICC-ASP-20-Res2-ENG.txt", "ICC-ASP-16-17-ENG.txt"


@pytest.fixture
def samples(transactional_db: None) -> None:
    """A resolution with what is due at the twenty-first session, and a report with proposed text."""
    call_command("load_reference_data", stdout=StringIO())
    folder = settings.BASE_DIR / "corpus"
    call_command("import_documents", folder / RESOLUTION, folder / REPORT, stdout=StringIO())


@pytest.fixture
def overdue(samples: None) -> Mandate:
    """The request to the Court for a report to the twenty-first session, long overdue."""
    return Mandate.objects.get(key="ICC-ASP/20/Res.2:body:40:requests:0")


@pytest.fixture
def staff(samples: None) -> Any:
    """A member of staff who may decide."""
    return make_staff()


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()
