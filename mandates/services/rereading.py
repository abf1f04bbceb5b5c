"""Rebuilds documents from the bytes that are kept, by the rules of today; what people decided stays."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from mandates.services.importing import ImportResult, document_import
from mandates.services.joining import document_join, documents_apart
from resolutions.models import Document, ImportRun
from resolutions.structure.issues import issue_of


def documents_reread(*, symbols: list[str] | None = None, dry_run: bool = False) -> Iterator[ImportResult]:
    """Read documents again from their kept bytes, one after the other, each stored in a transaction of its own.

    A document that was issued more than once is made anew from all its issues. One that was stored under the symbol of
    an issue, before issues were known, is first joined to the document that it is an issue of.

    Args:
        symbols: of the documents or of issues of them, canonical; all that have their bytes where None is given.
        dry_run: do everything and keep nothing.

    Yields:
        What came of each, in the order in which they were adopted or distributed, so that what refers to an earlier
        document finds it.
    """
    wanted = None if symbols is None else {issue_of(symbol).base for symbol in symbols}
    apart = [row for row in documents_apart() if wanted is None or issue_of(row.symbol).base in wanted]
    done = [row.pk for row in apart]
    for row in apart:
        yield _joined(row, dry_run=dry_run)
    documents = Document.objects.filter(source__isnull=False).exclude(pk__in=done)
    if wanted is not None:
        documents = documents.filter(symbol__in=wanted)
    ordered = documents.order_by("adopted", "distributed", "symbol").values_list("pk", flat=True)
    for pk in list(ordered):
        document = Document.objects.select_related("source").filter(pk=pk).first()
        if document is None or document.source is None:
            continue
        source = document.source
        yield document_import(name=source.name, data=bytes(source.content), reread=True, dry_run=dry_run)


def _joined(apart: Document, *, dry_run: bool) -> ImportResult:
    """Join a document to the one that it is an issue of, with the text as it is then, or not at all."""
    symbol = apart.symbol
    with transaction.atomic():
        base = document_join(document=apart)
        source = base.issues.select_related("source").get(symbol=symbol).source
        result = document_import(name=source.name, data=bytes(source.content), reread=True)
        if dry_run or result.status == ImportRun.Status.FAILED:
            transaction.set_rollback(True)
    return result
