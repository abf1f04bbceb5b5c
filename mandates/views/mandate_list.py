"""The list of mandates, and the same list as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from mandates.exports import csv_lines
from mandates.facets import Facets, count_facets
from mandates.filters import MandateFilterSet, query_string
from mandates.list_rows import for_rows, make_rows
from mandates.models import Mandate
from mandates.orderings import ORDERINGS
from mandates.wording import chips, sentence

PER_PAGE = (25, 50, 100)
# The part of the page that htmx asks for again.
RESULTS = "results"


@require_safe
def mandate_list(request: HttpRequest) -> HttpResponse:
    """Show the mandates that the query string asks for; to htmx, only the part that changes."""
    filterset = MandateFilterSet(request.GET)
    facets = count_facets(filterset)
    per_page = _per_page(request)
    page = _page(request, filterset, facets, per_page)
    pairs = filterset.pairs()
    path = request.path
    context: dict[str, Any] = {
        "filterset": filterset,
        "facets": facets,
        "page": page,
        "rows": make_rows(page.object_list, filterset.day, filterset.search),
        "sentence": sentence(filterset, facets),
        "chips": chips(filterset),
        "notices": filterset.notices,
        "orderings": ORDERINGS,
        "per_page": per_page,
        "sizes": [(size, query_string([*pairs, ("per_page", str(size))])) for size in PER_PAGE],
        "csv_url": query_string(pairs, reverse("mandates:export_csv")),
        "everyone_url": query_string([*pairs, ("category", "all")]),
        "nothing_yet": not facets.total and not Mandate.objects.exists(),
    }
    partial = request.htmx and not request.htmx.history_restore_request and request.htmx.target == RESULTS
    response = render(request, "mandates/list_answer.html" if partial else "mandates/list.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
    return push_url(response, query_string(_place(pairs, page, per_page), path)) if partial else response


def _place(pairs: list[tuple[str, str]], page: Page[Mandate], per_page: int) -> list[tuple[str, str]]:
    """Give the shortest query string that shows this page."""
    size = [("per_page", str(per_page))] if per_page != PER_PAGE[0] else []
    return [*pairs, *size, *([("page", str(page.number))] if page.number > 1 else [])]


def _per_page(request: HttpRequest) -> int:
    given = request.GET.get("per_page", "")
    return int(given) if given in map(str, PER_PAGE) else PER_PAGE[0]


def _page(request: HttpRequest, filterset: MandateFilterSet, facets: Facets, per_page: int) -> Page[Mandate]:
    """Give the page that was asked for: the first for what is no number, the last for what is beyond it."""
    paginator = Paginator(for_rows(filterset.qs), per_page)
    # Counted with the facets already.
    paginator.count = facets.total
    given = request.GET.get("page", "").strip()
    wanted = int(given[:9]) if given.isascii() and given.isdigit() else 1
    return paginator.page(min(max(wanted, 1), paginator.num_pages))


@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give all mandates that the query string asks for as CSV, in the order of the list."""
    filterset = MandateFilterSet(request.GET)
    lines = csv_lines(filterset.qs, filterset.day, request.build_absolute_uri)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mandates-{filterset.day.isoformat()}.csv"'
    return response
