"""The queue of citations that do not lead where they should, for those who may import what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mandates.actions.citations import CheckCitation
from mandates.models import CitationCheck
from mandates.queues.citations import CITATION_QUEUE
from mandates.references_page import STATES, citing_paragraphs, state_counts
from mandates.views.imports import may_import
from mandates.views.review import QueuePages, sent_note


class CitationPages(QueuePages):
    """The pages of the queue of citations."""

    queue = CITATION_QUEUE
    template = "mandates/references.html"
    template_of_one = "mandates/review/citation.html"
    words = ("check", "restore")
    per_page = 50

    def decide(self, request: HttpRequest, one: Mapping[str, Any], word: str) -> str:
        checked = word == "check"
        note = sent_note(request)
        CheckCitation(symbol=one["symbol"], state=one["state"], checked=checked, note=note).execute(request.user)
        said = _("%(symbol)s is checked.") if checked else _("%(symbol)s waits again.")
        return said % {"symbol": one["symbol"]}

    def more_of_list(self, request: HttpRequest) -> dict[str, Any]:
        counts = state_counts()
        return {"states": [(each, counts[each]) for each in STATES], "total": sum(counts.values())}

    def more_of_one(self, request: HttpRequest, one: Mapping[str, Any]) -> dict[str, Any]:
        checks = CitationCheck.objects.filter(symbol=one["symbol"], state=one["state"]).select_related("made_by")
        decisions = list(checks.order_by("-pk")[: self.per_page])
        return {
            "decisions": decisions,
            "checked": bool(decisions) and decisions[0].checked,
            "citing": citing_paragraphs(one["symbol"], one["state"]),
        }


_PAGES = CitationPages()


@require_safe
@may_import
def reference_list(request: HttpRequest) -> HttpResponse:
    """Show what is cited and not here, not known, or not to be told, most cited first."""
    return _PAGES.show_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def reference(request: HttpRequest, state: str, symbol: str) -> HttpResponse:
    """Show what is cited by one symbol, with the words around it; note that it was checked and go on to the next."""
    return _PAGES.answer(request, state=state, symbol=symbol)
