"""Resolves citations: which document and which paragraphs of it each one means, as far as they are here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from mandates.models import Reference
from resolutions.models import Document, KnownDocument, Paragraph
from resolutions.pinpoints import Finding, FoundPlaces, Places
from resolutions.structure.issues import issue_of

_AT_ONCE = 2000
_LOCK = 7_112_002  # any number that nobody else takes
_STATES = {
    Finding.FOUND: Reference.State.RESOLVED,
    Finding.NOT_FOUND: Reference.State.PARAGRAPH_NOT_FOUND,
    Finding.AMBIGUOUS: Reference.State.AMBIGUOUS,
}
_Cited = Reference.cited_places.through
_EMPTY = Places(())


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph that may be cited."""

    key: str
    part: str
    label: str


@transaction.atomic
def references_resolve(*, references: QuerySet[Reference] | None = None) -> int:
    """Bring what citations lead to up to date; the only writer of it.

    What a citation leads to follows from the documents and the register alone, so that it is the same in whatever order
    they come. Called when a document was stored, for what it cites and for those that cite it, and when reference data
    was loaded.

    Args:
        references: those that may have changed; None for all.

    Returns:
        The number of citations that lead elsewhere now.
    """
    _wait_for_others()
    # By symbol, so that the paragraphs of a document that is cited are fetched once or twice.
    rows = (Reference.objects.all() if references is None else references).order_by("symbol", "pk")
    changed, further = 0, Q()
    while batch := list(rows.filter(further)[:_AT_ONCE]):
        last = batch[-1]
        changed, further = changed + _resolve(batch), Q(symbol__gt=last.symbol) | Q(symbol=last.symbol, pk__gt=last.pk)
    return changed


def references_of(*, document: Document) -> QuerySet[Reference]:
    """Give the citations whose meaning depends on a document: its own, and those of it or of an issue of it."""
    symbol = document.symbol
    of_issue = [Q(symbol__startswith=f"{symbol}{suffix}") for suffix in ("/Rev.", "/Corr.", "*")]
    return Reference.objects.filter(reduce(or_, of_issue, Q(paragraph__document=document) | Q(symbol=symbol)))


def _wait_for_others() -> None:
    """Of two imports that cite each other, the later must see the earlier; SQLite writes in turn anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _resolve(batch: Sequence[Reference]) -> int:
    symbols = {row.symbol for row in batch}
    documents = _documents(symbols)
    # A citation of "ICC-ASP/19/14*" is one of the document that was issued again.
    listed = {symbol: {symbol, issue_of(symbol).base} for symbol in symbols - documents.keys()}
    rows = KnownDocument.objects.filter(symbol__in={name for names in listed.values() for name in names})
    known = set(rows.values_list("symbol", flat=True))
    cited = {documents[row.symbol] for row in batch if row.cited_paragraph and row.symbol in documents}
    places, paragraph_ids = _places(cited)
    stored: dict[int, set[int]] = {}
    for reference, paragraph in _Cited.objects.filter(reference__in=batch).values_list("reference", "paragraph"):
        stored.setdefault(reference, set()).add(paragraph)
    changed: dict[tuple[str, int | None, str], list[int]] = {}
    moved, wanted = [], []
    for row in batch:
        document = documents.get(row.symbol)
        ids: set[int] = set()
        if document is None:
            found = FoundPlaces(Finding.FOUND)
            state = Reference.State.KNOWN if listed[row.symbol] & known else Reference.State.UNRESOLVED
        else:
            found = places.get(document, _EMPTY).find(row.cited_paragraph)
            ids = {paragraph_ids[document, key] for key in found.keys}
            state = _STATES[found.finding]
        if (state, document, found.key) != (row.state, row.cited_document_id, row.cited_key):
            changed.setdefault((state, document, found.key), []).append(row.pk)
        if ids != stored.get(row.pk, set()):
            moved.append(row.pk)
            wanted += [_Cited(reference_id=row.pk, paragraph_id=paragraph) for paragraph in sorted(ids)]
    # One query a place that is cited: many times faster than one for all with a case for each citation.
    for (new_state, cited_document, key), ids_of_rows in changed.items():
        Reference.objects.filter(pk__in=ids_of_rows).update(
            state=new_state, cited_document=cited_document, cited_key=key
        )
    _Cited.objects.filter(reference__in=moved).delete()
    _Cited.objects.bulk_create(wanted)
    return len({*moved, *(pk for ids_of_rows in changed.values() for pk in ids_of_rows)})


def _documents(symbols: Iterable[str]) -> dict[str, int]:
    """Give the document that each symbol means: of a revision or corrigendum, the one that it is an issue of."""
    bases = {symbol: issue_of(symbol).base for symbol in symbols}
    # A document of which only a corrigendum came has nothing to lead to yet.
    rows = Document.objects.filter(symbol__in={*bases, *bases.values()}).exclude(source=None, issues__isnull=False)
    found = dict(rows.values_list("symbol", "pk"))
    meant = {symbol: found.get(symbol, found.get(base)) for symbol, base in bases.items()}
    return {symbol: pk for symbol, pk in meant.items() if pk is not None}


def _places(documents: set[int]) -> tuple[dict[int, Places], dict[tuple[int, str], int]]:
    """Give the places of each document, and the ids of their paragraphs by document and key."""
    rows = Paragraph.objects.filter(document__in=documents, in_text=True).order_by("document", "position")
    found: dict[int, list[_Place]] = {}
    ids = {}
    for document, pk, key, part, label in rows.values_list("document_id", "pk", "key", "part", "label"):
        found.setdefault(document, []).append(_Place(key, part, label))
        ids[document, key] = pk
    return {document: Places(paragraphs) for document, paragraphs in found.items()}, ids
