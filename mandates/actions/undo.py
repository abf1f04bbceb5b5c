"""Taking a decision back as if it had not been made; the history keeps both."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mandates.actions.outcomes import OutcomeAction
from mandates.models import Mandate, OutcomeChange


class Undo(OutcomeAction):
    """Take back the latest decision about a mandate, where nobody decided since; `note` says what it is an undo of.

    Unlike `Reopen`, which counts from the day of its own, it counts from the day from which the decision did: a mistake
    that was undone does not show in what was the case on a past day. A reopening is undone by recording again, with its
    evidence, what it had taken back.

    Args:
        change: the decision; its version is the one that was seen.
    """

    def __init__(self, *, mandate: Mandate, change: OutcomeChange, note: str) -> None:
        super().__init__(mandate=mandate, version=change.version, note=note)
        self.change = change

    @property
    def kind(self) -> str:  # type: ignore[override]  # the other actions have a fixed word
        """What stands in the history: it reopens, or records again what was reopened."""
        return self._taken_back().kind if self._restores else OutcomeChange.Kind.REOPENED

    def check_state(self) -> None:
        if self.change.kind == OutcomeChange.Kind.REVIEWED:
            raise ValidationError(_("A review is not undone."), code="state")

    def entries(self) -> dict[str, Any]:
        common = {"after": self.change.before, "occurrence": self.change.occurrence, "note": self.note}
        if not self._restores:
            return {**common, "effective_on": self.change.effective_on}
        earlier = self._taken_back()
        evidence = ("evidence_symbol", "evidence_url", "evidence_date", "effective_on")
        return {**common, **{name: getattr(earlier, name) for name in evidence}}

    @property
    def _restores(self) -> bool:
        return self.change.kind == OutcomeChange.Kind.REOPENED

    def _taken_back(self) -> OutcomeChange:
        """Give what the reopening took back: the latest decision before it, of a recurring one about that session."""
        decisions = OutcomeChange.objects.filter(
            mandate__task=self.mandate.task,
            pk__lt=self.change.pk,
            occurrence=self.change.occurrence,
            kind__in=[OutcomeChange.Kind.FULFILLED, OutcomeChange.Kind.WITHDRAWN],
        )
        earlier = decisions.order_by("pk").last()
        if earlier is None:
            raise ValidationError(_("What it took back is not in the history any more."), code="state")
        return earlier
