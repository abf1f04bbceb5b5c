"""The page of a mandate."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mandates.actions import PERMISSION
from mandates.forms import OutcomeForm, outcome_forms
from mandates.mandate_page import mandate_page
from mandates.models import Mandate, OutcomeChange


def fetch_mandate(key: str) -> Mandate:
    """Give the mandate with this key and what its page needs, or raise Http404."""
    if "\0" in key:
        raise Http404  # PostgreSQL takes no such text
    mandates = Mandate.objects.select_related(
        "document__session", "document__source", "paragraph__parent", "topic"
    ).prefetch_related("addressee_rows__body", "deadlines")
    return get_object_or_404(mandates, key=key)


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
    forms = outcome_forms(mandate, filled_in) if request.user.has_perm(PERMISSION) else []
    context = {
        "page": mandate_page(mandate),
        "mandate": mandate,
        "forms": forms,
        "filled_in": filled_in,
        "meanwhile": meanwhile,
    }
    return render(request, "mandates/detail.html", context, status=status)
