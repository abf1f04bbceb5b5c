"""The queue of suggestions: one after the other, or many at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from mandates.bulk.lineage import SUGGESTIONS
from mandates.models import Suggestion
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.views.review import LineagePages, may_decide


class SuggestionPages(LineagePages):
    """The pages of the queue of suggestions; the forms on a mandate's page lead back to it."""

    queue = SUGGESTION_QUEUE
    template = "mandates/review/suggestions.html"
    template_of_one = "mandates/review/suggestion.html"
    template_of_preview = "mandates/review/suggestions_preview.html"
    decidables = SUGGESTIONS
    words = tuple(SUGGESTIONS.actions)
    field = "suggestion"
    gone = gettext_lazy("It is gone: the texts say otherwise by now.")
    select = gettext_lazy("Select the suggestions that you want to decide about.")
    some_gone = gettext_lazy("Some of them are gone: the texts say otherwise by now.")

    def leads_to(self, request: HttpRequest, one: Suggestion) -> str:
        return one.mandate.get_absolute_url() if request.POST.get("back") == "mandate" else ""

    def done(self, word: str, count: int) -> str:
        said = {
            "confirm": ngettext(
                "Confirmed, and marked fulfilled.", "%(count)d confirmed, and marked fulfilled.", count
            ),
            "dismiss": ngettext(
                "Dismissed; it will not come back.", "%(count)d dismissed; they will not come back.", count
            ),
            "restore": ngettext("It waits again.", "%(count)d wait again.", count),
        }
        return said[word] % {"count": count}

    def names(self, found: Suggestion) -> str:
        return found.mandate.key


_PAGES = SuggestionPages()


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_suggestions(request: HttpRequest) -> HttpResponse:
    """Show the queue; take a decision about several suggestions, and show first what it will do."""
    return _PAGES.answer_list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@may_decide
def review_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion; take the decision and go on to the next, or back to the mandate's page."""
    return _PAGES.answer(request, pk=pk)
