"""The table of chains: sessions by mandate, and the same table as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mandates.chain_export import csv_chunks
from mandates.chain_list import chains_asked_most
from mandates.chain_matrix import columns, matrix
from mandates.filter_form import Field, bodies_asked, fields, filterset_without, topics_of
from mandates.filter_values import DUES, STATUSES
from mandates.filters import MandateFilterSet, query_string
from mandates.marks import MARKS
from mandates.models import Mandate
from mandates.wording import chips, clauses

PER_PAGE = 25


@require_safe
def chain_table(request: HttpRequest) -> HttpResponse:
    """Show the chains of the mandates that the query string asks for, a page of them."""
    filterset = _filterset(request)
    page = Paginator(chains_asked_most(filterset), PER_PAGE).get_page(request.GET.get("page"))
    pairs = filterset.pairs()
    context: dict[str, Any] = {
        "filterset": filterset,
        "page": page,
        "matrix": matrix(filterset, list(page), columns(filterset)),
        "clauses": ", ".join(clauses(filterset)),
        "chips": chips(filterset),
        "marks": MARKS,
        "notices": filterset.notices,
        "pairs": pairs,
        "fields": _fields(filterset),
        "csv_url": query_string(pairs, reverse("mandates:chains_csv")),
        "list_url": query_string(pairs, reverse("mandates:list")),
        "everyone_url": query_string([*pairs, ("category", "all")]),
        "nothing_yet": not page.paginator.count and not Mandate.objects.filter(chain__isnull=False).exists(),
    }
    return render(request, "mandates/chains.html", context)


@require_safe
def chain_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give all chains that the query string asks for as CSV, in the order of the page."""
    filterset = _filterset(request)
    lines = csv_chunks(filterset, request.build_absolute_uri)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="chains-{filterset.day.isoformat()}.csv"'
    return response


def _filterset(request: HttpRequest) -> MandateFilterSet:
    """Read the query string without an order and columns: chains have theirs."""
    return filterset_without(request.GET, ["ordering", "columns"])


def _fields(filterset: MandateFilterSet) -> list[Field]:
    """Give the fields of the form, with the bodies and topics that have chains."""
    linked = Mandate.objects.filter(chain__isnull=False, in_text=True)
    return fields(
        filterset,
        {
            "addressee": bodies_asked(linked),
            "topic": topics_of(linked),
            "status": STATUSES.items(),
            "due": DUES.items(),
        },
    )
