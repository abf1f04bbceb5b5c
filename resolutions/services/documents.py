"""Stores what reading found in a document: its head and its paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import timezone

from resolutions.finding.words import index_of
from resolutions.models import AssemblySession, Document, Paragraph, SourceFile
from resolutions.services.warnings import document_warnings
from resolutions.structure.records import DocumentWarning, ParagraphRecord, ResolutionRecord

_FIELDS = [
    "position", "part", "label", "printed", "kind", "heading", "text", "emphases", "footnotes", "proposed", "page",
    "in_text", "search_index",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What storing did.

    Attributes:
        document: the row.
        paragraphs: those of the text as it is now, and kept ones of earlier issues, by key.
        counts: paragraphs found, new, changed, unchanged and removed.
        warnings: what staff should look at, as `document_warnings` gives it.
    """

    document: Document
    paragraphs: dict[str, Paragraph]
    counts: dict[str, int]
    warnings: list[DocumentWarning] = field(default_factory=list)


def document_lock(*, symbol: str, kind: str) -> tuple[Document, bool]:
    """Give the document with this symbol, made where there is none, and keep others from changing it meanwhile.

    Of two transactions that bring the same new document, the second waits here for the first and gets its row.
    Must be called in a transaction.

    Args:
        symbol: canonical.
        kind: of a document that is made.

    Returns:
        The locked row, and whether it was made.
    """
    document, made = Document.objects.get_or_create(symbol=symbol, defaults={"kind": kind})
    if not made:
        # `no_key`: a decision on one of its mandates checks that the document is there, and must not wait for this one.
        document = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    return document, made


def document_store(
    *,
    document: Document,
    record: ResolutionRecord,
    source: SourceFile,
    corrections: Mapping[str, str] | None = None,
    former: Iterable[ParagraphRecord] = (),
) -> StoredDocument:
    """Bring a document up to date with what was read, in the transaction that locked it.

    Paragraphs are known by their key. One that the text no longer has is kept with `in_text` False until
    `paragraphs_prune`, as what refers to it is not known here.

    Args:
        document: locked.
        record: what was read, corrected where staff did.
        source: the file it was read from.
        corrections: what staff corrected in its head; None keeps those of before.
        former: paragraphs of earlier issues in which something stood that is kept.

    Returns:
        The paragraphs and what was done to them.
    """
    warnings = document_warnings(record=record, known=document)
    code = "" if record.session is None else str(record.session)
    session = AssemblySession.objects.filter(code=code).first()
    document.kind = record.kind
    document.title = record.title
    document.session, document.session_code = session, code[:20]
    document.adopted, document.distributed = record.adopted, record.distributed
    document.meeting, document.mode = (record.meeting or "")[:200], (record.mode or "")[:200]
    document.headings = [asdict(heading) for heading in record.headings]
    document.header_lines = list(record.header_lines)
    document.source = source
    if corrections is not None:
        document.corrections = dict(corrections)
    document.imported_at = timezone.now()
    document.save()
    paragraphs, counts = _store_paragraphs(document, record.paragraphs, former)
    return StoredDocument(document, paragraphs, counts, warnings)


def paragraphs_prune(*, document: Document, keep: Collection[int]) -> None:
    """Delete the paragraphs that the text no longer has.

    Args:
        document: locked.
        keep: ids of those that something refers to that must not go.
    """
    document.paragraphs.filter(in_text=False).exclude(pk__in=keep).delete()


def _store_paragraphs(
    document: Document, records: Sequence[ParagraphRecord], former: Iterable[ParagraphRecord]
) -> tuple[dict[str, Paragraph], dict[str, int]]:
    old = {row.key: row for row in document.paragraphs.all()}
    vanished = {key for key, row in old.items() if row.in_text} - {record.key for record in records}
    rows: dict[str, Paragraph] = {}
    parents: dict[str, str | None] = {}
    new, changed, moved = [], [], set()
    for position, record in enumerate((*records, *former)):
        if record.key in rows:
            continue  # another one has the number by now, and what is kept stands beside it
        values = _values(record, position) | {"in_text": position < len(records)}
        row = old.get(record.key)
        if row is None:
            row = Paragraph(document=document, key=record.key, **values)
            new.append(row)
        elif differing := {name for name, value in values.items() if getattr(row, name) != value}:
            for name in differing:
                setattr(row, name, values[name])
            changed.append(row)
            if differing <= {"position", "page"}:
                moved.add(row.pk)  # along with what was put in or taken out before it
        rows[record.key] = row
        parents[record.key] = record.parent
    Paragraph.objects.bulk_create(new)
    # Only now has every parent an id.
    reparented = []
    for key, row in rows.items():
        parent = rows.get(parents[key] or "")
        if row.parent_id != (parent.pk if parent else None):
            row.parent = parent
            reparented.append(row)
    gone = [row for key, row in old.items() if key in vanished and key not in rows]
    for row in gone:
        row.in_text = False
    for row in changed:
        row.search_index = index_of(row.text)
    Paragraph.objects.bulk_update(changed + gone, _FIELDS)
    Paragraph.objects.bulk_update(reparented, ["parent"])
    added = {row.pk for row in new if row.in_text}
    touched = {row.pk for row in (*changed, *reparented) if row.in_text} - {row.pk for row in new} - moved
    counts = {
        "found": len(records),
        "new": len(added),
        "changed": len(touched),
        "unchanged": len(records) - len(added) - len(touched),
        "removed": len(vanished),
    }
    return rows, counts


def _values(record: ParagraphRecord, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "part": record.part,
        "label": record.label,
        "printed": record.printed,
        "kind": record.kind.value,
        "heading": record.heading or "",
        "text": record.text,
        "emphases": [asdict(emphasis) for emphasis in record.emphases],
        "footnotes": [asdict(footnote) for footnote in record.footnotes],
        "proposed": record.proposed,
        "page": record.page,
        "in_text": True,
    }
