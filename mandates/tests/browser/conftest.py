"""What the browser tests look at: two of the sample documents, imported as staff would."""

from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

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
