"""What people decide about a mandate: each decision is one class, so that form, bulk edit and API do the same.

`check(user)` says whether this person may, and whether what was entered makes sense; `execute(user)` checks again, does
it in one transaction and leaves one row in the history. A decision carries the version of the outcome that its maker
saw: where somebody else decided meanwhile it is refused with what they did, and where the very same form arrives twice
it is answered as done.
"""

from __future__ import annotations

import datetime
from abc import abstractmethod
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mandates.actions.decision import DecisionAction, StaleDecision, check_permission
from mandates.evidence import checked_evidence
from mandates.models import Mandate, OutcomeChange
from mandates.occurrences import OccurrenceSessions, occurrence_sessions
from mandates.querysets import MandateQuerySet
from mandates.services.statuses import statuses_refresh
from resolutions.models import AssemblySession


class StaleMandate(StaleDecision):
    """Somebody else decided about the mandate since the form was opened."""

    sentence = gettext_lazy("%(who)s changed this mandate on %(when)s: %(what)s. Look at it again before you decide.")


class OutcomeAction(DecisionAction[OutcomeChange]):
    """A decision about one mandate; it holds for all that are parallel to it.

    Args:
        mandate: the one it is about.
        version: the mandate's `outcome_version` when the person looked at it.
        note: a note or the reason.
    """

    kind: ClassVar[str]
    stale = StaleMandate
    # Set by who asks about many mandates without changing them; what is carried out reads anew.
    sessions: OccurrenceSessions | None = None

    def __init__(self, *, mandate: Mandate, version: int, note: str = "") -> None:
        super().__init__(version=version, note=note)
        self.mandate = mandate

    def check(self, user: Any) -> None:
        self.check_allowed(user)
        self.check_entries()

    def check_allowed(self, user: Any) -> None:
        """Say whether this person may decide about the mandate, before anything is entered.

        Args:
            user: the person.

        Raises:
            PermissionDenied: the person may not decide about mandates.
            ValidationError: the mandate is only proposed.
        """
        super().check(user)
        if self.mandate.proposed:
            raise ValidationError(_("This text was only proposed, so there is nothing to carry out."), code="proposed")

    def lock(self) -> int:
        """Lock the mandate with those parallel to it, in the order in which everything else locks them."""
        task = Mandate.objects.values_list("task", flat=True).get(pk=self.mandate.pk)
        self._members: MandateQuerySet = Mandate.objects.filter(task=task)
        locked = {member.pk: member for member in self._members.order_by("pk").select_for_update(of=("self",))}
        if self.mandate.pk not in locked:  # what it is parallel to changed in between
            return self.lock()
        self.mandate = locked[self.mandate.pk]
        return self.mandate.outcome_version

    def latest(self) -> OutcomeChange:
        changes = OutcomeChange.objects.filter(mandate__task=self.mandate.task).select_related("made_by")
        latest = changes.order_by("pk").last()
        if latest is None:
            raise ValidationError(
                _("What it is parallel to has changed since; look at it again before you decide."), code="state"
            )
        return latest

    def was_this(self, latest: OutcomeChange, standing: int) -> bool:
        return latest.version == self.version + 1 and latest.kind == self.kind and self.is_same(latest)

    def record(self, user: Any) -> OutcomeChange:
        change = OutcomeChange(
            mandate=self.mandate,
            version=self.version + 1,
            kind=self.kind,
            before=self.mandate.outcome,
            made_by=user,
            **self.entries(),
        )
        change.save(force_insert=True)
        self.mandate.save(update_fields=self.also_changed())
        self._members.filter(Q(proposed=False) | Q(pk=self.mandate.pk)).update(
            outcome=change.after, outcome_version=change.version
        )
        return change

    def follow(self) -> None:
        statuses_refresh(mandates=self._members)
        self.mandate.refresh_from_db()

    def check_entries(self) -> None:
        """Check what was entered, apart from the state of the mandate.

        Raises:
            ValidationError: an entry is missing or wrong.
        """

    @abstractmethod
    def entries(self) -> dict[str, Any]:
        """Give the columns of the history row that this decision fills."""

    def occurrences(self) -> OccurrenceSessions:
        """Give the sessions that a recurring mandate is for, as they were read for many at once, or read now."""
        return self.sessions or occurrence_sessions([self.mandate])[self.mandate.pk]

    def also_changed(self) -> list[str]:
        """Change further columns of the mandate, and give their names."""
        return []

    def is_same(self, change: OutcomeChange) -> bool:
        """Say whether a decision of the same kind and person, taken on the same version, is this very one."""
        return change.note == self.note


