"""What people decide about a mandate: each decision is one class, so that form, bulk edit and API do the same.

`check(user)` says whether this person may, and whether what was entered makes sense; `execute(user)` checks again, does
it in one transaction and leaves one row in the history. A decision carries the version of the outcome that its maker
saw: where somebody else decided meanwhile it is refused with what they did, and where the very same form arrives twice
it is answered as done.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mandates.models import Mandate, OutcomeChange
from mandates.occurrences import answered_occurrences, occurrences
from mandates.services.statuses import statuses_refresh
from resolutions.models import AssemblySession
from resolutions.structure.symbols import canonical_symbol

PERMISSION = "mandates.decide_mandate"


class StaleMandate(Exception):
    """Somebody else decided about the mandate since the form was opened.

    Args:
        change: the latest decision; its maker, time and kind are in the message.
    """

    def __init__(self, change: OutcomeChange) -> None:
        self.change = change
        super().__init__(
            _("%(who)s changed this mandate on %(when)s: %(what)s. Look at it again before you decide.")
            % {
                "who": change.made_by.get_full_name() or change.made_by.get_username(),
                "when": formats.date_format(timezone.localtime(change.made_at), "DATETIME_FORMAT"),
                "what": change.get_kind_display().lower(),
            }
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of a decision.

    Attributes:
        change: its row in the history.
        done_already: True where the same form had been sent before; nothing was written then.
    """

    change: OutcomeChange
    done_already: bool = False


class OutcomeAction(ABC):
    """A decision about one mandate.

    Args:
        mandate: the one it is about.
        version: the mandate's `outcome_version` when the person looked at it.
        note: a note or the reason.
    """

    kind: ClassVar[str]

    def __init__(self, *, mandate: Mandate, version: int, note: str = "") -> None:
        self.mandate = mandate
        self.version = version
        self.note = note.strip()

    def check(self, user: Any) -> None:
        """Say whether this person may, and whether what was entered makes sense.

        Args:
            user: the person.

        Raises:
            PermissionDenied: the person may not decide about mandates.
            ValidationError: the mandate is only proposed, or an entry is missing or wrong; its `code` names the entry.
        """
        if not (user.is_active and user.has_perm(PERMISSION)):
            raise PermissionDenied(_("You may not record decisions about mandates."))
        if self.mandate.proposed:
            raise ValidationError(_("This text was only proposed, so there is nothing to carry out."), code="proposed")
        self.check_entries()

    def execute(self, user: Any) -> Decision:
        """Record the decision.

        Args:
            user: the person who makes it.

        Returns:
            The row in the history, and whether the same form had arrived before.

        Raises:
            PermissionDenied, ValidationError: as in `check`, or the mandate is not in a state for it.
            StaleMandate: somebody else decided since `version`.
            Mandate.DoesNotExist: the mandate is gone.
        """
        with transaction.atomic():
            self.mandate = Mandate.objects.select_for_update().get(pk=self.mandate.pk)
            self.check(user)
            if self.mandate.outcome_version != self.version:
                return Decision(self._same_or_stale(user), done_already=True)
            self.check_state()
            change = OutcomeChange(
                mandate=self.mandate,
                version=self.version + 1,
                kind=self.kind,
                before=self.mandate.outcome,
                made_by=user,
                **self.entries(),
            )
            change.save(force_insert=True)
            self.mandate.outcome, self.mandate.outcome_version = change.after, change.version
            self.mandate.save(update_fields=["outcome", "outcome_version", *self.also_changed()])
            statuses_refresh(mandates=Mandate.objects.filter(pk=self.mandate.pk))
        self.mandate.refresh_from_db()
        return Decision(change)

    def check_entries(self) -> None:  # noqa: B027 - most have something to check, not all
        """Check what was entered, apart from the state of the mandate.

        Raises:
            ValidationError: an entry is missing or wrong.
        """

    def check_state(self) -> None:  # noqa: B027
        """Check that the mandate, locked now, is in a state for this decision.

        Raises:
            ValidationError: it is not.
        """

    @abstractmethod
    def entries(self) -> dict[str, Any]:
        """Give the columns of the history row that this decision fills."""

    def also_changed(self) -> list[str]:
        """Change further columns of the mandate, and give their names."""
        return []

    def _same_or_stale(self, user: Any) -> OutcomeChange:
        latest = self.mandate.outcome_changes.select_related("made_by").latest("version")
        same = latest.version == self.version + 1 and latest.kind == self.kind and latest.made_by_id == user.pk
        if same and self.is_same(latest):
            return latest
        raise StaleMandate(latest)

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
        if not self.evidence_symbol and not self.evidence_url:
            raise ValidationError(_("Name the document that shows it, or a link."), code="evidence")
        if self.evidence_symbol:
            symbol = canonical_symbol(self.evidence_symbol)
            if symbol is None:
                raise ValidationError(
                    _("“%(symbol)s” is no document symbol; one looks like ICC-ASP/21/12."),
                    code="evidence_symbol",
                    params={"symbol": self.evidence_symbol},
                )
            self.evidence_symbol = symbol
        if self.evidence_url:
            try:
                URLValidator(schemes=["http", "https"])(self.evidence_url)
            except ValidationError:
                raise ValidationError(_("A link starts with http:// or https://."), code="evidence_url") from None
        self._check_date()
        if self.occurrence is not None and not self.mandate.recurring:
            raise ValidationError(_("Only a recurring mandate is answered for a session."), code="occurrence")

    def check_state(self) -> None:
        _require_open(self.mandate)
        if not self.mandate.recurring:
            return
        if self.occurrence is None:
            self.occurrence = AssemblySession.objects.filter(number=self.mandate.due_session).first()
        if self.occurrence is None or not occurrences(self.mandate).filter(pk=self.occurrence.pk).exists():
            raise ValidationError(_("It does not come due at that session."), code="occurrence")
        if answered_occurrences(self.mandate).filter(pk=self.occurrence.pk).exists():
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

    def _check_date(self) -> None:
        if self.evidence_date is None:
            return
        if self.evidence_date > timezone.localdate():
            raise ValidationError(_("That day is still to come."), code="evidence_date")
        document = self.mandate.document
        if document.adopted and self.evidence_date < document.adopted:
            raise ValidationError(
                _("That day is before %(symbol)s was adopted, on %(day)s."),
                code="evidence_date",
                params={"symbol": document.symbol, "day": formats.date_format(document.adopted)},
            )


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
        answered = answered_occurrences(self.mandate)
        if self.occurrence is None:
            self.occurrence = answered.first()
        if self.occurrence is None or not answered.filter(pk=self.occurrence.pk).exists():
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
