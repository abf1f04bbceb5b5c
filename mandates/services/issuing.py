"""Stores a document as its issues make it: the text that stands, and what earlier ones asked besides."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mandates.pipeline import ParsedDocument, parse_document
from mandates.services.answers import answers_store
from mandates.services.correcting import corrections_place
from mandates.services.lineage import lineage_refresh
from mandates.services.references import references_of, references_resolve
from mandates.services.storing import mandates_store
from mandates.services.suggestions import suggestions_refresh
from mandates.standing_text import IssueState, Outcome, StandingText
from resolutions.models import Document, SourceFile
from resolutions.services import document_store, issue_key, issues_mark, paragraphs_prune
from resolutions.structure.issues import Issue
from resolutions.structure.records import ResolutionRecord


class NotRead(Exception):
    """Issues of a document that have to be read before its text can be made.

    Attributes:
        sources: their files.
    """

    def __init__(self, sources: list[SourceFile]) -> None:
        super().__init__()
        self.sources = sources


@dataclass(slots=True)
class Readings:
    """What was read of the files of a document, by the hash of their bytes; each is read once."""

    texts: dict[str, ParsedDocument] = field(default_factory=dict)

    def add(self, sha256: str, parsed: ParsedDocument) -> None:
        """Keep what was read of a file."""
        self.texts[sha256] = parsed

    def read(self, sources: Iterable[SourceFile]) -> None:
        """Read files.

        Raises:
            UnreadableDocument: one cannot be read any more, so the text cannot be made.
        """
        for source in sources:
            self.add(source.sha256, parse_document(bytes(source.content), source.name))

    def of(self, document: Document) -> Mapping[Issue, ParsedDocument]:
        """Give what was read of each issue of a document.

        Raises:
            NotRead: some of them have still to be read.
        """
        rows = list(document.issues.select_related("source", "document").defer("source__content"))
        missing = [row.source for row in rows if row.source.sha256 not in self.texts]
        if missing:
            raise NotRead(missing)
        return {issue_key(row): self.texts[row.source.sha256] for row in rows}


@dataclass(frozen=True, slots=True)
class StoredText:
    """What storing did.

    Attributes:
        counts: of ``paragraphs`` and ``mandates``; empty where the document has no text yet.
        warnings: what staff should look at.
    """

    counts: dict[str, dict[str, int]]
    warnings: list[str]

    @property
    def is_changed(self) -> bool:
        """True where a paragraph or mandate is not as it was."""
        return any(done[what] for done in self.counts.values() for what in ("new", "changed", "removed"))


def standing_store(*, document: Document, standing: StandingText, corrections: Mapping[str, str] | None) -> StoredText:
    """Bring a document up to date with its issues, in the transaction that locked it.

    Args:
        document: locked.
        standing: its text, made of all its issues.
        corrections: what staff corrected in its head; None keeps those of before.

    Returns:
        What was done.
    """
    issues_mark(document=document, found={issue: _columns(outcome) for issue, outcome in standing.outcomes.items()})
    if standing.parsed is None or standing.issue is None:
        return StoredText({}, [])
    issue = standing.issue
    source = document.issues.get(revision=issue.revision, corrigendum=issue.corrigendum, reissue=issue.reissue).source
    former = standing.former
    text = document_store(
        document=document,
        record=standing.parsed.record,
        source=source,
        corrections=corrections,
        former=[mandate.paragraph for mandate in former],
    )
    mandates = mandates_store(
        document=document,
        extraction=standing.parsed.extraction,
        paragraphs=text.paragraphs,
        former=[mandate.record for mandate in former],
    )
    corrections_place(document=document, outcomes=standing.corrections)
    paragraphs_prune(document=document, keep=mandates.kept_paragraphs)
    regrouped = lineage_refresh(document=document, also=mandates.linked)
    references_resolve(references=references_of(document=document))
    answers_store(document=document, parsed=standing.parsed, paragraphs=text.paragraphs)
    suggestions_refresh(document=document, also=regrouped)
    return StoredText(
        {"paragraphs": text.counts, "mandates": mandates.counts}, [warning.sentence for warning in text.warnings]
    )


def _columns(outcome: Outcome) -> dict[str, Any]:
    unplaced = [{"words": missed.words, "reason": missed.reason} for missed in outcome.unplaced]
    return {"state": outcome.state.value, "changes": outcome.changes, "unplaced": unplaced}


def issue_warnings(*, issue: Issue, standing: StandingText, waited: Iterable[Issue] = ()) -> list[str]:
    """Say what an issue did to its document, where that is not what staff expect of it.

    Args:
        issue: one of the document.
        standing: the text of the document.
        waited: corrigenda that waited for their text until now.

    Returns:
        Sentences: that it changes no text now, and which of its changes could not be made.
    """
    outcome = standing.outcomes[issue]
    said = []
    if outcome.state == IssueState.SUPERSEDED and standing.issue is not None:
        said.append(
            _("Its text is not taken over: %(symbol)s is here and supersedes it.") % {"symbol": standing.issue.symbol}
        )
    elif outcome.state == IssueState.WAITING:
        corrected = Issue(issue.base, issue.revision).symbol
        said.append(
            _("It corrects %(symbol)s, which is not imported yet; it is applied when that is.") % {"symbol": corrected}
        )
    said += _unplaced(issue, outcome)
    for corrigendum in waited:
        done = standing.outcomes[corrigendum]
        if done.state == IssueState.APPLIED:
            said.append(_("%(symbol)s waited for it and is applied now.") % {"symbol": corrigendum.symbol})
            said += _unplaced(corrigendum, done)
    return said


def _unplaced(issue: Issue, outcome: Outcome) -> list[str]:
    return [
        _("%(issue)s, not done: “%(words)s” %(reason)s")
        % {"issue": issue.name, "words": missed.words, "reason": missed.reason}
        for missed in outcome.unplaced
    ]


def issued_on(record: ResolutionRecord) -> datetime.date | None:
    """Give the day on which an issue was issued, as far as it says so."""
    return record.distributed or record.adopted
