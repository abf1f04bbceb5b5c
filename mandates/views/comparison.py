"""Two documents beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mandates.comparison_page import OUTCOMES, ComparisonPage, sides_of
from resolutions.lookup import Asked, documents_asked, near_documents
from resolutions.models import Document
from resolutions.partners import Partner, earlier, partners

MOST_OFFERED = 300


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the documents `a` and `b`, of which each may be a part; with one of them, take the one that fits best.

    The query string besides: `kind` (as often as wanted), `mandates` for what asks something alone, `view=one` for each
    pair as one text.
    """
    first, second = documents_asked(request.GET.get("a", ""), request.GET.get("b", ""))
    one = next((each for each in (first, second) if each.document), None)
    offered = partners(one.document) if one and one.document and not (first.document and second.document) else []
    if one and offered and not (first.written and second.written):
        first, second = _completed(first, second, offered)
    context: dict[str, Any] = {
        "first": first,
        "second": second,
        "offered": offered,
        "one": one,
        "documents": list(Document.objects.values_list("symbol", "title")[:MOST_OFFERED]),
        "missing": [(each, near_documents(each.symbol)) for each in (first, second) if _is_missing(each)],
        "unread": [each.known for each in (first, second) if each.known],
    }
    if first.document and second.document:
        kinds = request.GET.getlist("kind")
        only, together = bool(request.GET.get("mandates")), request.GET.get("view") == "one"
        page = ComparisonPage(*sides_of(first, second), kinds, only_mandates=only, together=together)
        context |= {"page": page, "kinds": OUTCOMES}
    return render(request, "mandates/compare.html", context, status=404 if context["missing"] else 200)


def _is_missing(asked: Asked) -> bool:
    return bool(asked.written) and not (asked.document or asked.known)


def _completed(first: Asked, second: Asked, offered: list[Partner]) -> tuple[Asked, Asked]:
    """Put the likeliest document where none was named: the last one before it, or the next one after it."""
    given = first if first.document else second
    assert given.document
    wanted = second is given
    fitting = next((each for each in offered if earlier(each, given.document) is wanted), offered[0])
    (found,) = documents_asked(fitting.written)
    return (found, given) if wanted else (given, found)
