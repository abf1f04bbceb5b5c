"""What a decision about many mandates would do: worked out without doing it, by the very actions that do it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mandates.actions.outcomes import OutcomeAction, StaleMandate
from mandates.models import Mandate, OutcomeChange
from mandates.occurrences import occurrence_sessions
from resolutions.models import AssemblySession

# What a page shows of each group; the counts are of all.
SHOWN = 100

# Makes the action for a mandate, read with its document, and the version that was seen.
MakeAction = Callable[[Mandate, int], OutcomeAction]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would come of the decision for one mandate.

    Attributes:
        version: of its outcome, as it was seen.
        refusal: why nothing would come of it; empty where it would be done.
        occurrence: of a recurring mandate, the session that it would be decided for.
        before, after: where it is corrected, in words what is there now and what it becomes.
        seen: where it is corrected, the mark of what was seen of it.
    """

    mandate: Mandate
    version: int
    refusal: str = ""
    occurrence: AssemblySession | None = None
    before: str = ""
    after: str = ""
    seen: str = ""

    @property
    def about(self) -> dict[str, int]:
        """The column of the entry that says what it is about, with the id."""
        return {"mandate_id": self.mandate.pk}


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done and what not, in the order of the documents; `gone` counts those that are not there now."""

    prospects: Sequence[Prospect]
    gone: int = 0

    @property
    def will(self) -> list[Prospect]:
        """Those that would be decided."""
        return [prospect for prospect in self.prospects if not prospect.refusal]

    @property
    def will_not(self) -> list[Prospect]:
        """Those that would not."""
        return [prospect for prospect in self.prospects if prospect.refusal]

    @property
    def reasons(self) -> list[tuple[str, list[Prospect]]]:
        """Those that would not, by the reason, the most frequent first."""
        groups: dict[str, list[Prospect]] = {}
        for prospect in self.will_not:
            groups.setdefault(prospect.refusal, []).append(prospect)
        return sorted(groups.items(), key=lambda group: -len(group[1]))

    @property
    def seal(self) -> str:
        """What a form carries, so that nothing else is done than what its maker saw."""
        seen = (
            f"{each.mandate.pk}:{each.version}:{bool(each.refusal)}:{each.occurrence.pk if each.occurrence else ''}"
            f":{each.seen}:{each.after}"
            for each in self.prospects
        )
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def plan_for(versions: Mapping[int, int], make: MakeAction, user: Any, *, entered: bool) -> Plan:
    """Work out what a decision would do, with a number of queries that does not grow with the mandates.

    Args:
        versions: for each mandate by its id the version that was seen.
        make: the decision.
        user: who would decide.
        entered: whether the form was filled in, so that what was entered is held against each mandate.

    Returns:
        What would come of each. Of a parallel set the first one stands for all.

    Raises:
        PermissionDenied: the person may not decide about mandates.
    """
    rows = Mandate.objects.filter(pk__in=versions).select_related("document").order_by("document", "position", "pk")
    mandates = list(rows.defer("continuations", "action", "flag", "document__corrections"))
    sessions = occurrence_sessions(mandates)
    prospects, tasks = [], dict[int, Mandate]()
    for mandate in mandates:
        version = versions[mandate.pk]
        first = tasks.setdefault(mandate.task, mandate)
        if first is not mandate:
            refusal = _("It is parallel to another one here, and counted once with it.")
            prospects.append(Prospect(mandate, version, refusal))
            continue
        action = make(mandate, version)
        action.sessions = sessions[mandate.pk]
        prospects.append(_prospect(action, user, entered))
    return Plan(_with_who_was_first(prospects), gone=len(versions) - len(mandates))


def outcome_refusal(action: OutcomeAction, user: Any, *, entered: bool) -> str:
    """Say why a decision about a mandate would not be taken; empty where it would.

    Args:
        action: the decision, with the mandate as it stands and the sessions that it is for.
        user: who would decide.
        entered: whether what was entered is held against the mandate.

    Raises:
        PermissionDenied: the person may not decide about mandates.
    """
    try:
        action.check_allowed(user)
        if entered:
            action.check_entries()
        if action.mandate.outcome_version != action.version:
            return _("What it is parallel to has changed since you looked.")
        action.check_state()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _prospect(action: OutcomeAction, user: Any, entered: bool) -> Prospect:
    refusal = outcome_refusal(action, user, entered=entered)
    occurrence = None if refusal else getattr(action, "occurrence", None)
    return Prospect(action.mandate, action.version, refusal, occurrence)


def _with_who_was_first(prospects: Iterable[Prospect]) -> list[Prospect]:
    """Say who changed what was changed since it was looked at."""
    listed = list(prospects)
    stale = {each.mandate.task for each in listed if each.mandate.outcome_version != each.version}
    changes = OutcomeChange.objects.filter(mandate__task__in=stale).select_related("made_by", "mandate").order_by("pk")
    latest = {change.mandate.task: change for change in changes}
    return [
        replace(each, refusal=str(StaleMandate(latest[each.mandate.task])))
        if each.mandate.outcome_version != each.version and each.mandate.task in latest
        else each
        for each in listed
    ]
