"""What the page of a document says of the files in which it was issued."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from resolutions.models import Document, DocumentIssue, IssueCheck

Missed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One file: what it is, and what could not be done of it.

    Attributes:
        row: with its day and its state.
        what: it is.
        to_check: instructions that could not be placed and that nobody has looked at as they stand now.
        checked: those that somebody has.
        check: the last time that somebody did.
        seen: tells whether the list is still the one that somebody looked at.
    """

    row: DocumentIssue
    what: str
    to_check: Sequence[Missed]
    checked: Sequence[Missed]
    check: IssueCheck | None
    seen: str


def issues_of(document: Document) -> list[IssueLine]:
    """Give the files in which a document was issued, in their order.

    Args:
        document: the document.

    Returns:
        A line a file; none where there is only the original, as the page itself says all about it.
    """
    rows = list(with_checks(document.issues.all()))
    if not any(row.revision or row.corrigendum or row.reissue for row in rows):
        return []
    return [issue_line(row) for row in rows]


def issues_to_check() -> list[DocumentIssue]:
    """Give the corrigenda that say something that could not be done and that nobody has looked at since."""
    rows = DocumentIssue.objects.exclude(unplaced=[]).select_related("document")
    return [row for row in with_checks(rows.order_by("document__symbol", "pk")) if issue_line(row).to_check]


def unplaced_seen(unplaced: Sequence[Missed]) -> str:
    """Give a mark that is another one as soon as the list says something else."""
    said = json.dumps([(missed["words"], missed["reason"]) for missed in unplaced])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def with_checks(issues: QuerySet[DocumentIssue]) -> QuerySet[DocumentIssue]:
    """Read along who looked at what could not be done."""
    return issues.prefetch_related(Prefetch("checks", IssueCheck.objects.select_related("made_by")))


def issue_line(row: DocumentIssue) -> IssueLine:
    """Give the line of a file, read with `with_checks`."""
    check = next(reversed(row.checks.all()), None)
    known = [] if check is None else check.unplaced
    return IssueLine(
        row=row,
        what=_what(row),
        to_check=[missed for missed in row.unplaced if missed not in known],
        checked=[missed for missed in row.unplaced if missed in known],
        check=check,
        seen=unplaced_seen(row.unplaced),
    )


def _what(row: DocumentIssue) -> str:
    if row.corrigendum:
        return _("Corrected")
    if row.reissue:
        return _("Reissued")
    return _("Revised") if row.revision else _("Issued")
