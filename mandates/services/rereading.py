"""Rebuilds documents from the bytes that are kept, by the rules of today; what people decided stays."""

from __future__ import annotations

from collections.abc import Iterator

from mandates.services.importing import ImportResult, document_import
from resolutions.models import Document


def documents_reread(*, symbols: list[str] | None = None, dry_run: bool = False) -> Iterator[ImportResult]:
    """Read documents again from their kept bytes, one after the other, each stored in a transaction of its own.

    Args:
        symbols: of the documents, canonical; all that have their bytes where None is given.
        dry_run: do everything and keep nothing.

    Yields:
        What came of each, in the order in which they were adopted or distributed, so that what refers to an earlier
        document finds it.
    """
    documents = Document.objects.filter(source__isnull=False)
    if symbols is not None:
        documents = documents.filter(symbol__in=symbols)
    ordered = documents.order_by("adopted", "distributed", "symbol").values_list("pk", flat=True)
    for pk in list(ordered):
        document = Document.objects.select_related("source").filter(pk=pk).first()
        if document is None or document.source is None:
            continue
        source = document.source
        yield document_import(name=source.name, data=bytes(source.content), reread=True, dry_run=dry_run)
