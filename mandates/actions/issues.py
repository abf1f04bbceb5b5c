"""What people decide about the files in which a document was issued."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mandates.services.importing import check_may_import
from resolutions.issues_page import unplaced_seen
from resolutions.models import DocumentIssue, IssueCheck


class CheckUnplaced:
    """Somebody looked at what a corrigendum says that could not be done, so that it need not be looked at again.

    It comes back as soon as a text makes something else of it.

    Args:
        issue: the corrigendum.
        seen: the mark of the list that its maker saw (`resolutions.issues_page.unplaced_seen`).
    """

    def __init__(self, *, issue: DocumentIssue, seen: str) -> None:
        self.issue = issue
        self.seen = seen

    def check(self, user: Any) -> None:
        """Say whether this person may, and whether the list is still the one that was looked at.

        Args:
            user: the person.

        Raises:
            PermissionDenied: the person may not import.
            ValidationError: an import changed the list meanwhile.
        """
        check_may_import(user)
        if unplaced_seen(self.issue.unplaced) != self.seen:
            raise ValidationError(
                _("An import changed what could not be made of %(symbol)s meanwhile. Look at it again.")
                % {"symbol": self.issue.symbol},
                code="stale",
            )

    def execute(self, user: Any) -> bool:
        """Record it.

        Args:
            user: the person who looked.

        Returns:
            False where the same list was recorded as checked before; nothing is written then.

        Raises:
            PermissionDenied, ValidationError: as in `check`.
            DocumentIssue.DoesNotExist: the issue is gone.
        """
        with transaction.atomic():
            # An import that is about to change the list waits, or is waited for.
            self.issue = DocumentIssue.objects.select_for_update(of=("self",)).get(pk=self.issue.pk)
            self.check(user)
            last = self.issue.checks.last()
            if not self.issue.unplaced or (last is not None and last.unplaced == self.issue.unplaced):
                return False
            IssueCheck.objects.create(issue=self.issue, unplaced=self.issue.unplaced, made_by=user)
        return True
