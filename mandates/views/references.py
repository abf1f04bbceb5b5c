"""The list of citations that do not lead where they should, for those who may import what is missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mandates.references_page import STATES, citation_rows, state_counts, unresolved_citations
from mandates.views.imports import may_import

PER_PAGE = 50


@require_safe
@may_import
def reference_list(request: HttpRequest) -> HttpResponse:
    """Show what is cited and not here, not known, or not to be told, most cited first."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    page = Paginator(unresolved_citations(state), PER_PAGE).get_page(request.GET.get("page"))
    counts = state_counts()
    context = {
        "page": page,
        "rows": citation_rows(page),
        "state": state,
        "states": [(each, counts[each]) for each in STATES],
        "total": sum(counts.values()),
    }
    return render(request, "mandates/references.html", context)