class MarkFulfilled(OutcomeAction):
    """Mark a mandate fulfilled, with evidence; of a recurring one, one occurrence, after which it stays open.

    Args:
        evidence_symbol: of the document that shows it, in any written form.
        evidence_url: address on the web; a symbol or an address must be there.
        evidence_date: day on which it was done.
        occurrence: of a recurring mandate, the session that it was done for; the coming one where it is None.
    """

    kind = OutcomeChange.Kind.FULFILLED

    def __init__(
        self,
        *,
        mandate: Mandate,
        version: int,
        evidence_symbol: str = "",
        evidence_url: str = "",
        evidence_date: datetime.date | None = None,
        note: str = "",
        occurrence: AssemblySession | None = None,
    ) -> None:
        super().__init__(mandate=mandate, version=version, note=note)
        self.evidence_symbol = evidence_symbol.strip()
        self.evidence_url = evidence_url.strip()
        self.evidence_date = evidence_date
        self.occurrence = occurrence

    def check_entries(self) -> None:
        self.evidence_symbol = checked_evidence(self.evidence_symbol, self.evidence_url, self.evidence_date)
        adopted = self.mandate.document.adopted
        if adopted and self.evidence_date and self.evidence_date < adopted:
            raise ValidationError(
                _("That day is before %(symbol)s was adopted, on %(day)s."),
                code="evidence_date",
                params={"symbol": self.mandate.document.symbol, "day": formats.date_format(adopted)},
            )
        if self.occurrence is not None and not self.mandate.recurring:
            raise ValidationError(_("Only a recurring mandate is answered for a session."), code="occurrence")

    def check_state(self) -> None:
        _require_open(self.mandate)
        if not self.mandate.recurring:
            return
        sessions = self.occurrences()
        if self.occurrence is None:
            self.occurrence = next((each for each in sessions.due if each.number == self.mandate.due_session), None)
        if self.occurrence is None or self.occurrence not in sessions.due:
            raise ValidationError(_("It does not come due at that session."), code="occurrence")
        if self.occurrence in sessions.answered:
            raise ValidationError(
                _("It was answered for the %(session)s already."), code="state", params={"session": self.occurrence}
            )

    def entries(self) -> dict[str, Any]:
        return {
            "after": Mandate.Outcome.OPEN if self.mandate.recurring else Mandate.Outcome.FULFILLED,
            "evidence_symbol": self.evidence_symbol,
            "evidence_url": self.evidence_url,
            "evidence_date": self.evidence_date,
            "note": self.note,
            "occurrence": self.occurrence,
            "effective_on": self.evidence_date or timezone.localdate(),
        }

    def is_same(self, change: OutcomeChange) -> bool:
        entered = ("evidence_symbol", "evidence_url", "evidence_date", "note")
        same = all(getattr(change, name) == getattr(self, name) for name in entered)
        return same and self.occurrence in (None, change.occurrence)


class Withdraw(OutcomeAction):
    """Withdraw a mandate that events have overtaken; `note` is the reason and must be there."""

    kind = OutcomeChange.Kind.WITHDRAWN

    def check_entries(self) -> None:
        _require_reason(self.note)

    def check_state(self) -> None:
        _require_open(self.mandate)

    def entries(self) -> dict[str, Any]:
        return {"after": Mandate.Outcome.WITHDRAWN, "note": self.note, "effective_on": timezone.localdate()}


class Reopen(OutcomeAction):
    """Take a decision back; `note` is the reason and must be there.

    Args:
        occurrence: of a recurring mandate that is open, the session whose answer is taken back; the latest answered
            one where it is None.
    """

    kind = OutcomeChange.Kind.REOPENED

    def __init__(
        self, *, mandate: Mandate, version: int, note: str = "", occurrence: AssemblySession | None = None
    ) -> None:
        super().__init__(mandate=mandate, version=version, note=note)
        self.occurrence = occurrence

    def check_entries(self) -> None:
        _require_reason(self.note)

    def check_state(self) -> None:
        if self.mandate.outcome != Mandate.Outcome.OPEN:
            self.occurrence = None
            return
        answered = self.occurrences().answered
        if self.occurrence is None:
            self.occurrence = next(iter(answered), None)
        if self.occurrence is None or self.occurrence not in answered:
            raise ValidationError(_("It is open; there is nothing to take back."), code="state")

    def entries(self) -> dict[str, Any]:
        return {
            "after": Mandate.Outcome.OPEN,
            "note": self.note,
            "occurrence": self.occurrence,
            "effective_on": timezone.localdate(),
        }

    def is_same(self, change: OutcomeChange) -> bool:
        return change.note == self.note and self.occurrence in (None, change.occurrence)


class Review(OutcomeAction):
    """Note that a flagged mandate was looked at, which takes the flag away; the history keeps what it said."""

    kind = OutcomeChange.Kind.REVIEWED

    def check_allowed(self, user: Any) -> None:
        check_permission(user)  # that its text is only proposed now is one of the things that a flag says

    def check_state(self) -> None:
        if not self.mandate.flag:
            raise ValidationError(_("Nothing about it waits for a review."), code="state")
        self.note = "\n".join(part for part in (self.mandate.flag, self.note) if part)

    def entries(self) -> dict[str, Any]:
        return {"after": self.mandate.outcome, "note": self.note, "effective_on": timezone.localdate()}

    def also_changed(self) -> list[str]:
        self.mandate.flag = ""
        return ["flag"]

    def is_same(self, change: OutcomeChange) -> bool:
        return True  # the flag that its note quotes is gone by now


def _require_open(mandate: Mandate) -> None:
    if mandate.outcome != Mandate.Outcome.OPEN:
        raise ValidationError(
            _("It is %(outcome)s already; reopen it first."),
            code="state",
            params={"outcome": mandate.get_outcome_display().lower()},
        )


def _require_reason(note: str) -> None:
    if not note:
        raise ValidationError(_("Give the reason."), code="note")
