"""Stores in which files a document was issued, and what became of each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from resolutions.models import Document, DocumentIssue, SourceFile
from resolutions.structure.issues import Issue


def issue_key(row: DocumentIssue) -> Issue:
    """Give the issue that a stored row stands for; `row.document` is fetched."""
    return Issue(row.document.symbol, row.revision, row.corrigendum, row.reissue)


def issue_store(*, document: Document, issue: Issue, source: SourceFile, issued: datetime.date | None) -> DocumentIssue:
    """Note that an issue of a document came in a file, in the transaction that locked the document.

    Args:
        document: locked.
        issue: which one; where it came before, the new file takes the place of the old one.
        source: the file.
        issued: the day on which it was issued, as printed.

    Returns:
        The row.
    """
    row, _made = DocumentIssue.objects.update_or_create(
        document=document,
        revision=issue.revision,
        corrigendum=issue.corrigendum,
        reissue=issue.reissue,
        defaults={"symbol": issue.symbol, "source": source, "issued": issued},
    )
    return row


def issues_mark(*, document: Document, found: Mapping[Issue, Mapping[str, Any]]) -> None:
    """Note what became of the issues of a document, in the transaction that locked it.

    Args:
        document: locked.
        found: `state`, `changes` and `unplaced` of each.
    """
    for row in document.issues.all():
        values = found[issue_key(row)]
        if any(getattr(row, name) != value for name, value in values.items()):
            DocumentIssue.objects.filter(pk=row.pk).update(**values)
