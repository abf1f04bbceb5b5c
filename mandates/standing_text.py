"""The text of a document that was issued more than once: which issue stands, and what earlier ones had besides.

It follows from the issues alone. They are gone through in the order in which they were issued, so that the result is
the same in whatever order they were imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mandates.correcting.correct import corrected
from mandates.correcting.records import Correction
from mandates.correcting.records import Outcome as CorrectionOutcome
from mandates.extraction.extract import extract
from mandates.extraction.records import MandateRecord
from mandates.pipeline import ParsedDocument, parsed_corrected
from mandates.services.matching import match
from resolutions.structure.corrigendum_text import Unplaced, text_corrected
from resolutions.structure.issues import Issue
from resolutions.structure.records import ParagraphRecord


class IssueState(StrEnum):
    """What became of an issue; the values are those of `DocumentIssue.State`."""

    STANDING = "standing"
    APPLIED = "applied"
    SUPERSEDED = "superseded"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class FormerMandate:
    """A mandate of an earlier text that the standing one no longer has, and the paragraph in which it stood."""

    record: MandateRecord
    paragraph: ParagraphRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an issue: of a corrigendum also how many changes were made, and which could not be."""

    state: IssueState
    changes: int = 0
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(slots=True)
class StandingText:
    """The text of a document as its issues make it.

    Attributes:
        parsed: the text that stands; None where there are only corrigenda.
        issue: the issue from which that text is; None where there is none.
        former: what earlier texts asked and this one does not, in the order in which it left.
        outcomes: of each issue.
        corrections: what came of each correction of its mandates in the text that stands.
    """

    parsed: ParsedDocument | None = None
    issue: Issue | None = None
    former: tuple[FormerMandate, ...] = ()
    outcomes: dict[Issue, Outcome] = field(default_factory=dict)
    corrections: tuple[CorrectionOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A mandate on its way through the texts; `in_text` is False where the last one no longer had it."""

    former: FormerMandate
    in_text: bool

    @property
    def key(self) -> str:
        return self.former.record.key

    @property
    def verb(self) -> str:
        return self.former.record.verb

    @property
    def action(self) -> str:
        return self.former.record.action


def standing_text(
    issues: Mapping[Issue, ParsedDocument], header: Mapping[str, str], corrections: Sequence[Correction] = ()
) -> StandingText:
    """Go through the issues of a document in their order.

    A later revision or reissue replaces the text before it. A corrigendum corrects the text of its own revision; where
    that is not here, it waits. One that brings the whole text anew replaces it.

    Args:
        issues: each with what was read of it.
        header: what staff corrected in the head, as `resolutions.corrections.header_corrected` takes it.
        corrections: what people corrected in what is found; laid over each text, so that what they said of an earlier
            one is not taken for a mandate that left.

    Returns:
        The text that stands, and what became of each issue.
    """
    standing = StandingText()
    entries: Sequence[_Entry] = ()
    text: ParsedDocument | None = None  # as the machine reads it
    for issue in sorted(issues):
        parsed = issues[issue]
        if parsed.corrigendum is None:
            text = parsed_corrected(parsed, {**header, "symbol": issue.base})
            for earlier in standing.outcomes:
                standing.outcomes[earlier] = Outcome(IssueState.SUPERSEDED)
            standing.issue, standing.outcomes[issue] = issue, Outcome(IssueState.STANDING)
        elif any(_is_same_corrigendum(issue, later) for later in issues):
            standing.outcomes[issue] = Outcome(IssueState.SUPERSEDED)
            continue
        elif text is None or standing.issue is None or standing.issue.revision != issue.revision:
            standing.outcomes[issue] = Outcome(IssueState.WAITING)
            continue
        else:
            changed = text_corrected(text.record, parsed.corrigendum.instructions)
            text = ParsedDocument(changed.record, extract(changed.record), text.blocks)
            standing.outcomes[issue] = Outcome(IssueState.APPLIED, changed.changes, changed.unplaced)
        laid = corrected(text.record, text.extraction, corrections)
        standing.parsed, standing.corrections = replace(text, extraction=laid.extraction), laid.outcomes
        entries = _followed(entries, standing.parsed)
    standing.former = tuple(entry.former for entry in entries if not entry.in_text)
    return standing


def _is_same_corrigendum(issue: Issue, later: Issue) -> bool:
    """Say whether a corrigendum was issued again, so that only the later one is carried out."""
    same = (issue.revision, issue.corrigendum) == (later.revision, later.corrigendum)
    return same and later.reissue > issue.reissue


def _followed(entries: Sequence[_Entry], parsed: ParsedDocument) -> list[_Entry]:
    """Go on to the next text: what it has, and what it no longer has."""
    records = parsed.extraction.mandates
    _pairs, gone = match(entries, records, lambda entry: entry.in_text)
    return [*_entries(records, parsed), *(_Entry(entry.former, in_text=False) for entry in gone)]


def _entries(records: Iterable[MandateRecord], parsed: ParsedDocument) -> list[_Entry]:
    paragraphs = {paragraph.key: paragraph for paragraph in parsed.record.paragraphs}
    return [_Entry(FormerMandate(record, paragraphs[record.clause.span.paragraph]), in_text=True) for record in records]
