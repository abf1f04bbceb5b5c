"""What every decision of a person has in common: who may, when it is stale, when it was sent twice."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mandates.models.decisions import HistoryRow

PERMISSION = "mandates.decide_mandate"

# A row of the history: it has `made_by` and `made_at`.
Change = TypeVar("Change", bound=HistoryRow)


def check_permission(user: Any) -> None:
    """Say whether this person may decide about mandates, and what was found about them.

    Args:
        user: the person.

    Raises:
        PermissionDenied: the person may not.
    """
    if not (user.is_active and user.has_perm(PERMISSION)):
        raise PermissionDenied(_("You may not record decisions about mandates."))


class StaleDecision(Exception):
    """Somebody else decided since the form was opened.

    Args:
        change: the latest decision; its maker, time and what it says are in the message.
    """

    sentence: ClassVar[str | Promise]

    def __init__(self, change: Any) -> None:
        self.change = change
        super().__init__(
            str(self.sentence)
            % {
                "who": change.made_by.get_full_name() or change.made_by.get_username(),
                "when": formats.date_format(timezone.localtime(change.made_at), "DATETIME_FORMAT"),
                "what": change.what.lower(),
            }
        )


@dataclass(frozen=True, slots=True)
class Decision(Generic[Change]):
    """What came of a decision.

    Attributes:
        change: its row in the history.
        done_already: True where the same form had been sent before; nothing was written then.
    """

    change: Change
    done_already: bool = False


class DecisionAction(ABC, Generic[Change]):
    """A decision of a person about one thing.

    Args:
        version: the number of decisions about it when the person looked at it.
        note: a note or the reason.
    """

    stale: ClassVar[type[StaleDecision]]

    def __init__(self, *, version: int, note: str = "") -> None:
        self.version = version
        self.note = note.strip()

    def check(self, user: Any) -> None:
        """Say whether this person may, and whether what was entered makes sense.

        Args:
            user: the person.

        Raises:
            PermissionDenied: the person may not.
            ValidationError: an entry is missing or wrong; its `code` names the entry.
        """
        check_permission(user)

    def execute(self, user: Any) -> Decision[Change]:
        """Record the decision, with what follows from it, in one transaction.

        Args:
            user: the person who makes it.

        Returns:
            The row in the history, and whether the same form had arrived before.

        Raises:
            PermissionDenied, ValidationError: as in `check`, or what it is about does not stand so that this could be
                decided.
            StaleDecision: somebody else decided since `version`.
            ObjectDoesNotExist: what it is about is gone.
        """
        with transaction.atomic():
            decision = self.decide(user)
            if not decision.done_already:
                self.follow()
        return decision

    def decide(self, user: Any) -> Decision[Change]:
        """Record the decision as `execute` does, but leave it to `follow` to let the rest follow.

        To be called in a transaction; arguments, result and errors are the same.
        """
        standing = self.lock()
        self.check(user)
        if standing != self.version:
            latest = self.latest()
            if latest.made_by_id == user.pk and self.was_this(latest, standing):
                return Decision(latest, done_already=True)
            raise self.stale(latest)
        self.check_state()
        return Decision(self.record(user))

    @abstractmethod
    def lock(self) -> int:
        """Lock what it is about, read it anew, and give the number of decisions about it."""

    @abstractmethod
    def latest(self) -> Change:
        """Give the latest decision about it."""

    @abstractmethod
    def was_this(self, latest: Change, standing: int) -> bool:
        """Say whether the latest decision, of the same person, is this very one, sent twice.

        Args:
            latest: it.
            standing: the number of decisions by now.
        """

    def check_state(self) -> None:
        """Check that what it is about, locked now, is in a state for this decision.

        Raises:
            ValidationError: it is not.
        """

    @abstractmethod
    def record(self, user: Any) -> Change:
        """Write the decision and its row in the history.

        Raises:
            ValidationError: it is not possible.
        """

    def follow(self) -> None:
        """Let the rest follow, in the same transaction."""
