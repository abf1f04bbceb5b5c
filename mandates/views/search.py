"""The search box of every page: straight to a place, or to what has the words."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mandates.search_page import mandate_typed, search_page
from resolutions.destinations import Destination, destination_of, documents_meant
from resolutions.finding.places import read_place
from resolutions.finding.query import parse_query

# Of what is longer, the first signs are read; the page says so.
LONGEST = 1000


@require_safe
def search_everything(request: HttpRequest) -> HttpResponse:
    """Lead to the place that was typed, or show the paragraphs, mandates and documents with the words."""
    typed = re.sub(r"\s+", " ", request.GET.get("q", "").replace("\x00", " ")).strip()[:LONGEST]
    if mandate := mandate_typed(typed):
        return redirect(mandate)
    if destination := destination_of(typed):
        _say(request, destination)
        return redirect(destination.href)
    # A document of which nothing is known may be named in a text all the same.
    unknown = read_place(typed)
    searched = f'"{unknown.symbol}"' if unknown else typed
    query = parse_query(searched)
    context = {
        "typed": typed,
        "searched": searched,
        "query": query,
        "meant": documents_meant(typed) if typed else [],
        "found": search_page(searched, request.GET.get("page")) if query else None,
    }
    return render(request, "mandates/search.html", context)


def _say(request: HttpRequest, destination: Destination) -> None:
    """Say on the page that somebody is sent to what of the place is not there."""
    words = {"symbol": destination.symbol, "missing": destination.missing}
    if destination.missing:
        said = _("%(symbol)s has no %(missing)s.") % words
        if destination.instead:
            link = format_html(
                '<a href="{}">{}</a>', destination.instead, _("See the paragraph that it would belong to")
            )
            said = format_html("{} {}.", said, link)
        messages.warning(request, said)
    elif destination.ambiguous:
        messages.info(request, _("Several parts of %(symbol)s have such a paragraph; this is the first.") % words)
