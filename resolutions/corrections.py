"""What staff correct in the head of a document: the words of the file stay, the fields follow the correction."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from resolutions.structure.document import NO_SYMBOL
from resolutions.structure.records import DocumentKind, ParagraphKind, ParagraphRecord, ResolutionRecord

FIELDS = ("symbol", "kind", "title", "session", "adopted", "distributed", "meeting", "mode")
# What a report drafts for adoption; its narrative is nobody's proposal.
_DRAFTED = frozenset({ParagraphKind.PREAMBULAR, ParagraphKind.OPERATIVE})


def header_of(record: ResolutionRecord) -> dict[str, str]:
    """Give the fields of a head that can be corrected.

    Args:
        record: a structured document.

    Returns:
        Each of `FIELDS` as text, days as ``2021-12-09``; empty where the document says nothing.
    """
    values = ((name, getattr(record, name)) for name in FIELDS)
    return {name: "" if value is None else str(value) for name, value in values}


def header_corrected(record: ResolutionRecord, corrections: Mapping[str, str]) -> ResolutionRecord:
    """Give a document with its head corrected.

    Where the kind is corrected, what was proposed follows: nothing in a resolution is, what a report drafts is.

    Args:
        record: as read.
        corrections: fields of `FIELDS` as `header_of` gives them; others stay as read.

    Returns:
        The corrected document.

    Raises:
        ValueError: a day or kind is malformed.
    """
    known = {name: value for name, value in corrections.items() if name in FIELDS}
    if not known:
        return record
    said = header_of(record) | known
    kind = DocumentKind(said["kind"])
    paragraphs = record.paragraphs
    if kind is not record.kind:
        paragraphs = tuple(_of_kind(paragraph, kind) for paragraph in paragraphs)
    return replace(
        record,
        symbol=said["symbol"],
        kind=kind,
        title=said["title"],
        session=_session(said["session"]),
        adopted=_day(said["adopted"]),
        distributed=_day(said["distributed"]),
        meeting=said["meeting"] or None,
        mode=said["mode"] or None,
        paragraphs=paragraphs,
        warnings=tuple(warning for warning in record.warnings if warning != NO_SYMBOL or not said["symbol"]),
    )


def _of_kind(paragraph: ParagraphRecord, kind: DocumentKind) -> ParagraphRecord:
    return replace(paragraph, proposed=kind is DocumentKind.REPORT and paragraph.kind in _DRAFTED)


def _session(text: str) -> int | str | None:
    return int(text) if text.isascii() and text.isdecimal() else text or None


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
