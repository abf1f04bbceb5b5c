"""One decision about many suggestions: first what it would change and what not and why, then the decision itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mandates.actions.links import check_permission
from mandates.actions.suggestions import (
    ConfirmSuggestion,
    DismissSuggestion,
    RestoreSuggestion,
    StaleSuggestion,
    SuggestionAction,
)
from mandates.bulk.links import StatusMove
from mandates.models import Mandate, Suggestion
from mandates.queues.suggestions import ORDER, with_mandates

ACTIONS: dict[str, type[SuggestionAction]] = {
    "confirm": ConfirmSuggestion,
    "dismiss": DismissSuggestion,
    "restore": RestoreSuggestion,
}


@dataclass(frozen=True, slots=True)
class SuggestionResult:
    """What came, or would come, of the decision for one suggestion; `refusal` says why nothing did."""

    suggestion: Suggestion
    version: int
    refusal: str = ""
    move: StatusMove | None = None


def decide_many(
    action: type[SuggestionAction], versions: Mapping[int, int], user: Any, note: str = ""
) -> list[SuggestionResult]:
    """Decide about many suggestions in one transaction; those that cannot be decided about are passed over.

    Args:
        action: the decision.
        versions: for each suggestion by its id the version that was seen.
        user: who decides.
        note: for all of them.

    Returns:
        What came of each; suggestions that are gone are left out.

    Raises:
        PermissionDenied: the person may not decide about suggestions.
    """
    check_permission(user)
    with transaction.atomic():
        suggestions = with_mandates(Suggestion.objects.filter(pk__in=versions).order_by(*ORDER))
        return [_decide(action, each, versions[each.pk], user, note) for each in suggestions]


def preview_many(action: type[SuggestionAction], versions: Mapping[int, int], user: Any) -> list[SuggestionResult]:
    """Say what `decide_many` would do, by doing it and taking it back; arguments, result and errors are the same."""
    with transaction.atomic():
        results = decide_many(action, versions, user)
        transaction.set_rollback(True)
    return results


def _decide(
    action: type[SuggestionAction], suggestion: Suggestion, version: int, user: Any, note: str
) -> SuggestionResult:
    mandate = suggestion.mandate
    try:
        with transaction.atomic():
            action(suggestion=suggestion, version=version, note=note).execute(user)
    except ValidationError as error:
        return SuggestionResult(suggestion, version, " ".join(error.messages))
    except StaleSuggestion as stale:
        return SuggestionResult(suggestion, version, str(stale))
    except Suggestion.DoesNotExist:
        return SuggestionResult(suggestion, version, _("It is gone: the texts say otherwise by now."))
    label, before = Mandate.Status, mandate.headline_status
    now = Mandate.objects.values_list("headline_status", flat=True).get(pk=mandate.pk)
    move = StatusMove(mandate, str(label(before).label), str(label(now).label)) if now != before else None
    return SuggestionResult(suggestion, version, move=move)
