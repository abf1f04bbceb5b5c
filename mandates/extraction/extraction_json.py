"""What `parse_document` prints: a document with what was found in it, in the form of the gold."""

from __future__ import annotations

from mandates.extraction.records import Deadline, DeadlineKind, Extraction, MandateRecord, Reference
from resolutions.structure.record_json import record_as_json
from resolutions.structure.records import ResolutionRecord

_VALUES = {
    DeadlineKind.SESSION: ("session",),
    DeadlineKind.BEFORE_SESSION: ("session",),
    DeadlineKind.DATE: ("date",),
    DeadlineKind.PERIOD: ("start", "end"),
    DeadlineKind.RECURRING: ("interval",),
    DeadlineKind.EVENT: ("event",),
}


def extraction_as_json(record: ResolutionRecord, extraction: Extraction) -> dict[str, object]:
    """Give a document and its findings in the form of `parse_document`.

    Args:
        record: the structured document.
        extraction: what was found in it.

    Returns:
        The header and paragraphs, each paragraph with its operative verbs, then mandates and references.
    """
    document = record_as_json(record)
    verbs: dict[str, list[str]] = {}
    for clause in extraction.clauses:
        verbs.setdefault(clause.span.paragraph, []).append(clause.verb)
    printed = [paragraph for paragraph in record.paragraphs if paragraph.printed]
    rows = document["paragraphs"]
    if isinstance(rows, list):
        document["paragraphs"] = [
            {**row, "verbs": verbs.get(paragraph.key, [])} for row, paragraph in zip(rows, printed, strict=True)
        ]
    document["mandates"] = [mandate_as_json(mandate) for mandate in extraction.mandates]
    document["references"] = [reference_as_json(reference) for reference in extraction.references]
    return document


def mandate_as_json(mandate: MandateRecord) -> dict[str, object]:
    """Give one mandate in the form of `parse_document`."""
    return {
        "part": mandate.part,
        "label": mandate.label,
        "verb": mandate.verb,
        "strength": mandate.strength.value,
        "addressees": [addressee.body for addressee in mandate.addressees],
        "action": mandate.action,
        "proposed": mandate.proposed,
        "deadlines": [deadline_as_json(deadline) for deadline in mandate.deadlines],
        "topic": mandate.topic,
        "key": mandate.key,
    }


def deadline_as_json(deadline: Deadline) -> dict[str, object]:
    """Give one deadline in the form of `parse_document`: its kind, the values of that kind, its words."""
    row: dict[str, object] = {"kind": deadline.kind.value}
    for name in _VALUES[deadline.kind]:
        value = getattr(deadline, name)
        row[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return {**row, "text": deadline.text}


def reference_as_json(reference: Reference) -> dict[str, object]:
    """Give one reference in the form of `parse_document`."""
    return {
        "part": reference.part,
        "label": reference.label,
        "symbol": reference.symbol,
        "paragraph": reference.paragraph,
    }
