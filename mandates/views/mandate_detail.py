"""The page of a mandate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mandates.actions.decision import PERMISSION
from mandates.forms import OutcomeForm, outcome_forms
from mandates.mandate_page import linked_with, mandate_page
from mandates.models import Mandate, MandateLink, OutcomeChange, Suggestion
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.views.way_back import queue_come_from

MOST_SUGGESTIONS = 10


def fetch_mandate(key: str) -> Mandate:
    """Give the mandate with this key and what its page needs, or raise Http404."""
    if "\0" in key:
        raise Http404  # PostgreSQL takes no such text
    mandates = Mandate.objects.select_related(
        "document__session", "document__source", "paragraph__parent", "topic"
    ).prefetch_related("addressee_rows__body", "deadlines")
    return get_object_or_404(mandates, key=key)


def waiting_suggestions(mandate: Mandate) -> dict[str, Any]:
    """Give the first suggestions that wait for a mandate or its parallel set, and how many more there are."""
    waiting = Suggestion.objects.waiting().filter(mandate__task=mandate.task).order_by("said_on", "pk")
    found = list(SUGGESTION_QUEUE.read_along(waiting)[: MOST_SUGGESTIONS + 1])
    left = waiting.count() - MOST_SUGGESTIONS if len(found) > MOST_SUGGESTIONS else 0
    return {"suggestions": SUGGESTION_QUEUE.rows(found[:MOST_SUGGESTIONS]), "suggestions_left": left}


@require_safe
def mandate_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show a mandate."""
    return render_mandate(request, fetch_mandate(key))


def render_mandate(
    request: HttpRequest,
    mandate: Mandate,
    filled_in: OutcomeForm | None = None,
    *,
    meanwhile: Sequence[OutcomeChange] = (),
    status: int = 200,
) -> HttpResponse:
    """Render the page of a mandate.

    Args:
        request: decides with its user whether the forms are shown.
        mandate: from `fetch_mandate`.
        filled_in: a form that was sent and not taken, to be shown as it was typed.
        meanwhile: what others decided since that form was opened.
        status: of the answer.
    """
    may_decide = request.user.has_perm(PERMISSION)
    forms = outcome_forms(mandate, filled_in) if may_decide else []
    context = {
        "page": mandate_page(mandate),
        "mandate": mandate,
        "forms": forms,
        "may_decide": may_decide,
        "proposed_links": linked_with(mandate, MandateLink.objects.waiting()) if may_decide else [],
        **waiting_suggestions(mandate),
        "filled_in": filled_in,
        "meanwhile": meanwhile,
        "queue_address": queue_come_from(request),
    }
    return render(request, "mandates/detail.html", context, status=status)
