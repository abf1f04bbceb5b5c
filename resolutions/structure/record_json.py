"""The paragraph half of what `parse_document` prints."""

from __future__ import annotations

import re
from collections import Counter

from resolutions.structure.records import DocumentKind, ParagraphKind, ParagraphRecord, ResolutionRecord


def record_as_json(record: ResolutionRecord) -> dict[str, object]:
    """Give a document in the form of `parse_document`.

    Args:
        record: the structured document.

    Returns:
        Header, number of preambular paragraphs by part, and the paragraphs that have a number or letter. The verbs,
        mandates and references are the extraction stage's to add.
    """
    preambular = Counter(
        paragraph.part
        for paragraph in record.paragraphs
        if paragraph.kind is ParagraphKind.PREAMBULAR and paragraph.parent is None
    )
    adoption: dict[str, object] = {
        "adopted": record.adopted.isoformat() if record.adopted else None,
        "meeting": record.meeting,
        "mode": record.mode,
    }
    if record.kind is DocumentKind.REPORT:
        adoption = {"distributed": record.distributed.isoformat() if record.distributed else None}
    return {
        "symbol": record.symbol,
        "kind": record.kind.value,
        "title": record.title,
        "session": record.session,
        **adoption,
        "preambular": dict(preambular),
        "paragraphs": [paragraph_as_json(paragraph) for paragraph in record.paragraphs if paragraph.printed],
    }


def paragraph_as_json(paragraph: ParagraphRecord) -> dict[str, object]:
    """Give one paragraph in the form of `parse_document`.

    Args:
        paragraph: a paragraph with a printed number or letter.

    Returns:
        Its part, label, heading, text and footnotes; a numbered preambular paragraph is labelled "preamble 1".
    """
    label = paragraph.label
    if label == "preamble":
        label = f"preamble {re.sub(r'[^0-9]', '', paragraph.printed)}"
    return {
        "part": paragraph.part,
        "label": label,
        "heading": paragraph.heading,
        "text": paragraph.text,
        "footnotes": [footnote.text for footnote in paragraph.footnotes],
    }
