"""What a decision about many links or suggestions would do: by the very actions that do it, without doing it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mandates.actions.decision import StaleDecision, check_permission
from mandates.actions.lineage import LineageAction
from mandates.actions.links import ConfirmLink, RejectLink, RestoreLink, links_follow
from mandates.actions.suggestions import ConfirmSuggestion, DismissSuggestion, RestoreSuggestion, UndoConfirmation
from mandates.bulk.plan import SHOWN, Plan, Prospect, outcome_refusal
from mandates.models import BulkDecision, BulkEntry, LineageDecision, Mandate, OutcomeChange
from mandates.occurrences import OccurrenceSessions, occurrence_sessions
from mandates.queues.links import LINK_QUEUE
from mandates.queues.queue import Queue
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.services.chains import lineage_lock

# Makes the action for a link or a suggestion and the version that was seen.
MakeLineageAction = Callable[[Any, int], LineageAction[Any]]


@dataclass(frozen=True, slots=True)
class StatusMove:
    """A mandate that stands otherwise afterwards."""

    mandate: Mandate
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decidables:
    """What tells links from suggestions where many are decided about.

    Attributes:
        column: of `BulkEntry` that names one.
        actions: the decisions, by the word that a form sends.
        queue: in which they wait.
        parts: what a plan reads along.
        mandates: those that a decision about one may move; the last is the one that names it.
        follow: lets the rest follow from decisions about these.
    """

    column: str
    actions: Mapping[str, type[LineageAction[Any]]]
    queue: Queue
    parts: Sequence[str]
    mandates: Callable[[Any], Sequence[Mandate]]
    follow: Callable[[Iterable[Any]], None] = lambda found: None

    def action(self, word: str, found: Any, version: int, note: str = "") -> LineageAction[Any]:
        """Make the decision about one.

        Args:
            word: one of `actions`.
            found: the link or suggestion.
            version: that was seen.
            note: what the person says.
        """
        make: Any = self.actions[word]
        action: LineageAction[Any] = make(**{self.column: found}, version=version, note=note)
        return action

    def maker(self, word: str, note: str = "") -> MakeLineageAction:
        """Give what makes the decision about each of many."""
        return lambda found, version: self.action(word, found, version, note)


LINKS = Decidables(
    column="link",
    actions={"confirm": ConfirmLink, "reject": RejectLink, "restore": RestoreLink},
    queue=LINK_QUEUE,
    parts=("later", "earlier"),
    mandates=lambda link: (link.earlier, link.later),
    follow=links_follow,
)
SUGGESTIONS = Decidables(
    column="suggestion",
    actions={"confirm": ConfirmSuggestion, "dismiss": DismissSuggestion, "restore": RestoreSuggestion},
    queue=SUGGESTION_QUEUE,
    parts=("mandate__document", "occurrence"),
    mandates=lambda suggestion: (suggestion.mandate,),
)
DECIDABLES = {each.column: each for each in (LINKS, SUGGESTIONS)}


@dataclass(frozen=True, slots=True)
class LineageProspect(Prospect):
    """What would come of the decision for one link or suggestion; `mandate` is the one that names it."""

    found: Any = None
    column: str = ""
    moves: tuple[StatusMove, ...] = ()

    @property
    def about(self) -> dict[str, int]:
        return {f"{self.column}_id": self.found.pk}


@dataclass(frozen=True, slots=True)
class LineagePlan(Plan):
    """What would be done and what not, in the order of the queue."""

    prospects: Sequence[LineageProspect]

    @property
    def seal(self) -> str:
        seen = (f"{each.found.pk}:{each.version}:{bool(each.refusal)}" for each in self.prospects)
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def lineage_plan(
    decidables: Decidables, make: MakeLineageAction, versions: Mapping[int, int], user: Any
) -> LineagePlan:
    """Work out what a decision would do, with a number of queries that does not grow beyond the first ones.

    Args:
        decidables: of which sort they are.
        make: the decision.
        versions: for each by its id the version that was seen.
        user: who would decide.

    Returns:
        What would come of each; for the first `SHOWN` also which mandates would stand otherwise.

    Raises:
        PermissionDenied: the person may not decide about them.
    """
    check_permission(user)
    decisions = Prefetch("decisions", LineageDecision.objects.select_related("made_by"))
    rows = decidables.queue.all().filter(pk__in=versions).select_related(*decidables.parts)
    found = list(rows.prefetch_related(decisions).order_by(*decidables.queue.order))
    actions = [make(each, versions[each.pk]) for each in found]
    sessions = _sessions(actions)
    prospects, answered = [], set[tuple[int, int | None]]()
    for action in actions:
        mandate = decidables.mandates(action.found)[-1]
        refusal = _refusal(action, user, sessions)
        if not refusal and isinstance(action, ConfirmSuggestion):
            place = (mandate.task, action.found.occurrence_id)
            refusal = _("Another one here answers the same mandate.") if place in answered else ""
            answered.add(place)
        prospects.append(
            LineageProspect(mandate, action.version, refusal, found=action.found, column=decidables.column)
        )
    plan = LineagePlan(prospects, gone=len(versions) - len(found))
    foreseen = _foreseen(decidables, make, plan.will[:SHOWN], user)
    return replace(plan, prospects=[foreseen.get(each.found.pk, each) for each in plan.prospects])


def lineage_undo_plan(bulk: BulkDecision, user: Any) -> LineagePlan:
    """Work out what undoing a decision about many would take back, and what not, as somebody decided since.

    Args:
        bulk: the decision, about links or suggestions.
        user: who would undo it.

    Raises:
        PermissionDenied: the person may not decide about them.
    """
    decidables = DECIDABLES[bulk.column]
    done = bulk.entries.filter(state=BulkEntry.State.DONE).exclude(**{decidables.column: None})
    versions = {pk: version + 1 for pk, version in done.values_list(decidables.column, "version")}
    # A decision about a mandate is not taken back without a reason; what is only foreseen is not kept.
    return lineage_plan(decidables, undo_maker(bulk, _("Undone")), versions, user)


def undo_maker(bulk: BulkDecision, note: str) -> MakeLineageAction:
    """Give what makes the undo for each link or suggestion of a decision.

    Args:
        bulk: the decision that is undone.
        note: which says so.
    """
    decidables = DECIDABLES[bulk.column]
    if bulk.kind != BulkDecision.Kind.CONFIRM_SUGGESTION:
        return decidables.maker("restore", note)
    entries = bulk.entries.filter(state=BulkEntry.State.DONE).select_related("change")
    changes: dict[int | None, OutcomeChange | None] = {each.suggestion_id: each.change for each in entries}

    def undo(suggestion: Any, version: int) -> LineageAction[Any]:
        fulfilled = changes[suggestion.pk]
        assert fulfilled is not None
        return UndoConfirmation(suggestion=suggestion, version=version, fulfilled=fulfilled, note=note)

    return undo


def _sessions(actions: Iterable[LineageAction[Any]]) -> Mapping[int, OccurrenceSessions]:
    together = (action.outcome_action() for action in actions)
    return occurrence_sessions([action.mandate for action in together if action is not None])


def _refusal(action: LineageAction[Any], user: Any, sessions: Mapping[int, OccurrenceSessions]) -> str:
    """Say why a decision would not be taken; empty where it would."""
    if action.found.version != action.version:
        latest = list(action.found.decisions.all())[-1:]
        return str(action.stale(latest[0])) if latest else _("It has changed since you looked.")
    try:
        action.check_state()
    except ValidationError as error:
        return " ".join(error.messages)
    together = action.outcome_action()
    if together is None:
        return ""
    if together.mandate.outcome_version != together.version:
        return _("Somebody decided about the mandate since.")
    together.sessions = sessions[together.mandate.pk]
    return outcome_refusal(together, user, entered=True)


def _foreseen(
    decidables: Decidables, make: MakeLineageAction, prospects: Iterable[Any], user: Any
) -> dict[int, LineageProspect]:
    """Say which mandates would stand otherwise, by doing it and taking it back; what a page shows is read along."""
    first = {each.found.pk: each for each in prospects}
    with transaction.atomic():
        lineage_lock()
        rows = list(decidables.queue.read_along(decidables.queue.all().filter(pk__in=first)))
        before = {mandate.pk: mandate for each in rows for mandate in decidables.mandates(each)}
        decided = [each for each in rows if _decided(make(each, first[each.pk].version), user)]
        if decided:
            decidables.follow(decided)
        after = dict(Mandate.objects.filter(pk__in=before).values_list("pk", "headline_status"))
        transaction.set_rollback(True)
    moved = {pk: move for pk, mandate in before.items() for move in _move(mandate, after.get(pk))}
    return {
        each.pk: replace(
            first[each.pk],
            found=each,
            moves=tuple(moved[mandate.pk] for mandate in decidables.mandates(each) if mandate.pk in moved),
        )
        for each in rows
    }


def _decided(action: LineageAction[Any], user: Any) -> bool:
    try:
        with transaction.atomic():
            action.decide(user)
    except (ValidationError, StaleDecision, ObjectDoesNotExist):
        return False
    return True


def _move(mandate: Mandate, after: str | None) -> list[StatusMove]:
    if after in (None, mandate.headline_status):
        return []
    return [StatusMove(mandate, mandate.get_headline_status_display(), str(Mandate.Status(after).label))]
