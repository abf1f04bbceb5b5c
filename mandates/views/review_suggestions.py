"""The queue of suggestions: one after the other, or many at once."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from mandates.bulk.lineage import SUGGESTIONS
from mandates.models import Suggestion
from mandates.queues.suggestions import SUGGESTION_QUEUE
from mandates.views.review import may_decide
from mandates.views.review_many import LineagePages


class SuggestionPages(LineagePages):
    """The pages of the queue of suggestions; the forms on a mandate's page lead back to it."""

    queue = SUGGESTION_QUEUE
    template = "mandates/review/suggestions.html"
    template_of_one = "mandates/review/suggestion.html"
    decidables = SUGGESTIONS
    words = tuple(SUGGESTIONS.actions)
    gone = gettext_lazy("It is gone: the texts say otherwise by now.")
    select = gettext_lazy("Select the suggestions that you want to decide about.")

    def leads_to(self, request: HttpRequest, one: Suggestion) -> str:
        return one.mandate.get_absolute_url() if request.POST.get("back") == "mandate" else ""

    def done(self, word: str) -> str:
        said = {
            "confirm": _("Confirmed, and marked fulfilled."),
            "dismiss": _("Dismissed; it will not come back."),
            "restore": _("It waits again."),
        }
        return said[word]

    def question(self, word: str, count: int) -> str:
        asked = {
            "confirm": ngettext("Confirm one suggestion?", "Confirm %(count)s suggestions?", count),
            "dismiss": ngettext("Dismiss one suggestion?", "Dismiss %(count)s suggestions?", count),
            "restore": ngettext("Let one suggestion wait again?", "Let %(count)s suggestions wait again?", count),
        }
        return asked[word] % {"count": intcomma(count)}


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
