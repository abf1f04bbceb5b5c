"""What decisions about links and about suggestions have in common: both were found by the tracker."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mandates.actions.decision import DecisionAction
from mandates.actions.outcomes import OutcomeAction, StaleMandate
from mandates.models import LineageDecision, MandateLink, OutcomeChange, Suggestion
from mandates.services.chains import lineage_lock

Found = TypeVar("Found", MandateLink, Suggestion)


class LineageAction(DecisionAction[LineageDecision], Generic[Found]):
    """A decision about one link or one suggestion.

    Args:
        found: the one it is about.
        version: its `version` when the person looked at it.
        note: a note or the reason.
    """

    rows: ClassVar[QuerySet[Any]]

    def __init__(self, *, found: Found, version: int, note: str = "") -> None:
        super().__init__(version=version, note=note)
        self.change: OutcomeChange | None = None  # about a mandate, made together with this decision
        self.found: Found = found

    def lock(self) -> int:
        lineage_lock()
        self.found = self.rows.select_for_update(of=("self",)).get(pk=self.found.pk)
        return self.found.version

    def latest(self) -> LineageDecision:
        return self.found.decisions.select_related("made_by").latest("pk")

    def was_this(self, latest: LineageDecision, standing: int) -> bool:
        return standing == self.version + 1 and latest.after == self.outcome()

    @abstractmethod
    def outcome(self) -> str:
        """Give how it stands afterwards, and change what else changes with it."""

    def outcome_action(self) -> OutcomeAction | None:
        """Give the decision about a mandate that is made together with it; None where there is none."""
        return None

    def record(self, user: Any) -> LineageDecision:
        decision = lineage_decide(self.found, self.outcome(), user, self.note)
        together = self.outcome_action()
        if together is not None:
            try:
                self.change = together.execute(user).change
            except StaleMandate as stale:  # between reading the suggestion and locking its mandate
                raise ValidationError(str(stale), code="state") from None
        return decision


def lineage_decide(found: MandateLink | Suggestion, after: str, user: Any, note: str) -> LineageDecision:
    """Write how a link or a suggestion stands now, with the row in its history; to be called in a transaction.

    Args:
        found: it, locked, or a link that is not stored yet.
        after: how it stands now.
        user: who decided it.
        note: what the person says.

    Raises:
        ValidationError: a link of the two was stored at this moment; `code` is ``other``.
    """
    column, state = ("link", "decision") if isinstance(found, MandateLink) else ("suggestion", "state")
    before = getattr(found, state)
    setattr(found, state, after)
    found.version += 1
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise ValidationError(_("These two are linked already."), code="other") from None
    decision = LineageDecision(**{column: found}, before=before, after=after, note=note, made_by=user)
    decision.save(force_insert=True)
    return decision
