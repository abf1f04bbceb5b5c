"""What the tests of importing share: a sample, edited where a test wants it, and what is stored of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from mandates.actions.outcomes import MarkFulfilled
from mandates.models import Body, Mandate, MandateAddressee, OutcomeChange, Reference, ReportingDeadline, Topic
from mandates.services.importing import ImportResult, document_import
from mandates.tests.factories import make_staff
from resolutions.models import Document, Paragraph, SourceFile

CORPUS: Path = settings.BASE_DIR / "corpus"
TEXT = (CORPUS / "ICC-ASP-8-Res2-ENG.txt").read_text(encoding="utf-8")
SYMBOL = "ICC-ASP/8/Res.2"
# The text without its paragraph 15, which has one mandate.
SHORTER = TEXT[: TEXT.index("15. *Calls upon*")] + TEXT[TEXT.index("16. *Requests*") :]
STORED = (Document, Paragraph, Mandate, MandateAddressee, ReportingDeadline, Reference, Body, Topic, SourceFile)


def bring(text: str = TEXT, **options: Any) -> ImportResult:
    return document_import(name="ICC-ASP-8-Res2-ENG.txt", data=text.encode(), **options)


def edited(*replacements: tuple[str, str]) -> str:
    text = TEXT
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def mandate(key: str) -> Mandate:
    return Mandate.objects.get(key=f"{SYMBOL}:{key}")


def fulfil(mandate: Mandate) -> OutcomeChange:
    symbol = "ICC-ASP/9/24"
    action = MarkFulfilled(mandate=mandate, version=mandate.outcome_version, evidence_symbol=symbol)
    return action.execute(make_staff(f"staff{mandate.pk}")).change


def everything() -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, Any] = {model.__name__: model._default_manager.order_by("pk").values() for model in STORED}
    return {name: list(values) for name, values in rows.items()}
