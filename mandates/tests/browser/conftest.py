"""What the browser tests look at: two of the sample documents, imported as staff would."""

from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from mandates.models import Mandate
from mandates.tests.factories import make_outcome_change, make_staff
from resolutions.models import DocumentIssue, ImportBatch, ImportRun

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
def queues(overdue: Mandate, staff: Any) -> list[Mandate]:
    """Three flagged mandates, two failed files, a corrigendum that could not be placed; the samples have citations."""
    mandates = list(Mandate.objects.filter(document=overdue.document, tracked=True).order_by("position")[:3])
    for mandate in mandates:
        make_outcome_change(mandate)
        mandate.flag = "21 November 2026: It was addressed to Bureau and is now addressed to Court."
        mandate.save(update_fields=["flag"])
    batch = ImportBatch.objects.create(started_by=staff)
    for name in ("first.txt", "second.docx"):
        ImportRun.objects.create(batch=batch, name=name, status="failed", error="It holds no text.", error_code="empty")
    issue = DocumentIssue.objects.get(document=overdue.document)
    missed = {"words": "Paragraph 99: for “Bureau” read “Court”.", "reason": "There is no paragraph 99."}
    DocumentIssue.objects.create(
        document=overdue.document,
        symbol=f"{overdue.document.symbol}/Corr.1",
        corrigendum=1,
        source=issue.source,
        unplaced=[missed],
    )
    return mandates
