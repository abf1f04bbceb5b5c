"""The list of mandates."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from mandates.facets import Facets, count_facets
from mandates.filters import COLUMN_HEADINGS, PAGE_PARAMETERS, MandateFilterSet, query_string
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
    if not request.htmx and any(not value.strip() for name in filterset.filters for value in request.GET.getlist(name)):
        return redirect(_without_empty(request, filterset))
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
        "take_along": _take_along(request, filterset),
        "query": query_string(pairs).removeprefix("?"),
        "canonical": request.build_absolute_uri(query_string(_place(pairs, page, per_page), path)),
        "everyone_url": query_string([*pairs, ("category", "all")]),
        "nothing_yet": not facets.total and not Mandate.objects.exists(),
    }
    partial = request.htmx and not request.htmx.history_restore_request and request.htmx.target == RESULTS
    response = render(request, "mandates/list_answer.html" if partial else "mandates/list.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
    return push_url(response, query_string(_place(pairs, page, per_page), path)) if partial else response


def _take_along(request: HttpRequest, filterset: MandateFilterSet) -> dict[str, Any]:
    """Give the addresses under which the same mandates are files, and the columns to choose from."""
    pairs = filterset.pairs()
    without_columns = filterset.pairs(without=["columns"])
    chosen = {column.name for column in filterset.chosen_columns}
    calendar = request.build_absolute_uri(query_string(without_columns, reverse("mandates:calendar")))
    return {
        **{name: query_string(pairs, reverse(f"mandates:export_{name}")) for name in ("csv", "xlsx", "json")},
        **{name: query_string(without_columns, reverse(f"mandates:{name}")) for name in ("calendar", "feed")},
        "calendar_address": calendar,
        # Programs take this scheme for "subscribe"; they ask over HTTPS where that is there.
        "webcal": f"webcal:{calendar.partition(':')[2]}",
        "pairs": without_columns,
        "columns": [(name, heading, name in chosen) for name, heading in COLUMN_HEADINGS.items()],
        "chosen": filterset.values["columns"].values,
    }


def _place(pairs: list[tuple[str, str]], page: Page[Any], per_page: int) -> list[tuple[str, str]]:
    """Give the shortest query string that shows this page."""
    size = [("per_page", str(per_page))] if per_page != PER_PAGE[0] else []
    return [*pairs, *size, *([("page", str(page.number))] if page.number > 1 else [])]


def _without_empty(request: HttpRequest, filterset: MandateFilterSet) -> str:
    """Give the address without the fields that a form sent empty: in its one form, unless that would hide a notice."""
    given = [(name, value) for name, values in request.GET.lists() for value in values if value.strip()]
    place = [(name, value) for name, value in given if name in PAGE_PARAMETERS]
    return query_string(given if filterset.notices else [*filterset.pairs(), *place], request.path)


def _per_page(request: HttpRequest) -> int:
    given = request.GET.get("per_page", "")
    return int(given) if given in map(str, PER_PAGE) else PER_PAGE[0]


def _page(request: HttpRequest, filterset: MandateFilterSet, facets: Facets, per_page: int) -> Page[Any]:
    """Give the page that was asked for: the first for what is no number, the last for what is beyond it."""
    paginator = Paginator(filterset.qs.tasks().values_list("pk", flat=True), per_page)
    # Counted with the facets already.
    paginator.count = facets.total
    given = request.GET.get("page", "").strip()
    wanted = int(given[:9]) if given.isascii() and given.isdigit() else 1
    page = paginator.page(min(max(wanted, 1), paginator.num_pages))
    page.object_list = for_rows(filterset.in_order(list(page.object_list)), filterset.values["as_at"])
    return page
