"""Keeps what documents say was done, and what the titles in the register say, to be held against any mandate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from mandates.extraction.vocabulary import load_vocabulary
from mandates.lineage.answers import Answer, Reason, find_answers, title_answer
from mandates.models import DocumentAnswer
from mandates.pipeline import ParsedDocument
from resolutions.models import Document, KnownDocument, Paragraph
from resolutions.structure.issues import issue_of

_SAID = [each.name for each in fields(Answer) if each.name not in ("symbol", "paragraph_key")]
# Empty in a row where the answer has None.
_TEXTS = ("cited_symbol", "cited_paragraph", "body")
_LONGEST = {"cited_symbol": 80, "cited_paragraph": 100, "evidence_symbol": 80, "body": 255}


def answers_store(*, document: Document, parsed: ParsedDocument, paragraphs: Mapping[str, Paragraph]) -> None:
    """Keep what a document says was done, in the transaction that stores its text.

    Args:
        document: that was stored.
        parsed: its text.
        paragraphs: its paragraphs by key.
    """
    found = find_answers(parsed.record, parsed.extraction.references, load_vocabulary())
    rows = [
        DocumentAnswer(
            symbol=document.symbol,
            document=document,
            paragraph=paragraphs[answer.paragraph_key] if answer.paragraph_key else None,
            position=position,
            **_columns(answer),
        )
        for position, answer in enumerate(found)
    ]
    # What the register says of it is said by the document itself from now on.
    DocumentAnswer.objects.filter(symbol=document.symbol).delete()
    DocumentAnswer.objects.bulk_create(rows)


def register_answers_store(*, symbols: Collection[str] | None = None) -> None:
    """Keep what the titles of documents say that are known and not read.

    Args:
        symbols: of the documents that may have changed in the register; None for all.
    """
    known, rows = KnownDocument.objects.all(), DocumentAnswer.objects.filter(document=None)
    if symbols is not None:
        known, rows = known.filter(symbol__in=symbols), rows.filter(symbol__in=symbols)
    read = Document.objects.exclude(source=None).values("symbol")
    vocabulary = load_vocabulary()
    new = []
    for row in known.exclude(symbol__in=read).order_by("symbol"):
        session = int(row.session_code) if row.session_code.isdigit() else None
        if answer := title_answer(row.symbol, row.title, session, vocabulary, author=row.kind):
            new.append(DocumentAnswer(symbol=row.symbol, position=0, **_columns(answer)))
    rows.delete()
    DocumentAnswer.objects.bulk_create(new)


def as_answer(row: DocumentAnswer) -> Answer:
    """Give a stored answer, whose paragraph is fetched, as `mandates.lineage` sees it."""
    values = {name: getattr(row, name) for name in _SAID}
    values |= {name: values[name] or None for name in _TEXTS} | {"reason": Reason(row.reason)}
    return Answer(symbol=row.symbol, paragraph_key=row.paragraph.key if row.paragraph else None, **values)


def _columns(answer: Answer) -> dict[str, Any]:
    values = {name: getattr(answer, name) for name in _SAID}
    if answer.cited_symbol:
        values["cited_symbol"] = issue_of(answer.cited_symbol).base
    values |= {name: values[name] or "" for name in _TEXTS}
    return values | {name: values[name][:size] for name, size in _LONGEST.items() if values[name]}
