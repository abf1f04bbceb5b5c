"""What people decide about citations that do not lead where they should."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mandates.models import CitationCheck, Reference
from mandates.services.importing import check_may_import


class CheckCitation:
    """Somebody looked at what is cited and cannot be reached, so that nobody need look again, or takes that back.

    Args:
        symbol: what is cited.
        state: what hinders, as the person saw it.
        checked: False to take it back.
        note: what the person says.
    """

    def __init__(self, *, symbol: str, state: str, checked: bool = True, note: str = "") -> None:
        self.symbol = symbol
        self.state = state
        self.checked = checked
        self.note = note.strip()

    def check(self, user: Any) -> None:
        """Say whether this person may, and whether it is still cited and hindered as it was seen.

        Raises:
            PermissionDenied: the person may not import.
            ValidationError: something else is the case by now.
        """
        check_may_import(user)
        cited = Reference.objects.filter(symbol=self.symbol, state=self.state, paragraph__in_text=True)
        if self.state == Reference.State.RESOLVED or not cited.exists():
            raise ValidationError(_("An import changed that meanwhile."), code="stale")

    def execute(self, user: Any) -> bool:
        """Record it.

        Args:
            user: the person who looked.

        Returns:
            False where the same stands already; nothing is written then.

        Raises:
            PermissionDenied, ValidationError: as in `check`.
        """
        with transaction.atomic():
            self.check(user)
            last = CitationCheck.objects.filter(symbol=self.symbol, state=self.state).order_by("-pk").first()
            if self.checked == (last is not None and last.checked):
                return False
            CitationCheck(
                symbol=self.symbol, state=self.state, checked=self.checked, note=self.note, made_by=user
            ).save(force_insert=True)
        return True
