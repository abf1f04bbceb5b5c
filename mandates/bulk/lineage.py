"""One decision about many links or suggestions: first what it would change and what not and why, then the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mandates.actions.decision import StaleDecision, check_permission
from mandates.actions.lineage import LineageAction
from mandates.actions.links import ConfirmLink, RejectLink, RestoreLink, links_follow
from mandates.actions.suggestions import ConfirmSuggestion, DismissSuggestion, RestoreSuggestion
from mandates.models import Mandate
from mandates.queues.links import LINK_QUEUE
from mandates.queues.queue import Queue
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.services.chains import lineage_lock

# As many as stand on one page of the queue, twice over.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class StatusMove:
    """A mandate that stands otherwise afterwards."""

    mandate: Mandate
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LineageResult:
    """What came, or would come, of the decision for one link or suggestion; `refusal` says why nothing did."""

    found: Any
    version: int
    refusal: str = ""
    moves: tuple[StatusMove, ...] = ()


@dataclass(frozen=True, slots=True)
class Decidables:
    """What tells links from suggestions where many are decided about.

    Attributes:
        actions: the decisions, by the word that a form sends.
        make: makes one of them, with the version that was seen and the note.
        queue: in which they wait.
        mandates: those that a decision about one may move.
        follow: lets the rest follow from decisions about these.
    """

    actions: Mapping[str, type[LineageAction[Any]]]
    make: Callable[[Any, Any, int, str], LineageAction[Any]]
    queue: Queue
    mandates: Callable[[Any], Sequence[Mandate]]
    follow: Callable[[Iterable[Any]], None] = lambda found: None


LINKS = Decidables(
    actions={"confirm": ConfirmLink, "reject": RejectLink, "restore": RestoreLink},
    make=lambda action, link, version, note: action(link=link, version=version, note=note),
    queue=LINK_QUEUE,
    mandates=lambda link: (link.earlier, link.later),
    follow=links_follow,
)
SUGGESTIONS = Decidables(
    actions={"confirm": ConfirmSuggestion, "dismiss": DismissSuggestion, "restore": RestoreSuggestion},
    make=lambda action, suggestion, version, note: action(suggestion=suggestion, version=version, note=note),
    queue=SUGGESTION_QUEUE,
    mandates=lambda suggestion: (suggestion.mandate,),
)


def read_choices(chosen: Iterable[str]) -> dict[int, int]:
    """Read what a form names: the id of each link and the version that was seen; what is not one is left out."""
    versions: dict[int, int] = {}
    for each in chosen:
        pk, _mark, version = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) <= 10 for part in (pk, version)):
            versions[int(pk)] = int(version)
    return dict(list(versions.items())[:MOST_AT_ONCE])


def decide_many(
    decidables: Decidables, word: str, versions: Mapping[int, int], user: Any, note: str = ""
) -> list[LineageResult]:
    """Decide about many in one transaction; those that cannot be decided about are passed over.

    Args:
        decidables: of which sort they are.
        word: for the decision, one of `decidables.actions`.
        versions: for each by its id the version that was seen.
        user: who decides.
        note: for all of them.

    Returns:
        What came of each; those that are gone are left out.

    Raises:
        PermissionDenied: the person may not decide about them.
    """
    check_permission(user)
    action, queue = decidables.actions[word], decidables.queue
    with transaction.atomic():
        lineage_lock()
        rows = queue.read_along(queue.all().filter(pk__in=versions).order_by(*queue.order))
        refusals = {
            found: _decide(decidables.make(action, found, versions[found.pk], note), user) for found in list(rows)
        }
        decided = [found for found, refusal in refusals.items() if not refusal]
        if decided:
            decidables.follow(decided)
        moved = {mandate.pk for found in decided for mandate in decidables.mandates(found)}
        after = dict(Mandate.objects.filter(pk__in=moved).values_list("pk", "headline_status"))
    return [
        LineageResult(found, versions[found.pk], refusal, tuple(_moves(decidables.mandates(found), after)))
        for found, refusal in refusals.items()
    ]


def preview_many(decidables: Decidables, word: str, versions: Mapping[int, int], user: Any) -> list[LineageResult]:
    """Say what `decide_many` would do, by doing it and taking it back; arguments, result and errors are the same."""
    with transaction.atomic():
        results = decide_many(decidables, word, versions, user)
        transaction.set_rollback(True)
    return results


def _decide(action: LineageAction[Any], user: Any) -> str:
    """Decide about one, and say why where that is not possible."""
    try:
        with transaction.atomic():
            action.decide(user)
    except ValidationError as error:
        return " ".join(error.messages)
    except StaleDecision as stale:
        return str(stale)
    except ObjectDoesNotExist:
        return _("It is gone: the texts say otherwise by now.")
    return ""


def _moves(mandates: Iterable[Mandate], after: Mapping[int, str]) -> Iterator[StatusMove]:
    for mandate in mandates:
        now = after.get(mandate.pk, mandate.headline_status)
        if now != mandate.headline_status:
            label = Mandate.Status
            yield StatusMove(mandate, str(label(mandate.headline_status).label), str(label(now).label))
