"""What storing a file would do to a document that is here in other issues, or for which it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mandates.extraction.records import MandateRecord
from mandates.pipeline import ParsedDocument
from mandates.services.correcting import corrections_of
from mandates.services.issuing import Readings
from mandates.services.matching import match
from mandates.standing_text import IssueState, StandingText, standing_text
from resolutions.models import Document
from resolutions.structure.corrigendum_text import Unplaced
from resolutions.structure.issues import Issue, issue_of


@dataclass(frozen=True, slots=True)
class Effect:
    """What a file does to a document.

    Attributes:
        sentence: in words, with the counts.
        unplaced: what a corrigendum says that cannot be done.
    """

    sentence: str
    unplaced: Sequence[Unplaced] = ()


def effect_of(*, parsed: ParsedDocument, header: Mapping[str, str]) -> Effect | None:
    """Tell what storing a file would do; the other issues of its document are read for it, and nothing is stored.

    Args:
        parsed: what was read of the file.
        header: what staff corrected in the head of the document.

    Returns:
        The effect; None where the file is the original, and no other issue of its document is here.

    Raises:
        UnreadableDocument: another issue of the document cannot be read any more.
    """
    if not parsed.record.symbol:
        return None
    issue = issue_of(parsed.record.symbol)
    document = Document.objects.filter(symbol=issue.base).first()
    others = _others(document, issue)
    if not others and issue == Issue(issue.base):
        return None
    corrections = corrections_of(document=document) if document else ()
    before = standing_text(others, header, corrections)
    after = standing_text({**others, issue: parsed}, header, corrections)
    outcome = after.outcomes[issue]
    if outcome.state == IssueState.WAITING:
        waits_for = Issue(issue.base, issue.revision).symbol
        return Effect(
            _("It corrects %(symbol)s, which is not imported yet; it is applied when that is.") % {"symbol": waits_for}
        )
    if outcome.state == IssueState.SUPERSEDED and after.issue is not None:
        sentence = _("%(symbol)s is here and supersedes it: the file is kept beside it, and its text not taken over.")
        return Effect(sentence % {"symbol": after.issue.symbol})
    if outcome.state == IssueState.APPLIED:
        said = ngettext("One change", "%(count)s changes", outcome.changes) % {"count": outcome.changes}
        sentence = _("Corrects %(symbol)s. %(changes)s, %(missed)s not placed; %(mandates)s.")
    else:
        said = ""
        sentence = _("Replaces the text of %(symbol)s: %(mandates)s.")
    words = {
        "symbol": issue.base,
        "changes": said,
        "missed": len(outcome.unplaced),
        "mandates": _difference(before, after),
    }
    return Effect(sentence % words, outcome.unplaced)


def _others(document: Document | None, issue: Issue) -> Mapping[Issue, ParsedDocument]:
    if document is None:
        return {}
    readings = Readings()
    readings.read([row.source for row in document.issues.select_related("source")])
    return {other: parsed for other, parsed in readings.of(document).items() if other != issue}


def _difference(before: StandingText, after: StandingText) -> str:
    old, new = _mandates(before), _mandates(after)
    pairs, gone = match(old, new)
    changed = sum(row is not None and _said(row) != _said(record) for record, row in pairs)
    added = sum(row is None for _record, row in pairs)
    said = [
        ngettext("one mandate changed", "%(count)s mandates changed", changed) % {"count": changed},
        ngettext("one new", "%(count)s new", added) % {"count": added},
        ngettext(
            "one not found any more, which is kept and flagged",
            "%(count)s not found any more, which are kept and flagged",
            len(gone),
        )
        % {"count": len(gone)},
    ]
    return ", ".join(sentence for sentence, count in zip(said, (changed, added, len(gone)), strict=True) if count) or _(
        "no mandate changed"
    )


def _mandates(standing: StandingText) -> Sequence[MandateRecord]:
    return () if standing.parsed is None else standing.parsed.extraction.mandates


def _said(record: MandateRecord) -> tuple[object, ...]:
    """What of a mandate a person would look at."""
    addressees = tuple(addressee.body for addressee in record.addressees)
    return record.key, record.action, addressees, tuple(deadline.text for deadline in record.deadlines)
