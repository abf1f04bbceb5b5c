"""What people decide about suggestions: each decision is one class, for form, queue and bulk alike.

A decision is made with the `version` of the suggestion that its maker saw. It is one transaction and one row in
`LineageDecision`. Confirming marks the mandate fulfilled by `MarkFulfilled`, so it is a decision about the mandate,
too, and is taken back there; nothing is marked fulfilled without a person.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.actions.decision import StaleDecision
from mandates.actions.lineage import LineageAction
from mandates.actions.outcomes import MarkFulfilled
from mandates.actions.undo import Undo
from mandates.models import OutcomeChange, Suggestion

State = Suggestion.State


class StaleSuggestion(StaleDecision):
    """Somebody else decided about the suggestion since the form was opened."""

    sentence = gettext_lazy(
        "%(who)s decided about this suggestion on %(when)s: %(what)s. Look at it again before you decide."
    )


class SuggestionAction(LineageAction[Suggestion]):
    """A decision about one suggestion.

    Args:
        suggestion: the one it is about.
        version: its `version` when the person looked at it.
        note: a note or the reason.
    """

    rows = Suggestion.objects.select_related("mandate", "occurrence")
    stale = StaleSuggestion
    after: ClassVar[str]

    def __init__(self, *, suggestion: Suggestion, version: int, note: str = "") -> None:
        super().__init__(found=suggestion, version=version, note=note)

    def outcome(self) -> str:
        return self.after


class ConfirmSuggestion(SuggestionAction):
    """Confirm that a mandate is answered: it is marked fulfilled, of a recurring one the occurrence."""

    after = State.CONFIRMED

    def check_state(self) -> None:
        _require_waiting(self.found)

    def outcome_action(self) -> MarkFulfilled:
        suggestion = self.found
        return MarkFulfilled(
            mandate=suggestion.mandate,
            version=suggestion.mandate.outcome_version,
            evidence_symbol=suggestion.evidence_symbol,
            evidence_date=suggestion.evidence_date,
            note=evidence_note(suggestion, self.note),
            occurrence=suggestion.occurrence,
        )


class DismissSuggestion(SuggestionAction):
    """Say that it is no answer; it does not come back."""

    after = State.DISMISSED

    def check_state(self) -> None:
        _require_waiting(self.found)


class RestoreSuggestion(SuggestionAction):
    """Take a dismissal back: the suggestion waits again."""

    after = State.WAITING

    def check_state(self) -> None:
        if self.found.state == State.CONFIRMED:
            raise ValidationError(
                _("It was confirmed, and the mandate marked fulfilled; reopen the mandate on its page."), code="state"
            )
        if self.found.state != State.DISMISSED:
            raise ValidationError(_("Nobody dismissed it; there is nothing to take back."), code="state")


class UndoConfirmation(SuggestionAction):
    """Take a confirmation back as if it had not been made: the suggestion waits again, and so does its mandate.

    Args:
        fulfilled: the decision about the mandate that the confirmation made.
    """

    after = State.WAITING

    def __init__(self, *, suggestion: Suggestion, version: int, fulfilled: OutcomeChange, note: str = "") -> None:
        super().__init__(suggestion=suggestion, version=version, note=note)
        self.fulfilled = fulfilled

    def check_state(self) -> None:
        if self.found.state != State.CONFIRMED:
            raise ValidationError(_("Nobody confirmed it; there is nothing to take back."), code="state")

    def outcome_action(self) -> Undo:
        return Undo(mandate=self.found.mandate, change=self.fulfilled, note=self.note)


def evidence_note(suggestion: Suggestion, note: str = "") -> str:
    """Word the note that a confirmation leaves with the mandate: what is quoted from where, and why it was suggested.

    Args:
        suggestion: the one that is confirmed.
        note: what the person says.
    """
    quoted = f"“{suggestion.quotation}” ({suggestion.source.partition(' ')[0]})" if suggestion.quotation else ""
    return "\n".join(part for part in (quoted, suggestion.sentence, note) if part)


def _require_waiting(suggestion: Suggestion) -> None:
    if suggestion.state == State.CONFIRMED:
        raise ValidationError(_("It is confirmed already."), code="state")
    if suggestion.state == State.DISMISSED:
        raise ValidationError(_("It is dismissed already; take that back first."), code="state")
