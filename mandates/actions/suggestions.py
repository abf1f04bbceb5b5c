"""What people decide about suggestions: each decision is one class, for form, queue and bulk alike.

A decision is made with the `version` of the suggestion that its maker saw. It is one transaction and one row in
`LineageDecision`. Confirming marks the mandate fulfilled by `MarkFulfilled`, so it is a decision about the mandate,
too, and is taken back there; nothing is marked fulfilled without a person.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mandates.actions.links import check_permission
from mandates.actions.outcomes import MarkFulfilled, StaleMandate
from mandates.models import LineageDecision, Suggestion
from mandates.services.chains import lineage_lock

State = Suggestion.State


class StaleSuggestion(Exception):
    """Somebody else decided about the suggestion since the form was opened.

    Args:
        latest: the latest decision; its maker, time and what it says are in the message.
    """

    def __init__(self, latest: LineageDecision) -> None:
        self.latest = latest
        super().__init__(
            _("%(who)s decided about this suggestion on %(when)s: %(what)s. Look at it again before you decide.")
            % {
                "who": latest.made_by.get_full_name() or latest.made_by.get_username(),
                "when": formats.date_format(timezone.localtime(latest.made_at), "DATETIME_FORMAT"),
                "what": str(State(latest.after).label).lower(),
            }
        )


class SuggestionAction(ABC):
    """A decision about one suggestion.

    Args:
        suggestion: the one it is about.
        version: its `version` when the person looked at it.
        note: a note or the reason.
    """

    after: str

    def __init__(self, *, suggestion: Suggestion, version: int, note: str = "") -> None:
        self.suggestion = suggestion
        self.version = version
        self.note = note.strip()

    def check(self, user: Any) -> None:
        """Say whether this person may decide about suggestions.

        Raises:
            PermissionDenied: the person may not.
        """
        check_permission(user)

    def execute(self, user: Any) -> bool:
        """Record the decision, with what follows from it.

        Args:
            user: the person who makes it.

        Returns:
            Whether something was written: not where the same form had been sent before.

        Raises:
            PermissionDenied: as in `check`.
            ValidationError: the suggestion or its mandate does not stand so that this could be decided.
            StaleSuggestion: somebody else decided since `version`.
            Suggestion.DoesNotExist: it is gone, as the texts say otherwise by now.
        """
        with transaction.atomic():
            self.check(user)
            lineage_lock()
            suggestion = Suggestion.objects.select_for_update(of=("self",)).select_related("mandate", "occurrence")
            self.suggestion = suggestion.get(pk=self.suggestion.pk)
            if self.suggestion.version != self.version:
                self._require_same(user)
                return False
            self.check_state()
            before, self.suggestion.state = self.suggestion.state, self.after
            self.suggestion.version += 1
            self.suggestion.save(update_fields=["state", "version"])
            LineageDecision(
                suggestion=self.suggestion, before=before, after=self.after, note=self.note, made_by=user
            ).save(force_insert=True)
            self.follow(user)
        return True

    @abstractmethod
    def check_state(self) -> None:
        """Check that the suggestion, locked now, is in a state for this decision.

        Raises:
            ValidationError: it is not.
        """

    def follow(self, user: Any) -> None:  # noqa: B027 - only a confirmation has consequences
        """Do what follows from the decision, in its transaction.

        Raises:
            ValidationError: it is not possible.
        """

    def _require_same(self, user: Any) -> None:
        latest = self.suggestion.decisions.select_related("made_by").latest("pk")
        sent_twice = self.suggestion.version == self.version + 1 and latest.made_by_id == user.pk
        if not (sent_twice and latest.after == self.after):
            raise StaleSuggestion(latest)


class ConfirmSuggestion(SuggestionAction):
    """Confirm that a mandate is answered: it is marked fulfilled, of a recurring one the occurrence."""

    after = State.CONFIRMED

    def check_state(self) -> None:
        _require_waiting(self.suggestion)

    def follow(self, user: Any) -> None:
        suggestion = self.suggestion
        try:
            MarkFulfilled(
                mandate=suggestion.mandate,
                version=suggestion.mandate.outcome_version,
                evidence_symbol=suggestion.evidence_symbol,
                evidence_date=suggestion.evidence_date,
                note=evidence_note(suggestion, self.note),
                occurrence=suggestion.occurrence,
            ).execute(user)
        except StaleMandate as stale:  # between reading the suggestion and locking its mandate
            raise ValidationError(str(stale), code="state") from None


class DismissSuggestion(SuggestionAction):
    """Say that it is no answer; it does not come back."""

    after = State.DISMISSED

    def check_state(self) -> None:
        _require_waiting(self.suggestion)


class RestoreSuggestion(SuggestionAction):
    """Take a dismissal back: the suggestion waits again."""

    after = State.WAITING

    def check_state(self) -> None:
        if self.suggestion.state == State.CONFIRMED:
            raise ValidationError(
                _("It was confirmed, and the mandate marked fulfilled; reopen the mandate on its page."), code="state"
            )
        if self.suggestion.state != State.DISMISSED:
            raise ValidationError(_("Nobody dismissed it; there is nothing to take back."), code="state")


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
